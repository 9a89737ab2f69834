#include "engine/calibration/fit_prediction.hpp"

#include <cassert>
#include <utility>

#include "engine/calibration/ability_nodes.hpp"
#include "engine/calibration/curve.hpp"

namespace trede::calibration {

namespace {

// Keeps a category that is out of reach at some node divisible by.
constexpr double least_probability = 1e-30;

// P_k' = P_k (k − E k); right or wrong with guessing: P' = (P − c) (1 − P) / (1 − c).
Eigen::ArrayXXd slopes(const Eigen::ArrayXXd& probability, double guessing) {
  const auto highest = static_cast<double>(probability.cols() - 1);
  const Eigen::ArrayXd scores = Eigen::ArrayXd::LinSpaced(probability.cols(), 0.0, highest);
  const Eigen::ArrayXd mean = (probability.matrix() * scores.matrix()).array();
  Eigen::ArrayXXd slope(probability.rows(), probability.cols());
  for (Eigen::Index k = 0; k < slope.cols(); ++k) slope.col(k) = probability.col(k) * (scores[k] - mean);
  if (guessing > 0.0) {
    slope.col(1) = (probability.col(1) - guessing) * probability.col(0) / (1.0 - guessing);
    slope.col(0) = -slope.col(1);
  }
  return slope;
}

ItemCurves curves_of(const Item& item, int categories, const Eigen::ArrayXd& nodes) {
  Eigen::ArrayXXd p = probabilities(curve_of(item, categories), nodes).transpose().max(least_probability);
  Eigen::ArrayXXd slope = slopes(p, item.guessing);
  return {std::move(p), std::move(slope)};
}

}  // namespace

Curves curves_of(const ResponseTable& table, const std::vector<Item>& items, const std::vector<Group>& groups,
                 int nodes, double range) {
  assert(items.size() == static_cast<std::size_t>(table.items()) && !groups.empty() && nodes > 1);
  Curves curves{.nodes = ability_nodes(nodes, range), .items = {}, .groups = {}};
  for (std::size_t i = 0; i < items.size(); ++i)
    curves.items.push_back(curves_of(items[i], table.categories[i], curves.nodes));
  for (const Group& group : groups) {
    const Eigen::ArrayXd log_density = -0.5 * ((curves.nodes - group.mean) / group.sd).square();
    const Eigen::ArrayXd density = (log_density - log_density.maxCoeff()).exp();
    curves.groups.push_back(density / density.sum());
  }
  return curves;
}

Eigen::ArrayXd posterior_of(const ResponseTable& table, int person, const Curves& curves) {
  Eigen::ArrayXd belief = curves.groups[static_cast<std::size_t>(table.group(person))];
  for (const Response& response : table.of(person)) learn(belief, curves, response);
  return belief;
}

}  // namespace trede::calibration
