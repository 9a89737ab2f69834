// Makes predicted probabilities mean what they say on pupils the model was not fitted to: a small curve over the
// logit, fitted to predictions of such pupils (Platt 1999, with a bend). Pure; any thread.
#pragma once

#include <cstdint>
#include <span>

namespace trede::prediction {

// z ← scale z + bend (b(z) − centre),  b(z) = (min(|z|, 4) / 2)²
struct LogitCorrection {
  double scale = 1.0;
  double bend = 0.0;
  double centre = 0.0;
};

double corrected(const LogitCorrection& correction, double probability);

// The maximum of the posterior density by Newton's method, with scale ~ N(1, .1²) and bend ~ N(0, .2²): few rows change
// little. `centre` is the mean of b: the level stays, because which pupils came is chance. Both spans have the same
// length.
LogitCorrection fit_correction(std::span<const double> probabilities, std::span<const std::uint8_t> correct);

}  // namespace trede::prediction
