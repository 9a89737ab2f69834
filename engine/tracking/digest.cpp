#include <cmath>

#include "engine/random.hpp"
#include "engine/tracking/state.hpp"

namespace trede::tracking {
namespace {

// In (−1, 1), fixed for ever: stored digests depend on it.
constexpr double weight(std::uint64_t position, std::uint64_t series) {
  return static_cast<double>(mix(position, series) >> 11) * 0x1.0p-52 - 1.0;
}

}  // namespace

Digest digest(const Posterior& posterior) {
  Digest digest;
  auto& [mean_first, mean_second, covariance_first, covariance_second] = digest.sums;
  for (Eigen::Index i = 0; i < posterior.means.size(); ++i) {
    mean_first += weight(i, 1) * posterior.means[i];
    mean_second += weight(i, 2) * posterior.means[i];
  }
  for (Eigen::Index i = 0; i < posterior.covariances.size(); ++i) {
    covariance_first += weight(i, 3) * posterior.covariances.data()[i];
    covariance_second += weight(i, 4) * posterior.covariances.data()[i];
  }
  return digest;
}

Digest digest(const State& state) {
  Digest digest = tracking::digest(state.posterior);
  auto& sums = digest.sums;  // two of means, two of variances
  const auto add = [&](int position, std::uint64_t series, double mean, double variance) {
    sums[0] += weight(position, series) * mean;
    sums[1] += weight(position, series + 1) * mean;
    sums[2] += weight(position, series) * variance;
    sums[3] += weight(position, series + 1) * variance;
  };
  for (const FastState& fast : state.fast) add(fast.topic, 5, fast.mean, fast.variance);
  for (const Residual& residual : state.residuals) add(residual.family, 7, residual.mean, residual.variance);
  add(0, 9, state.speed.mean, state.speed.variance);
  add(0, 11, state.lasting.agreement, state.lasting.information);
  return digest;
}

bool agree(const Digest& first, const Digest& second, double tolerance) {
  for (std::size_t i = 0; i < first.sums.size(); ++i)
    if (!(std::abs(first.sums[i] - second.sums[i]) <= tolerance)) return false;
  return true;
}

}  // namespace trede::tracking
