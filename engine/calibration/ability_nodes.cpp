#include "engine/calibration/ability_nodes.hpp"

#include <algorithm>
#include <cmath>

namespace trede::calibration {
namespace {

constexpr double furthest = 7.0;
constexpr double rounding = 1e-9;  // of a number of spacings

}  // namespace

Eigen::ArrayXd ability_nodes(int nodes, double range) {
  const double spacing = 2.0 * range / (nodes - 1);
  const int beyond = static_cast<int>(std::ceil(std::max(0.0, furthest - range) / spacing - rounding));
  const double end = range + beyond * spacing;
  return Eigen::ArrayXd::LinSpaced(nodes + 2 * beyond, -end, end);
}

}  // namespace trede::calibration
