// How good predicted probabilities were. All figures are pooled over rows. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace trede::prediction {

struct Metrics {
  double auc = 0.0;       // Mann–Whitney with average ranks for ties; .5 when all answers are alike
  double accuracy = 0.0;  // share of (p ≥ .5) = answer
  double log_loss = 0.0;  // mean of −ln P(answer), p clipped to [10⁻⁴, 1 − 10⁻⁴]
  double rmse = 0.0;      // √ mean (p − answer)²
  double ece = 0.0;       // Σ over ten equal bins of p: share of rows × |mean p − mean answer|
  std::size_t n = 0;
};

// Both spans have the same length; all zero for no rows.
Metrics measure(std::span<const double> probabilities, std::span<const std::uint8_t> correct);

// Standard deviation of the AUC over `resamples` draws of whole pupils with replacement; pupil i has rows
// begins[i] … begins[i + 1] − 1.
double auc_standard_error(std::span<const double> probabilities, std::span<const std::uint8_t> correct,
                          std::span<const std::size_t> begins, int resamples, std::uint64_t seed);

}  // namespace trede::prediction
