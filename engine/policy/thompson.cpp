#include "engine/policy/thompson.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace trede::policy {
namespace {

constexpr double reach = 6.0;        // sds on either side; 1e-9 lies beyond
constexpr double panel_width = 3.0;  // sds of the narrowest arm in a panel
constexpr int grid_per_sd = 32;
constexpr int grid_points = static_cast<int>(2 * reach * grid_per_sd) + 2;

// The normal distribution and density on a grid, between which cubic Hermite interpolation errs 4e-9.
struct NormalTable {
  std::array<double, grid_points> below{};    // Φ
  std::array<double, grid_points> density{};  // φ

  NormalTable() {
    for (int i = 0; i < grid_points; ++i) {
      const double x = -reach + static_cast<double>(i) / grid_per_sd;
      below[i] = 0.5 * std::erfc(-x / std::numbers::sqrt2);
      density[i] = std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
    }
  }
};

double hermite(double left, double right, double left_slope, double right_slope, double t) {
  const double rest = 1.0 - t;
  return rest * rest * ((1.0 + 2.0 * t) * left + t * left_slope) +
         t * t * ((3.0 - 2.0 * t) * right - rest * right_slope);
}

struct Height {
  double below = 1.0;    // Φ
  double density = 0.0;  // φ
};

Height height_at(double x) {
  static const NormalTable table;
  if (x >= reach) return {};
  const double place = (std::max(x, -reach) + reach) * grid_per_sd;
  const int i = static_cast<int>(place);
  constexpr double step = 1.0 / grid_per_sd;
  const double t = place - i;
  const double left = -reach + i * step;
  const double low = table.density[i];
  const double high = table.density[i + 1];
  return {hermite(table.below[i], table.below[i + 1], low * step, high * step, t),
          hermite(low, high, -left * low * step, -(left + step) * high * step, t)};
}

// Eight-point Gauss–Legendre on [−1, 1].
constexpr std::array<double, 8> legendre_x = {-0.9602898564975363, -0.7966664774136267, -0.5255324099163290,
                                              -0.1834346424956498, 0.1834346424956498,  0.5255324099163290,
                                              0.7966664774136267,  0.9602898564975363};
constexpr std::array<double, 8> legendre_w = {0.1012285362903763, 0.2223810344533745, 0.3137066458778873,
                                              0.3626837833783620, 0.3626837833783620, 0.3137066458778873,
                                              0.2223810344533745, 0.1012285362903763};

void add_node(std::span<const Gain> arms, double x, double weight, std::vector<double>& chances) {
  double all_below = 1.0;
  std::array<double, most_arms> hazards;  // φ_i / (sd_i Φ_i)
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const Height height = height_at((x - arms[i].mean) / arms[i].sd);
    all_below *= height.below;
    hazards[i] = height.density / (arms[i].sd * height.below);
  }
  for (std::size_t i = 0; i < arms.size(); ++i) chances[i] += weight * all_below * hazards[i];
}

void add_panel(std::span<const Gain> arms, double from, double to, std::vector<double>& chances) {
  const double half = 0.5 * (to - from);
  for (std::size_t k = 0; k < legendre_x.size(); ++k)
    add_node(arms, from + half * (1.0 + legendre_x[k]), half * legendre_w[k], chances);
}

// The sd of the narrowest arm that is still uncertain at x; all are at the start.
double narrowest(std::span<const Gain> arms, double x, double widest) {
  double least = widest;
  for (const Gain& arm : arms)
    if (x < arm.mean + reach * arm.sd) least = std::min(least, arm.sd);
  return least;
}

double widest_of(std::span<const Gain> arms) {
  double widest = 1e-12;
  for (const Gain& arm : arms) widest = std::max(widest, arm.sd);
  return widest;
}

// Below the highest lower end some arm is surely higher; above the highest upper end none is.
struct Range {
  double from = 0.0;
  double to = 0.0;
};
Range range_of(std::span<const Gain> arms) {
  Range range{arms.front().mean - reach * arms.front().sd, arms.front().mean + reach * arms.front().sd};
  for (const Gain& arm : arms) {
    range.from = std::max(range.from, arm.mean - reach * arm.sd);
    range.to = std::max(range.to, arm.mean + reach * arm.sd);
  }
  return range;
}

}  // namespace

std::vector<double> chances_to_be_largest(std::span<const Gain> given) {
  assert(!given.empty() && given.size() <= most_arms);
  const double widest = widest_of(given);
  std::vector<Gain> arms(given.begin(), given.end());
  for (Gain& arm : arms) arm.sd = std::max(arm.sd, narrowest_arm * widest);
  std::vector<double> chances(given.size(), 0.0);
  const Range range = range_of(arms);
  for (double x = range.from; x < range.to;) {
    const double end = std::min(range.to, x + panel_width * narrowest(arms, x, widest));
    add_panel(arms, x, end, chances);
    x = end;
  }
  double sum = 0.0;
  for (const double chance : chances) sum += chance;
  for (double& chance : chances) chance /= sum;
  return chances;
}

}  // namespace trede::policy
