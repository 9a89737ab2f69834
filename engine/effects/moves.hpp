// The moves of one pupil's state with the learned effects in them, and beside it all that effects are learned from:
// what the live path, replay and the laboratory call. Values in, values out; pure, any thread. docs/MODEL.md §4.
//
//   tracked = advance(std::move(tracked), …, days);                     // before anything that happens
//   auto [after, predicted, …, evidence] = answered(std::move(tracked), …);   add(statistics, evidence);
//   tracked = watched(std::move(tracked), …);
#pragma once

#include <vector>

#include "engine/effects/rest.hpp"
#include "engine/effects/sensitivity.hpp"
#include "engine/tracking/state.hpp"

namespace trede::effects {

// Pupils differ from the shared effects: the variance of one practice step and, as a standard deviation, of one
// whole video.
inline constexpr double practice_diffusion = 0.003;  // q, logits² an answer
inline constexpr double video_spread = 0.15;         // logits

struct Tracked {
  tracking::State state;
  Sensitivity sensitivity;  // dimensions = rows of state.posterior
  std::vector<Rest> rests;  // one a topic
};

Tracked new_tracked(const Catalogue& catalogue, double school_year_mean);

// Days pass: drift towards the cohort, and −λ ln(1 + D / S_k) on every topic practised before.
Tracked advance(Tracked tracked, const Effects& effects, const tracking::Constants& constants, double days,
                double cohort_mean);

struct Answered {
  Tracked tracked;
  double predicted = 0.0;  // P(right) before the answer was seen
  double log_likelihood = 0.0;
  tracking::Innovation innovation;  // what the answer says of the item, too
  Evidence evidence;
};
// One answer to catalogue.items[item] and what practising it (right or wrong: both come with feedback) does to its
// topic: γ of the band nearest to the predicted success, times the pupil's own rate 1 + η; variance q + se(γ)².
// unknown: what is not certain of the item (tracking/state.hpp).
Answered answered(Tracked tracked, const Catalogue& catalogue, int item, bool right, const Effects& effects,
                  const tracking::Constants& constants, tracking::Disturbance unknown = {});

// γ of the video for the zone in which the pupil stands, × 2^−times_seen_before × fraction (in [0, 1], of the
// video that was seen); variance (.15² + se(γ)²) of that factor squared.
Tracked watched(Tracked tracked, const Catalogue& catalogue, int video, double fraction,
                int times_seen_before, const Effects& effects);

// For another bank: topic, item and video i of `to` were these before, −1 = new; `effects` are the old bank's.
Tracked rebase(Tracked tracked, const Catalogue& to, const std::vector<int>& topic_from,
               const std::vector<int>& item_from, const std::vector<int>& video_from, const Effects& effects);

}  // namespace trede::effects
