// What we believe about one item while answers come in: a normal distribution over (ln a, b), moved by every
// answer together with the pupil's own belief (docs/MODEL.md §6). Shards collect ItemEvidence during a window; one
// owner applies it in the order of the journal and publishes the result as a new version of the parameters. Plain
// values, pure functions, no allocation, any thread.
#pragma once

#include <Eigen/Core>
#include <span>

#include "engine/tracking/moments.hpp"

namespace trede::calibration {

struct OnlineItem {
  double log_slope = 0.2;   // E ln a
  double difficulty = 0.0;  // E b, logits
  // Of (ln a, b), in this order: ln a ~ N(.2, .25²), b ~ N(0, 1) until something is known.
  Eigen::Matrix2d covariance = Eigen::Vector2d(0.0625, 1.0).asDiagonal();
  double guessing = 0.0;  // c, fixed by the item's form
  int answers = 0;        // that went into this belief

  double slope() const;  // a at E ln a
  double log_slope_sd() const;
  double difficulty_sd() const;
};

// One answer as the item sees it: the pupil's ability on it, η = Σ_k q_k θ_k ~ N(mean, variance), before this
// answer was used, variance > 0.
struct ItemEvidence {
  double mean = 0.0;
  double variance = 1.0;
  bool right = false;
};

// After each answer Ω is multiplied by this: about the last 500 answers count. Without it assumed-density
// filtering of pupil and item together becomes too sure (coverage of b .90 instead of .97).
inline constexpr double tempering = 1.002;
// Tempering never widens a belief beyond these standard deviations: answers that say nothing are no loss.
inline constexpr double widest_log_slope_sd = 0.5;
inline constexpr double widest_difficulty_sd = 2.0;
// E ln a stays within these of 0, a in .05–20: answers that contradict the belief again and again would drive it on
// without end, and no exercise is steeper.
inline constexpr double furthest_log_slope = 3.0;
// E b likewise, logits: an exercise that nobody ever gets right is put aside long before.
inline constexpr double furthest_difficulty = 12.0;
// Var b grows by this each day: an item's difficulty wanders .10 logits in a year (curricula, schools, screens).
inline constexpr double difficulty_drift_per_day = 0.01 / 365.0;

struct JointUpdate {
  OnlineItem item;      // after the answer
  tracking::Tilt tilt;  // of η: with g = Σ q, the pupil's µ ← µ + step · g, Σ ← Σ − shrink · g g'
};

// Exact moments of η, ln a and b after one answer, for η and (ln a, b) independent normals before it. Over ln a by
// Gauss–Hermite with 7 nodes; given ln a, b is normal too and only η − b matters (tracking::tilt).
// P(right) = c + (1 − c) s(a (η − b)).
JointUpdate update(const OnlineItem& item, const ItemEvidence& evidence, double temper = tempering);

// The pupil's part alone: how the answer moves η when the item is as uncertain as this. Its probability is the
// prediction that allows for not knowing the item.
tracking::Tilt tilt(const OnlineItem& item, const ItemEvidence& evidence);

// update() for each answer in turn.
OnlineItem learn(OnlineItem item, std::span<const ItemEvidence> evidence, double temper = tempering);

// Ω_bb += q_b D; days below 0 count as 0.
OnlineItem pass_days(OnlineItem item, double days, double drift_per_day = difficulty_drift_per_day);

}  // namespace trede::calibration
