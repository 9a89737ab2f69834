// Whether an item still has the difficulty it was published with, from the stream of answers: the score of a shift
// of b against its information, collected in blocks (a day, a parameter version) and tested for a shift at an
// unknown moment (generalised likelihood ratio, Willsky & Jones 1976). Plain values, pure functions, any thread.
#pragma once

#include <span>

#include "engine/tracking/moments.hpp"

namespace trede::calibration {

// The answers of one block. An item that has become δ harder moves m by −a δ: ∂ ln Z / ∂δ = −a A, information
// a² B, with A and B of z. Under the published parameters the score has mean 0 and variance = information.
struct DriftSum {
  double score = 0.0;
  double information = 0.0;
  int answers = 0;

  DriftSum& operator+=(const DriftSum& other);
};

// One answer; the tilt is of z = a (η − b), as in tracking::update. With that of η (online_item.hpp) slope is 1.
DriftSum drift_evidence(const tracking::Tilt& tilt, double slope);

// A shift is flagged beyond this: one stable item in a few hundred over forty blocks (measured).
inline constexpr double drift_threshold = 3.5;
inline constexpr int fewest_drift_answers = 30;

struct DriftFinding {
  double statistic = 0.0;  // the largest of score / √(information + information² Var b), signed
  double shift = 0.0;      // logits since then, harder > 0
  int since = 0;           // block in which it began
  bool flagged = false;
};

// Blocks in order of time; difficulty_variance: of the published b, which all blocks share.
DriftFinding drift(std::span<const DriftSum> blocks, double difficulty_variance);

}  // namespace trede::calibration
