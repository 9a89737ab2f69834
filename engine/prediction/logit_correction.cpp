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
constexpr double scale_sd = 0.05, bend_sd = 0.1;
// Of the prior's precision: answers that all agree have no most likely curve.
constexpr double hold = 1e-4;

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

LogitCorrection centred(std::span<const double> probabilities) {
  LogitCorrection correction;
  double sum = 0.0;
  for (const double p : probabilities) {
    const double weight = p * (1.0 - p), z = logit(p);
    sum += weight;
    correction.logit_centre += weight * z;
    correction.bend_centre += weight * bent(z);
  }
  if (sum > 0.0) {
    correction.logit_centre /= sum;
    correction.bend_centre /= sum;
  }
  return correction;
}

// The rows as a logistic regression on (z − z₀, b(z) − b₀) with offset z₀.
struct CentredRows {
  std::span<const double> probabilities;
  std::span<const std::uint8_t> correct;
  LogitCorrection centre;

  Eigen::Vector2d features(std::size_t row) const {
    const double z = logit(probabilities[row]);
    return {z - centre.logit_centre, bent(z) - centre.bend_centre};
  }
};

struct ScoringStep {
  Eigen::Vector2d score = Eigen::Vector2d::Zero();
  Eigen::Matrix2d information = Eigen::Matrix2d::Zero();
};

ScoringStep slopes_at(const Eigen::Vector2d& weights, const CentredRows& rows, std::size_t begin, std::size_t end) {
  ScoringStep slopes;
  for (std::size_t i = begin; i < end; ++i) {
    const Eigen::Vector2d x = rows.features(i);
    const double p = logistic(rows.centre.logit_centre + weights.dot(x));
    slopes.score += (rows.correct[i] - p) * x;
    slopes.information += p * (1.0 - p) * x * x.transpose();
  }
  return slopes;
}

}  // namespace

double corrected(const LogitCorrection& correction, double probability) {
  const double z = logit(probability), away = z - correction.logit_centre;
  return logistic(correction.logit_centre + correction.scale * away +
                  correction.bend * (bent(z) - correction.bend_centre));
}

LogitCorrection fit_correction(std::span<const double> probabilities, std::span<const std::uint8_t> correct,
                               std::span<const std::size_t> begins) {
  assert(probabilities.size() == correct.size() && !begins.empty() && begins.back() == correct.size());
  const CentredRows rows{probabilities, correct, centred(probabilities)};
  const Eigen::Vector2d usual(1.0, 0.0), variance(scale_sd * scale_sd, bend_sd * bend_sd);
  const Eigen::Vector2d held = hold * variance.cwiseInverse();
  Eigen::Vector2d weights = usual;
  Eigen::Matrix2d inverse = variance.asDiagonal();
  for (int step = 0; step < newton_steps; ++step) {
    const ScoringStep slopes = slopes_at(weights, rows, 0, correct.size());
    inverse = (slopes.information + Eigen::Matrix2d(held.asDiagonal())).inverse();
    const Eigen::Vector2d move = inverse * (slopes.score - held.cwiseProduct(weights - usual));
    weights += move;
    if (move.norm() < 1e-10) break;
  }
  Eigen::Matrix2d between = Eigen::Matrix2d::Zero();
  for (std::size_t pupil = 0; pupil + 1 < begins.size(); ++pupil) {
    const Eigen::Vector2d score = slopes_at(weights, rows, begins[pupil], begins[pupil + 1]).score;
    between += score * score.transpose();
  }
  const Eigen::Matrix2d prior = variance.asDiagonal();
  const Eigen::Matrix2d uncertain = prior + inverse + inverse * between * inverse;
  const Eigen::Vector2d found = usual + prior * uncertain.ldlt().solve(weights - usual);
  LogitCorrection correction = rows.centre;
  correction.scale = found[0];
  correction.bend = found[1];
  return correction;
}

}  // namespace trede::prediction
