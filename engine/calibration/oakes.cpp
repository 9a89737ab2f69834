#include "engine/calibration/oakes.hpp"

#include <cmath>

#include "engine/calibration/missing.hpp"

namespace trede::calibration {
namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double& local_number(Curve& curve, std::size_t local) {
  if (local == 0) return curve.slope;
  return local < curve.deltas.size() ? curve.deltas[local] : curve.logit_guessing;
}

// −∂² (Q + ln prior) of one item in its local numbers, by differences of the gradient at fixed counts.
MatrixXd observed_complete(const Marginal& marginal, const ItemPlan& item, const Curve& curve,
                           const Eigen::ArrayXXd& counts) {
  const auto locals = static_cast<Eigen::Index>(item.places.size());
  MatrixXd information = MatrixXd::Zero(locals, locals);
  for (Eigen::Index local = 0; local < locals; ++local) {
    if (item.places[static_cast<std::size_t>(local)] < 0) continue;
    VectorXd gradients[2];
    const double h = 1e-5;
    for (int side = 0; side < 2; ++side) {
      Curve moved = curve;
      local_number(moved, static_cast<std::size_t>(local)) += side == 0 ? h : -h;
      Derivatives d = derivatives(moved, marginal.nodes(), probabilities(moved, marginal.nodes()), counts);
      add_prior(moved, item.prior, marginal.plan().model, d);
      gradients[side] = d.gradient;
    }
    information.col(local) = (gradients[1] - gradients[0]) / (2.0 * h);
  }
  return 0.5 * (information + information.transpose());
}

}  // namespace

Information complete_information(const Marginal& marginal, const VectorXd& values,
                                 const Expectation& expectation) {
  const Plan& plan = marginal.plan();
  Information complete(plan);
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    if (!plan.items[j].informative) continue;
    const int item = static_cast<int>(j);
    complete.add_item(plan.items[j], observed_complete(marginal, plan.items[j], plan.curve(item, values),
                                                       marginal.counts_of(item, expectation)));
  }
  for (int g = plan.first_free_group; g < plan.groups; ++g) {
    const Group group = plan.group(g, values);
    const ArrayXd people = marginal.group_counts_of(g, expectation);
    Eigen::Matrix2d information;
    const double h = 1e-5;
    const auto gradient = [&](double mean, double log_sd) {
      return marginal.group_derivatives({group.mean + mean, group.sd * std::exp(log_sd)}, people).gradient;
    };
    information.col(0) = (gradient(-h, 0.0) - gradient(h, 0.0)) / (2.0 * h);
    information.col(1) = (gradient(0.0, -h) - gradient(0.0, h)) / (2.0 * h);
    complete.set_group(plan.group_begin + 2 * (g - plan.first_free_group), information);
  }
  return complete;
}

MatrixXd observed_information(const Marginal& marginal, const VectorXd& values) {
  const Expectation expectation = marginal.expect(values);
  return complete_information(marginal, values, expectation).dense() - missing_information(marginal, values);
}

}  // namespace trede::calibration
