#include "engine/tracking/square_root.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/tracking/moments.hpp"

namespace trede::tracking {
namespace {


}  // namespace

RootPosterior root_of(const Posterior& posterior) {
  return {posterior.means, posterior.covariances.llt().matrixL(), posterior.rows};
}

Eigen::MatrixXd square(const RootPosterior& posterior) {
  return posterior.root * posterior.root.transpose();
}

RootPosterior update(RootPosterior prior, const CatalogueItem& item, bool right) {
  const double slope = item.parameters.slope;
  Eigen::VectorXd u = Eigen::VectorXd::Zero(prior.root.cols());
  double mean = -slope * item.parameters.difficulty;
  for (const Loading& loading : item.loadings) {
    const int row = prior.rows[loading.topic].own;
    assert(row >= 0);
    u += (slope * loading.weight) * prior.root.row(row).transpose();
    mean += slope * loading.weight * prior.means[row];
  }
  const Eigen::VectorXd g = prior.root * u;
  const double variance = std::max(u.squaredNorm(), smallest_variance);
  const Tilt tilted = tilt(mean, variance, irt::asymptotes_of(item.parameters), right);
  prior.means += tilted.step * g;
  const double tau = (1.0 - std::sqrt(tilted.variance_left)) / variance;
  prior.root.noalias() -= (tau * g) * u.transpose();
  return prior;
}

}  // namespace trede::tracking
