// What predicted answers say about an item: mean squares of residuals and a chi-square over classes of
// predicted score. Works on any stream of predictions that were made before the answer was known,
// tracking::update's too. Pure values, any thread.
#pragma once

#include <optional>
#include <vector>

namespace trede::calibration {

struct ChiSquare {
  double statistic = 0.0;
  int df = 0;
  double p = 1.0;  // P(χ²_df > statistic)
};
ChiSquare chi_square(double statistic, int df);  // df > 0

struct MeanSquare {
  double value = 1.0;
  double t = 0.0;  // about N(0, 1) under the model
};

// A score as the model expected it and as it came: for right or wrong expected = p, variance = p (1 − p).
struct PredictedAnswer {
  double observed = 0.0;
  double expected = 0.0;
  double variance = 0.0;       // > 0
  double fourth_moment = 0.0;  // E (score − expected)⁴
  double weight = 1.0;
};
PredictedAnswer predicted_answer(bool right, double probability);

// With y observed, e expected, W variance, C fourth moment, N answers (Wright & Masters 1982):
//   outfit = Σ (y − e)² / W / N,   q² = Σ (C / W² − 1) / N²
//   infit  = Σ (y − e)² / Σ W,     q² = Σ (C − W²) / (Σ W)²
//   t = (∛ms − 1) 3 / q + q / 3,   q ≤ √2
class ResidualSums {
 public:
  void add(const PredictedAnswer& answer);
  void add(const ResidualSums& others);
  double answers() const { return answers_; }
  MeanSquare outfit() const;
  MeanSquare infit() const;

 private:
  double answers_ = 0.0;
  double squares_ = 0.0;           // Σ (y − e)²
  double standard_squares_ = 0.0;  // Σ (y − e)² / W
  double variance_ = 0.0;          // Σ W
  double outfit_spread_ = 0.0;     // Σ (C / W² − 1)
  double infit_spread_ = 0.0;      // Σ (C − W²)
};

// X = Σ_b (Σ (y − e))² / Σ W over classes b of equal Σ W, in order of e; under the model χ² with as many
// degrees of freedom as classes, less the parameters estimated from the same answers. Eight classes, fewer
// where Σ W of one would be under 5; none with fewer than two, or with no freedom left.
inline constexpr int prediction_classes = 8;
inline constexpr double least_class_variance = 5.0;
std::optional<ChiSquare> predictive_chi_square(std::vector<PredictedAnswer> answers, int free_parameters = 0);

}  // namespace trede::calibration
