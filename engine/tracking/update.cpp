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
  if (posterior.testlet_row >= 0) {
    mean += posterior.means[posterior.testlet_row];
    variance += posterior.covariances(posterior.testlet_row, posterior.testlet_row);
    for (const Loading& topic : item.loadings)
      variance += 2.0 * topic.weight * posterior.covariance_with_row(topic.topic, posterior.testlet_row);
  }
  const double a = item.parameters.slope;
  return {a * mean + disturbance.mean, std::max(a * a * variance + disturbance.variance, smallest_variance)};
}

std::vector<RowLoading> loading_of(const Posterior& posterior, const CatalogueItem& item) {
  std::vector<RowLoading> loading;
  loading.reserve(item.loadings.size() + 1);
  for (const Loading& topic : item.loadings)
    loading.push_back({posterior.rows[topic.topic].own, item.parameters.slope * topic.weight});
  if (posterior.testlet_row >= 0) loading.push_back({posterior.testlet_row, item.parameters.slope});
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

struct Projected {
  Innovation innovation;
  double mean = 0.0;  // m
};

// Precondition: every topic of the item has a row.
Projected project(const Posterior& prior, const CatalogueItem& item, Disturbance disturbance) {
  Projected z{{.loading = loading_of(prior, item), .spread = Eigen::VectorXd::Zero(prior.dimensions())},
              disturbance.mean - item.parameters.slope * item.parameters.difficulty};
  double variance = disturbance.variance;
  for (const RowLoading& entry : z.innovation.loading) {
    z.mean += entry.weight * prior.means[entry.row];
    z.innovation.spread += entry.weight * prior.covariances.col(entry.row);
  }
  for (const RowLoading& entry : z.innovation.loading)
    variance += entry.weight * z.innovation.spread[entry.row];
  z.innovation.variance = std::max(variance, smallest_variance);
  return z;
}

// tilt_of(mean, variance) → Tilt; predicted_of(mean, variance, tilt) → Updated::predicted.
template <class TiltOf, class PredictedOf>
Updated filter(Posterior prior, const CatalogueItem& item, Disturbance disturbance, TiltOf tilt_of,
               PredictedOf predicted_of) {
  assert(!item.loadings.empty());
  for (const Loading& topic : item.loadings) prior = touched(std::move(prior), topic.topic);
  auto [innovation, mean] = project(prior, item, disturbance);
  const Tilt tilted = tilt_of(mean, innovation.variance);
  innovation.step = tilted.step;
  innovation.shrink = tilted.shrink;
  prior.means += innovation.step * innovation.spread;
  shrink(prior.covariances, innovation.spread, innovation.shrink);
  const double predicted = predicted_of(mean, innovation.variance, tilted);
  return {std::move(prior), predicted, tilted.log_probability, std::move(innovation)};
}

}  // namespace

Updated update(Posterior prior, const CatalogueItem& item, bool right, Disturbance disturbance) {
  const irt::Asymptotes asymptotes = irt::asymptotes_of(item.parameters);
  return filter(
      std::move(prior), item, disturbance,
      [&](double mean, double variance) { return tilt(mean, variance, asymptotes, right); },
      [&](double, double, const Tilt& tilted) {
        return right ? tilted.probability : 1.0 - tilted.probability;
      });
}

Updated update(Posterior prior, const CatalogueItem& item, const irt::ResponseModel& model, double outcome,
               Disturbance disturbance) {
  return filter(
      std::move(prior), item, disturbance,
      [&](double mean, double variance) { return tilt(mean, variance, model, outcome); },
      [&](double mean, double variance, const Tilt&) { return expected_outcome(mean, variance, model); });
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
