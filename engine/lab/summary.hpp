// What many runs of one contender in one world say together, and how two contenders differ on the same pupils. The
// seeds are the sample: intervals are 95 %, by Student's t over seeds, and a difference is taken seed by seed first.
// Pure; any thread.
#pragma once

#include <span>

#include "engine/lab/study.hpp"

namespace trede::lab {

// mean ± half; half is 0 of a single seed, of which nothing is known.
struct Estimate {
  double mean = 0.0;
  double half = 0.0;

  double low() const { return mean - half; }
  double high() const { return mean + half; }
};
Estimate estimate_of(std::span<const double> samples);

// Gains are differences in test score, a share of 1. Quarters by the test before.
struct Gains {
  Estimate all;
  Estimate lowest;   // quarter
  Estimate highest;  // quarter
};

struct Summary {
  Gains gains;
  double mastered = 0.0;  // topics a pupil
  double success = 0.0;   // share right
  double minutes = 0.0;   // practised, a pupil
  double video_minutes = 0.0;
  double videos = 0.0;
  double most_exposed = 0.0;  // largest over seeds
  double coverage = 0.0;
  double rmse = 0.0;
  double rate_correlation = 0.0;  // of µ_η with the true ln rate; 0 when the rate is no state
  double gifts_highest = 0.0;     // share of the highest quarter's exercises with a true chance above .92
  double talent_growth = 0.0;     // logits, of talents; 0 where there are none
  std::vector<double> curve;      // mean over seeds
};
Summary summarise(std::span<const RunResult> runs);

// One minus the other, of the same seeds. relative: of the other's mean gain.
struct Difference {
  Gains gains;
  double relative = 0.0;
};
Difference difference(std::span<const RunResult> one, std::span<const RunResult> other);

}  // namespace trede::lab
