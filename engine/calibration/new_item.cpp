#include "engine/calibration/new_item.hpp"

#include <Eigen/LU>
#include <cmath>

namespace trede::calibration {
namespace {

constexpr double prior_items = 5.0;  // the prior's s counts as this many
constexpr int most_rounds = 1000;

// Ridge: Λ = C⁻¹ + Σ x x' / (s² + SE²),  β = Λ⁻¹ (C⁻¹ β0 + Σ x b̂ / (s² + SE²)).
FeatureModel ridge(const FeatureModel& prior, std::span<const KnownItem> items, double variance) {
  Eigen::MatrixXd precision = prior.covariance.inverse();
  Eigen::VectorXd sum = precision * prior.weights;
  for (const KnownItem& item : items) {
    const double weight = 1.0 / (variance + item.difficulty_sd * item.difficulty_sd);
    precision += weight * item.features * item.features.transpose();
    sum += (weight * item.difficulty) * item.features;
  }
  FeatureModel model = prior;
  model.covariance = precision.inverse();
  model.weights = model.covariance * sum;
  return model;
}

// The mean of E (b_j − x_j'β)² given b̂_j, the prior's s² counted in.
double next_variance(const FeatureModel& prior, const FeatureModel& model, std::span<const KnownItem> items,
                     double variance) {
  double sum = prior_items * prior.spread * prior.spread;
  for (const KnownItem& item : items) {
    const double error = item.difficulty_sd * item.difficulty_sd;
    const double trust = variance / (variance + error);
    const double away = item.difficulty - item.features.dot(model.weights);
    const double blur = item.features.dot(model.covariance * item.features);
    sum += trust * error + trust * trust * (away * away + blur);
  }
  return sum / (prior_items + static_cast<double>(items.size()));
}

}  // namespace

Eigen::VectorXd features(const AuthorWord& word) {
  return Eigen::Vector4d(1.0, word.level, word.step, word.choice ? 1.0 : 0.0);
}

FeatureModel authors_word() {
  const Eigen::Vector4d sds(0.3, 0.15, 0.3, 0.3);
  return {.weights = Eigen::Vector4d(0.0, 1.0, 1.0, 0.0),
          .covariance = sds.cwiseAbs2().asDiagonal().toDenseMatrix()};
}

FeatureModel learn(const FeatureModel& prior, std::span<const KnownItem> items) {
  double variance = prior.spread * prior.spread;
  FeatureModel model = ridge(prior, items, variance);
  model.converged = false;
  for (int round = 0; round < most_rounds && !model.converged; ++round) {
    const double next = next_variance(prior, model, items, variance);
    const bool still = std::abs(std::sqrt(next) - std::sqrt(variance)) < 1e-8;
    variance = next;
    model = ridge(prior, items, variance);
    model.converged = still;
  }
  model.spread = std::sqrt(variance);
  model.items = static_cast<int>(items.size());
  return model;
}

OnlineItem new_item(const FeatureModel& model, const Eigen::VectorXd& features, double guessing) {
  OnlineItem item{.difficulty = features.dot(model.weights), .guessing = guessing};
  item.covariance(1, 1) = model.spread * model.spread + features.dot(model.covariance * features);
  return item;
}

Standing standing(const OnlineItem& item, bool misfit) {
  if (misfit) return Standing::Retired;
  const bool known = item.difficulty_sd() < promotion_sd && item.log_slope_sd() < promotion_sd;
  return known ? Standing::Promoted : Standing::Seeding;
}

double seeding_target(const OnlineItem& item) {
  return item.answers % 2 == 0 ? 0.82 : 0.55;
}

}  // namespace trede::calibration
