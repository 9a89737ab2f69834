#include "engine/tracking/testlet.hpp"

#include <cassert>
#include <numeric>
#include <vector>

namespace trede::tracking {

Posterior enter_testlet(Posterior posterior, double sd) {
  assert(posterior.testlet_row < 0);
  const int row = posterior.dimensions();
  posterior.means.conservativeResizeLike(Eigen::VectorXd::Zero(row + 1));
  posterior.covariances.conservativeResizeLike(Eigen::MatrixXd::Zero(row + 1, row + 1));
  posterior.covariances(row, row) = sd * sd;
  posterior.testlet_row = row;
  return posterior;
}

// Topics may have been touched meanwhile: their rows move up.
Posterior leave_testlet(Posterior posterior) {
  const int gone = posterior.testlet_row;
  assert(gone >= 0);
  std::vector<int> kept(posterior.dimensions() - 1);
  std::iota(kept.begin(), kept.end(), 0);
  for (int& row : kept) row += row >= gone;
  posterior.means = Eigen::VectorXd(posterior.means(kept));
  posterior.covariances = Eigen::MatrixXd(posterior.covariances(kept, kept));
  for (TopicRows& topic : posterior.rows) topic.own -= topic.own > gone;
  posterior.testlet_row = -1;
  return posterior;
}

}  // namespace trede::tracking
