#include <cmath>

#include "engine/random.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::tracking {
namespace {

// In (−1, 1), fixed for ever: stored digests depend on it.
double weight(std::uint64_t position, std::uint64_t series) {
  return static_cast<double>(mix(position, series) >> 11) * 0x1.0p-52 - 1.0;
}

}  // namespace

Digest digest(const Posterior& posterior) {
  Digest digest;
  auto& [mean_first, mean_second, covariance_first, covariance_second] = digest.sums;
  for (Eigen::Index i = 0; i < posterior.mean.size(); ++i) {
    mean_first += weight(i, 1) * posterior.mean[i];
    mean_second += weight(i, 2) * posterior.mean[i];
  }
  for (Eigen::Index i = 0; i < posterior.covariance.size(); ++i) {
    covariance_first += weight(i, 3) * posterior.covariance.data()[i];
    covariance_second += weight(i, 4) * posterior.covariance.data()[i];
  }
  return digest;
}

bool agree(const Digest& first, const Digest& second, double tolerance) {
  for (std::size_t i = 0; i < first.sums.size(); ++i)
    if (!(std::abs(first.sums[i] - second.sums[i]) <= tolerance)) return false;
  return true;
}

}  // namespace trede::tracking
