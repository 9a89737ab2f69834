#include "engine/tracking/practice.hpp"

#include <algorithm>
#include <utility>

namespace trede::tracking {

double expected_rate(const Posterior& posterior) {
  return std::max(1.0 + posterior.learning_rate(), smallest_rate);
}

Posterior practised(Posterior posterior, int topic, double gain, double diffusion) {
  const double expected = gain * expected_rate(posterior);
  posterior = shifted(std::move(posterior), topic, expected, diffusion);
  const int row = posterior.rows[topic].own;
  const double share = std::clamp(gain, 0.0, largest_rate_gain);
  Eigen::MatrixXd& covariances = posterior.covariances;
  covariances.row(row) += share * covariances.row(learning_rate_row);
  covariances.col(row) += share * covariances.col(learning_rate_row);
  return posterior;
}

Posterior shifted(Posterior posterior, int topic, double amount, double variance) {
  posterior = touched(std::move(posterior), topic);
  const int row = posterior.rows[topic].own;
  posterior.means[row] += amount;
  posterior.covariances(row, row) += variance;
  return posterior;
}

}  // namespace trede::tracking
