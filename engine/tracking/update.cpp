#include "engine/tracking/update.hpp"

#include <Eigen/Cholesky>
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

// Var z = a² q' Σ q.
double variance_of(const Posterior& posterior, const CatalogueItem& item) {
  double sum = 0.0;
  for (const Loading& row : item.loadings)
    for (const Loading& column : item.loadings)
      sum += row.weight * column.weight * posterior.covariance(row.topic, column.topic);
  const double slope = item.parameters.slope;
  return std::max(slope * slope * sum, smallest_variance);
}

// g = Σ a q.
Eigen::VectorXd spread(const Eigen::MatrixXd& covariance, const CatalogueItem& item) {
  const Loading& primary = item.loadings.front();
  Eigen::VectorXd g = (item.parameters.slope * primary.weight) * covariance.col(primary.topic);
  for (std::size_t i = 1; i < item.loadings.size(); ++i)
    g += (item.parameters.slope * item.loadings[i].weight) * covariance.col(item.loadings[i].topic);
  return g;
}

Updated finish(Posterior posterior, const Tilt& tilted, bool right) {
  const double predicted = right ? tilted.probability : 1.0 - tilted.probability;
  return {std::move(posterior), predicted, std::log(tilted.probability)};
}

}  // namespace

Updated update(Posterior prior, const CatalogueItem& item, bool right) {
  assert(!item.loadings.empty());
  const Eigen::VectorXd g = spread(prior.covariance, item);
  const double variance = variance_of(prior, item);
  const Tilt tilted =
      tilt(irt::log_odds(item, prior.mean), variance, irt::asymptotes_of(item.parameters), right);
  prior.mean += tilted.step * g;
  // With the root of |B| inside both factors entry (i, j) and entry (j, i) are the same product: symmetric to
  // the last bit.
  const Eigen::VectorXd scaled = std::sqrt(std::abs(tilted.shrink)) * g;
  if (tilted.shrink >= 0.0)
    prior.covariance.noalias() -= scaled * scaled.transpose();
  else
    prior.covariance.noalias() += scaled * scaled.transpose();
  return finish(std::move(prior), tilted, right);
}

double predict(const Posterior& posterior, const CatalogueItem& item) {
  return expected_probability(irt::log_odds(item, posterior.mean), variance_of(posterior, item),
                              irt::asymptotes_of(item.parameters));
}

double quick_predict(const Posterior& posterior, const CatalogueItem& item) {
  const double flattening = std::sqrt(1.0 + std::numbers::pi / 8.0 * variance_of(posterior, item));
  return irt::probability(irt::log_odds(item, posterior.mean) / flattening,
                          irt::asymptotes_of(item.parameters));
}

RootPosterior root_of(const Posterior& posterior) {
  return {posterior.mean, posterior.covariance.llt().matrixL()};
}

Posterior square(const RootPosterior& posterior) {
  return {posterior.mean, posterior.root * posterior.root.transpose()};
}

// u = R'a q, g = R u, v = u'u, τ = (1 − √(v̂ / v)) / v:  R ← R − τ g u'.
RootPosterior update(RootPosterior prior, const CatalogueItem& item, bool right) {
  Eigen::VectorXd u = Eigen::VectorXd::Zero(prior.root.cols());
  for (const Loading& loading : item.loadings)
    u += (item.parameters.slope * loading.weight) * prior.root.row(loading.topic).transpose();
  const Eigen::VectorXd g = prior.root * u;
  const double variance = std::max(u.squaredNorm(), smallest_variance);
  const Tilt tilted =
      tilt(irt::log_odds(item, prior.mean), variance, irt::asymptotes_of(item.parameters), right);
  prior.mean += tilted.step * g;
  const double tau = (1.0 - std::sqrt(tilted.variance_left)) / variance;
  prior.root.noalias() -= (tau * g) * u.transpose();
  return prior;
}

}  // namespace trede::tracking
