#include "engine/prediction/logit_correction.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>

namespace trede::prediction {
namespace {

constexpr int newton_steps = 20;
constexpr double smallest = 1e-9;  // of a probability, so that its logit is finite
constexpr double edge = 4.0;

double logit(double probability) {
  const double p = std::clamp(probability, smallest, 1.0 - smallest);
  return std::log(p / (1.0 - p));
}

double bent(double z) {
  const double inner = std::min(std::abs(z), edge) / 2.0;
  return inner * inner;
}

double logistic(double z) {
  return 1.0 / (1.0 + std::exp(-z));
}

}  // namespace

double corrected(const LogitCorrection& correction, double probability) {
  const double z = logit(probability);
  return logistic(correction.scale * z + correction.bend * (bent(z) - correction.centre));
}

LogitCorrection fit_correction(std::span<const double> probabilities, std::span<const std::uint8_t> correct) {
  assert(probabilities.size() == correct.size());
  LogitCorrection correction;
  for (const double p : probabilities)
    correction.centre += bent(logit(p)) / static_cast<double>(probabilities.size());
  const Eigen::Vector2d mean(1.0, 0.0), precision(100.0, 25.0);
  Eigen::Vector2d weights = mean;
  for (int step = 0; step < newton_steps; ++step) {
    Eigen::Vector2d gradient = precision.cwiseProduct(mean - weights);
    Eigen::Matrix2d information = precision.asDiagonal();
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
      const double z = logit(probabilities[i]);
      const Eigen::Vector2d x(z, bent(z) - correction.centre);
      const double p = logistic(weights.dot(x));
      gradient += (correct[i] - p) * x;
      information += p * (1.0 - p) * x * x.transpose();
    }
    const Eigen::Vector2d move = information.ldlt().solve(gradient);
    weights += move;
    if (move.norm() < 1e-10) break;
  }
  correction.scale = weights[0];
  correction.bend = weights[1];
  return correction;
}

}  // namespace trede::prediction
