// How long an answer took: a pupil's speed, and whether the answer was given without reading. Times tell of
// engagement and of how much work fits in a lesson, hardly of ability; nothing here moves an ability.
// Times are lognormal (van der Linden 2007): ln t ~ N(β_j − τ_i, σ_j²), t in seconds, β_j of the item, τ_i
// of the pupil. Pure functions of values, any thread.
#pragma once

#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::tracking {

// An item's times, by running moments of the answers that were not rapid (Welford).
struct ItemTime {
  double log_seconds = 3.3;  // β
  double variance = 0.25;    // σ² with the spread of pupils in it
  int answers = 0;
};

// Before any answer: 60 % of the author's minutes, which then count as this many answers.
ItemTime usual_time(const CatalogueItem& item);
inline constexpr double usual_share_of_minutes = 0.6;
inline constexpr int usual_time_weight = 5;

ItemTime timed(ItemTime item, double seconds);

// τ of one pupil: exp(−τ) times as slow as the average one.
struct Speed {
  double mean = 0.0;
  double variance = 0.0625;  // .25²: what pupils of one class differ in
  int timed = 0;             // answers with a time
  int rapid = 0;             // of these given without reading
  // The share of answers with effort, 1 before any (response time effort, Wise & Kong 2005).
  double effort() const { return timed == 0 ? 1.0 : 1.0 - static_cast<double>(rapid) / timed; }
};

// Exact (Kalman): y = β − ln t = τ + noise. The item's own variance includes that of pupils, which is
// taken off.
Speed faster_or_slower(Speed speed, const ItemTime& item, double seconds);

// Rapid answers: lognormal with these, the same for all items; `share` of all answers before the time is
// seen.
struct RapidMixture {
  double log_seconds = 0.405;  // ln 1.5 s
  double sd = 0.35;
  double share = 0.08;
};

inline constexpr int mixture_from_answers = 50;  // below: NT20
inline constexpr double rapid_share_of_mean = 0.2;
inline constexpr double rapid_at_most_seconds = 10.0;

// P(rapid | t) in the mixture share · N(m_r, s_r) + (1 − share) · N(β − τ, σ²), both of ln t; 0 for a time
// above the item's usual one, however wide the rapid component.
double rapid_probability(const Speed& speed, const ItemTime& item, double seconds, const RapidMixture& rapid);

// NT20 (Wise & Ma 2012): faster than min(10 s, 20 % of the item's mean time) while the item has under 50
// answers; then P(rapid) > .5.
bool is_rapid(const Speed& speed, const ItemTime& item, double seconds, const RapidMixture& rapid);

// Notes one time: whether it was rapid, and the speed if not. A rapid answer must not reach update().
struct Timed {
  Speed speed;
  bool rapid = false;
};
Timed after_time(Speed speed, const ItemTime& item, double seconds, const RapidMixture& rapid);

// A time as the mixture sees it: ln t and what it would be with effort.
struct MixtureTime {
  double log_seconds = 0.0;
  double expected = 0.0;  // β − τ
  double variance = 0.0;
};

// The mixture's three numbers by EM (maximum likelihood) from `start`. Converged: share, mean and sd all
// moved less than 1e-6. With fewer than ten rapid answers to be found the start's mean and sd stay.
struct MixtureFit {
  RapidMixture rapid;
  int iterations = 0;
  bool converged = false;
};
MixtureFit fit_mixture(const std::vector<MixtureTime>& times, RapidMixture start = {});

}  // namespace trede::tracking
