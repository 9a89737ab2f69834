// Is this pupil stuck on a topic? Two beliefs about the same answers that differ only in whether practice
// helps; the one that foresaw the answers better is likelier. Unlike counting failures in a row this sees
// whether the pupil grows: long hard practice that works is no alarm. Plain values, pure, any thread.
#pragma once

#include "engine/catalogue/catalogue.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::insight {

// One course of ability on the topic: N(mean, variance) now, and ln P of the answers so far.
struct Course {
  double mean = 0.0;
  double variance = 1.0;
  double log_likelihood = 0.0;
};

struct Progress {
  int topic = 0;
  int answers = 0;
  Course still = {};    // practice gives nothing
  Course growing = {};  // practice gives the usual gain
};
Progress new_progress(int topic, double mean, double sd);

inline constexpr double progress_diffusion = 0.004;  // logits² an answer, in both courses

// An answer to an item whose difficulty is seen from this topic (less what its other topics give); gain:
// logits that practice at this level usually gives.
void answered(Progress& progress, const ItemParameters& item, bool right, double gain);
// Days without practice: both courses become less certain alike.
void rested(Progress& progress, double days);

// P(stuck) = s(ln Z_still − ln Z_growing + logit prior).
inline constexpr double stuck_prior = 0.3;
double probability_stuck(const Progress& progress, double prior = stuck_prior);

// The same from the pupil's own learning rate, over all topics: P(η < −.4), under 60 % of what practice
// usually gives.
inline constexpr double slow_rate = -0.4;
double probability_slow(const tracking::Posterior& posterior);

}  // namespace trede::insight
