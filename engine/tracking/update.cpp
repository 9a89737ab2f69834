#include "engine/tracking/update.hpp"

#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/moments.hpp"

namespace trede::tracking {
namespace {

// A belief that is certain about z cannot be divided by its variance; less than this is rounding anyway.
constexpr double smallest_variance = 1e-9;

struct Normal {
  double mean = 0.0;
  double variance = 0.0;
};

// z before the answer, without need of rows.
Normal before_answer(const Posterior& posterior, const CatalogueItem& item, Disturbance disturbance) {
  double mean = -item.parameters.difficulty;
  double variance = 0.0;
  for (const Loading& first : item.loadings) {
    mean += first.weight * posterior.mean(first.topic);
    for (const Loading& second : item.loadings)
      variance += first.weight * second.weight * posterior.covariance(first.topic, second.topic);
  }
  const double a = item.parameters.slope;
  return {a * mean + disturbance.mean, std::max(a * a * variance + disturbance.variance, smallest_variance)};
}

std::vector<RowLoading> loading_of(const Posterior& posterior, const CatalogueItem& item) {
  std::vector<RowLoading> loading;
  loading.reserve(item.loadings.size() + 1);
  for (const Loading& topic : item.loadings)
    loading.push_back({posterior.rows[topic.topic].own, item.parameters.slope * topic.weight});
  return loading;
}

// Σ ← Σ − B g g'. With the root of |B| inside both factors entry (i, j) and entry (j, i) are the same
// product: symmetric to the last bit.
void shrink(Eigen::MatrixXd& covariances, const Eigen::VectorXd& g, double amount) {
  const Eigen::VectorXd scaled = std::sqrt(std::abs(amount)) * g;
  if (amount >= 0.0)
    covariances.noalias() -= scaled * scaled.transpose();
  else
    covariances.noalias() += scaled * scaled.transpose();
}

}  // namespace

Updated update(Posterior prior, const CatalogueItem& item, bool right, Disturbance disturbance) {
  assert(!item.loadings.empty());
  for (const Loading& topic : item.loadings) prior = touched(std::move(prior), topic.topic);
  Innovation innovation{.loading = loading_of(prior, item),
                        .spread = Eigen::VectorXd::Zero(prior.dimensions())};
  double mean = disturbance.mean - item.parameters.slope * item.parameters.difficulty;
  for (const RowLoading& entry : innovation.loading) {
    mean += entry.weight * prior.means[entry.row];
    innovation.spread += entry.weight * prior.covariances.col(entry.row);
  }
  double variance = disturbance.variance;
  for (const RowLoading& entry : innovation.loading) variance += entry.weight * innovation.spread[entry.row];
  innovation.variance = std::max(variance, smallest_variance);
  const Tilt tilted = tilt(mean, innovation.variance, irt::asymptotes_of(item.parameters), right);
  innovation.step = tilted.step;
  innovation.shrink = tilted.shrink;
  prior.means += innovation.step * innovation.spread;
  shrink(prior.covariances, innovation.spread, innovation.shrink);
  const double predicted = right ? tilted.probability : 1.0 - tilted.probability;
  return {std::move(prior), predicted, std::log(tilted.probability), std::move(innovation)};
}

double predict(const Posterior& posterior, const CatalogueItem& item, Disturbance disturbance) {
  const auto [mean, variance] = before_answer(posterior, item, disturbance);
  return expected_probability(mean, variance, irt::asymptotes_of(item.parameters));
}

double quick_predict(const Posterior& posterior, const CatalogueItem& item, Disturbance disturbance) {
  const auto [mean, variance] = before_answer(posterior, item, disturbance);
  return irt::probability(mean / std::sqrt(1.0 + std::numbers::pi / 8.0 * variance),
                          irt::asymptotes_of(item.parameters));
}

}  // namespace trede::tracking
