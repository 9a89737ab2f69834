#include "engine/calibration/fit_prediction.hpp"

#include <cassert>
#include <cmath>

#include "engine/irt/dichotomous.hpp"

namespace trede::calibration {

namespace {

// Keeps a category that is out of reach at some node divisible by.
constexpr double least_probability = 1e-30;

ItemCurves dichotomous(const Item& item, const Eigen::ArrayXd& nodes) {
  ItemCurves curves{Eigen::ArrayXXd(nodes.size(), 2), Eigen::ArrayXXd(nodes.size(), 2)};
  const irt::Asymptotes asymptotes{.lower = item.guessing};
  for (Eigen::Index q = 0; q < nodes.size(); ++q) {
    const double z = item.slope * nodes[q] + item.intercept;
    curves.probability(q, 0) = irt::failure_probability(z, asymptotes);
    curves.probability(q, 1) = irt::probability(z, asymptotes);
    curves.slope(q, 1) = irt::derivative(z, asymptotes);
    curves.slope(q, 0) = -curves.slope(q, 1);
  }
  return curves;
}

// P_k' = P_k (k − E k), the derivative of ln P_k in a θ.
ItemCurves partial_credit(const Item& item, const Eigen::ArrayXd& nodes) {
  const auto categories = static_cast<Eigen::Index>(item.thresholds.size()) + 1;
  ItemCurves curves{Eigen::ArrayXXd(nodes.size(), categories), Eigen::ArrayXXd(nodes.size(), categories)};
  const Eigen::ArrayXd scores =
      Eigen::ArrayXd::LinSpaced(categories, 0.0, static_cast<double>(categories - 1));
  for (Eigen::Index q = 0; q < nodes.size(); ++q) {
    Eigen::ArrayXd log_odds = Eigen::ArrayXd::Zero(categories);
    for (Eigen::Index k = 1; k < categories; ++k)
      log_odds[k] =
          log_odds[k - 1] + item.slope * (nodes[q] - item.thresholds[static_cast<std::size_t>(k - 1)]);
    Eigen::ArrayXd p = (log_odds - log_odds.maxCoeff()).exp();
    p /= p.sum();
    curves.probability.row(q) = p.transpose();
    curves.slope.row(q) = (p * (scores - (p * scores).sum())).transpose();
  }
  return curves;
}

}  // namespace

Curves curves_of(const ResponseTable& table, const std::vector<Item>& items, const std::vector<Group>& groups,
                 int nodes, double range) {
  assert(items.size() == static_cast<std::size_t>(table.items()) && !groups.empty() && nodes > 1);
  Curves curves{.nodes = Eigen::ArrayXd::LinSpaced(nodes, -range, range), .items = {}, .groups = {}};
  for (std::size_t i = 0; i < items.size(); ++i) {
    assert(items[i].thresholds.empty() ||
           table.categories[i] == static_cast<int>(items[i].thresholds.size()) + 1);
    curves.items.push_back(items[i].thresholds.empty() ? dichotomous(items[i], curves.nodes)
                                                       : partial_credit(items[i], curves.nodes));
    curves.items.back().probability = curves.items.back().probability.max(least_probability);
  }
  for (const Group& group : groups) {
    Eigen::ArrayXd density = (-0.5 * ((curves.nodes - group.mean) / group.sd).square()).exp();
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
