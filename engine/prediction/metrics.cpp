#include "engine/prediction/metrics.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/random.hpp"

namespace trede::prediction {
namespace {

constexpr double clip = 1e-4;
constexpr int bins = 10;

// Rows in ascending order of p.
std::vector<std::uint32_t> ascending(std::span<const double> probabilities) {
  std::vector<std::uint32_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return probabilities[a] < probabilities[b]; });
  return order;
}

// Each row counts `weights` times. U = Σ over right answers of (wrong ones below + half of the wrong ones level).
double weighted_auc(std::span<const double> probabilities, std::span<const std::uint8_t> correct,
                    const std::vector<std::uint32_t>& order, const std::vector<double>& weights) {
  double below = 0.0, right = 0.0, u = 0.0;
  for (std::size_t i = 0; i < order.size();) {
    double level_right = 0.0, level_wrong = 0.0;
    const double p = probabilities[order[i]];
    for (; i < order.size() && probabilities[order[i]] == p; ++i)
      (correct[order[i]] != 0 ? level_right : level_wrong) += weights[order[i]];
    u += level_right * (below + 0.5 * level_wrong);
    below += level_wrong;
    right += level_right;
  }
  return right > 0.0 && below > 0.0 ? u / (right * below) : 0.5;
}

double calibration_error(std::span<const double> probabilities, std::span<const std::uint8_t> correct) {
  std::array<double, bins> excess{};
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const int bin = std::min(static_cast<int>(bins * probabilities[i]), bins - 1);
    excess[static_cast<std::size_t>(bin)] += probabilities[i] - correct[i];
  }
  double sum = 0.0;
  for (const double e : excess) sum += std::abs(e);
  return sum / static_cast<double>(probabilities.size());
}

}  // namespace

Metrics measure(std::span<const double> probabilities, std::span<const std::uint8_t> correct) {
  assert(probabilities.size() == correct.size());
  Metrics metrics;
  metrics.n = probabilities.size();
  if (metrics.n == 0) return metrics;
  const auto n = static_cast<double>(metrics.n);
  for (std::size_t i = 0; i < metrics.n; ++i) {
    const double p = probabilities[i], y = correct[i], clipped = std::clamp(p, clip, 1.0 - clip);
    metrics.accuracy += (p >= 0.5) == (correct[i] != 0) ? 1.0 : 0.0;
    metrics.log_loss -= std::log(correct[i] != 0 ? clipped : 1.0 - clipped);
    metrics.rmse += (p - y) * (p - y);
  }
  metrics.accuracy /= n;
  metrics.log_loss /= n;
  metrics.rmse = std::sqrt(metrics.rmse / n);
  metrics.auc =
      weighted_auc(probabilities, correct, ascending(probabilities), std::vector<double>(metrics.n, 1.0));
  metrics.ece = calibration_error(probabilities, correct);
  return metrics;
}

double auc_standard_error(std::span<const double> probabilities, std::span<const std::uint8_t> correct,
                          std::span<const std::size_t> begins, int resamples, std::uint64_t seed) {
  assert(resamples > 1 && !begins.empty() && begins.back() == probabilities.size());
  const auto pupils = static_cast<int>(begins.size()) - 1;
  if (pupils < 1) return 0.0;
  const std::vector<std::uint32_t> order = ascending(probabilities);
  Random random(seed);
  double sum = 0.0, squares = 0.0;
  std::vector<double> weights(probabilities.size());
  for (int draw = 0; draw < resamples; ++draw) {
    std::fill(weights.begin(), weights.end(), 0.0);
    for (int i = 0; i < pupils; ++i) {
      const auto pupil = static_cast<std::size_t>(random.below(pupils));
      for (std::size_t row = begins[pupil]; row < begins[pupil + 1]; ++row) weights[row] += 1.0;
    }
    const double auc = weighted_auc(probabilities, correct, order, weights);
    sum += auc;
    squares += auc * auc;
  }
  const double mean = sum / resamples;
  return std::sqrt(std::max(0.0, squares / resamples - mean * mean) * resamples / (resamples - 1));
}

}  // namespace trede::prediction
