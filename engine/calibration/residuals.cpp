#include "engine/calibration/residuals.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <unsupported/Eigen/SpecialFunctions>

namespace trede::calibration {

namespace {

// Wilson & Hilferty's cube root, with Winsteps' bound on q: beyond it the root is no longer near normal.
double cube_root_t(double mean_square, double spread) {
  const double q = std::min(std::sqrt(spread), std::sqrt(2.0));
  return q > 0.0 ? (std::cbrt(mean_square) - 1.0) * 3.0 / q + q / 3.0 : 0.0;
}

struct ClassSums {
  double residual = 0.0;
  double variance = 0.0;
};

// Predictions closer than this are equal: what sets them apart is rounding, which may know the answer.
constexpr double tie_width = 1e-9;

// Equal predictions stay in one class, so that few distinct ones make fewer classes.
std::vector<ClassSums> classes_of(const std::vector<PredictedAnswer>& sorted, double variance_each) {
  std::vector<ClassSums> classes(1);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const bool tied = i > 0 && sorted[i].expected - sorted[i - 1].expected < tie_width;
    if (classes.back().variance >= variance_each && !tied) classes.emplace_back();
    classes.back().residual += sorted[i].weight * (sorted[i].observed - sorted[i].expected);
    classes.back().variance += sorted[i].weight * sorted[i].variance;
  }
  if (classes.size() > 1 && classes.back().variance < 0.5 * variance_each) {
    const ClassSums rest = classes.back();
    classes.pop_back();
    classes.back().residual += rest.residual;
    classes.back().variance += rest.variance;
  }
  return classes;
}

}  // namespace

ChiSquare chi_square(double statistic, int df) {
  assert(df > 0 && statistic >= 0.0);
  return {statistic, df, Eigen::numext::igammac(0.5 * df, 0.5 * statistic)};
}

PredictedAnswer predicted_answer(bool right, double probability) {
  const double p = probability;
  const double variance = p * (1.0 - p);
  return {.observed = right ? 1.0 : 0.0,
          .expected = p,
          .variance = variance,
          .fourth_moment = variance * (1.0 - 3.0 * variance)};
}

void ResidualSums::add(const PredictedAnswer& answer) {
  const double square = (answer.observed - answer.expected) * (answer.observed - answer.expected);
  const double w = answer.weight;
  answers_ += w;
  squares_ += w * square;
  standard_squares_ += w * square / answer.variance;
  variance_ += w * answer.variance;
  outfit_spread_ += w * (answer.fourth_moment / (answer.variance * answer.variance) - 1.0);
  infit_spread_ += w * (answer.fourth_moment - answer.variance * answer.variance);
}

void ResidualSums::add(const ResidualSums& others) {
  answers_ += others.answers_;
  squares_ += others.squares_;
  standard_squares_ += others.standard_squares_;
  variance_ += others.variance_;
  outfit_spread_ += others.outfit_spread_;
  infit_spread_ += others.infit_spread_;
}

MeanSquare ResidualSums::outfit() const {
  if (answers_ <= 0.0) return {};
  const double value = standard_squares_ / answers_;
  return {value, cube_root_t(value, outfit_spread_ / (answers_ * answers_))};
}

MeanSquare ResidualSums::infit() const {
  if (variance_ <= 0.0) return {};
  const double value = squares_ / variance_;
  return {value, cube_root_t(value, infit_spread_ / (variance_ * variance_))};
}

std::optional<ChiSquare> predictive_chi_square(std::vector<PredictedAnswer> answers, int free_parameters) {
  double variance = 0.0;
  for (const PredictedAnswer& answer : answers) variance += answer.weight * answer.variance;
  const int count = std::min(prediction_classes, static_cast<int>(variance / least_class_variance));
  if (count < 2) return std::nullopt;
  std::stable_sort(answers.begin(), answers.end(), [](const PredictedAnswer& a, const PredictedAnswer& b) {
    return a.expected < b.expected;
  });
  const std::vector<ClassSums> classes = classes_of(answers, variance / count);
  const int df = static_cast<int>(classes.size()) - free_parameters;
  if (classes.size() < 2 || df < 1) return std::nullopt;
  double statistic = 0.0;
  for (const ClassSums& sums : classes) statistic += sums.residual * sums.residual / sums.variance;
  return chi_square(statistic, df);
}

}  // namespace trede::calibration
