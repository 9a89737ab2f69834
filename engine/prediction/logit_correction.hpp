// Makes predicted probabilities mean what they say on pupils the model was not fitted to: a small curve over the
// logit, fitted to predictions of such pupils (Platt 1999, with a bend). Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace trede::prediction {

// z ← z₀ + scale (z − z₀) + bend (b(z) − b₀),  b(z) = (min(|z|, 4) / 2)²
struct LogitCorrection {
  double scale = 1.0;
  double bend = 0.0;
  double logit_centre = 0.0;  // z₀
  double bend_centre = 0.0;   // b₀
};

double corrected(const LogitCorrection& correction, double probability);

// z₀ and b₀ are means weighted with p (1 − p), so that to first order the mean probability stays: which
// pupils came is chance. (scale, bend) ~ N((1, 0), P) beforehand, sds .05 and .1; from there they go
// towards the most likely ones by P (P + V)⁻¹, V = H⁻¹ + H⁻¹ B H⁻¹ with the information H of the rows and B
// = Σ over pupils of their score's square: the answers of one pupil hang together, and few pupils change
// little. Pupil i has rows begins[i] … begins[i + 1] − 1; the other spans have the same length.
LogitCorrection fit_correction(std::span<const double> probabilities, std::span<const std::uint8_t> correct,
                               std::span<const std::size_t> begins);

}  // namespace trede::prediction
