#include "engine/tracking/time.hpp"

#include <cmath>
#include <utility>

namespace trede::tracking {

Posterior advance(Posterior posterior, const Eigen::MatrixXd& prior_covariance, const Drift& drift,
                  double days, double cohort_mean) {
  if (!(days > 0.0)) return posterior;
  const Eigen::ArrayXd kept = (-days / drift.memory_days.array()).exp();
  const Eigen::ArrayXd spread = prior_covariance.diagonal().array();
  const Eigen::ArrayXd added = (1.0 - kept.square()) * spread + drift.diffusion_per_day.array() * days;
  // Q_ij = r_ij √(Q_ii Q_jj) with r_ij = P0_ij / √(P0_ii P0_jj).
  const Eigen::VectorXd scale = (added / spread).sqrt();
  posterior.mean = (cohort_mean + kept * (posterior.mean.array() - cohort_mean)).matrix();
  for (int column = 0; column < posterior.topics(); ++column)
    for (int row = 0; row < posterior.topics(); ++row)
      posterior.covariance(row, column) = (kept[row] * kept[column]) * posterior.covariance(row, column) +
                                          (scale[row] * scale[column]) * prior_covariance(row, column);
  return posterior;
}

Posterior advance(Posterior posterior, const Catalogue& catalogue, double days, double cohort_mean) {
  const int topics = posterior.topics();
  const Drift drift{Eigen::VectorXd::Constant(topics, memory_days),
                    Eigen::VectorXd::Constant(topics, diffusion_per_day)};
  return advance(std::move(posterior), prior_covariance(catalogue), drift, days, cohort_mean);
}

}  // namespace trede::tracking
