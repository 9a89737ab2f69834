#include "engine/calibration/mml.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "engine/calibration/climb.hpp"
#include "engine/calibration/oakes.hpp"

namespace trede::calibration {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

bool at_limit(const Plan& plan, const ItemPlan& item, const VectorXd& values) {
  for (const int place : item.places)
    if (place >= 0 && place != plan.common_slope &&
        (values[place] <= plan.lower[place] || values[place] >= plan.upper[place]))
      return true;
  return false;
}

// Covariance of an item's local numbers; zero where they are fixed.
MatrixXd local_covariance(const ItemPlan& item, const MatrixXd& covariance) {
  const auto locals = static_cast<Eigen::Index>(item.places.size());
  MatrixXd local = MatrixXd::Zero(locals, locals);
  for (Eigen::Index one = 0; one < locals; ++one)
    for (Eigen::Index other = 0; other < locals; ++other) {
      const int first = item.places[static_cast<std::size_t>(one)];
      const int second = item.places[static_cast<std::size_t>(other)];
      if (first >= 0 && second >= 0) local(one, other) = covariance(first, second);
    }
  return local;
}

double error(double variance) {
  return variance > 0.0 ? std::sqrt(variance) : 0.0;
}

// b_v = −(δ_v − δ_{v−1}) / a by the delta method; zero where nothing of it is free.
ItemErrors errors_of(const ItemPlan& plan, const Curve& curve, const Item& item, const MatrixXd& covariance) {
  const MatrixXd local = local_covariance(plan, covariance);
  ItemErrors errors{.slope = error(local(0, 0)), .intercept = error(local(1, 1))};
  for (int v = 1; v < curve.categories(); ++v) {
    const auto at = static_cast<std::size_t>(v);
    VectorXd jacobian = VectorXd::Zero(local.rows());
    jacobian[0] = (curve.deltas[at] - curve.deltas[at - 1]) / (curve.slope * curve.slope);
    jacobian[v] = -1.0 / curve.slope;
    if (v > 1) jacobian[v - 1] = 1.0 / curve.slope;
    const bool fixed = plan.places[at] < 0 && (v == 1 || plan.places[at - 1] < 0);
    errors.thresholds.push_back(fixed ? 0.0 : error(jacobian.dot(local * jacobian)));
  }
  errors.difficulty = errors.thresholds.front();
  if (curve.guesses) errors.guessing = item.guessing * (1.0 - item.guessing) * error(local(2, 2));
  if (item.thresholds.empty()) errors.thresholds.clear();
  return errors;
}

}  // namespace

Calibration calibrate(const ResponseTable& table, const Options& options, const Progress& progress) {
  const Marginal marginal(table, options);
  const Plan& plan = marginal.plan();
  const Summit summit = climb(marginal, options, progress);
  Calibration result;
  result.log_likelihood = summit.evaluation.log_likelihood;
  result.penalised_log_likelihood = summit.evaluation.objective;
  result.iterations = summit.iterations;
  result.converged = summit.converged;
  for (int g = 0; g < plan.groups; ++g) result.groups.push_back(plan.group(g, summit.values));
  MatrixXd covariance;
  if (options.standard_errors)
    covariance = observed_information(marginal, summit.values)
                     .ldlt()
                     .solve(MatrixXd::Identity(plan.size(), plan.size()));
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    const ItemPlan& item = plan.items[j];
    const Curve curve = plan.curve(static_cast<int>(j), summit.values);
    result.items.push_back(item_of(curve, plan.model));
    result.treatments.push_back(at_limit(plan, item, summit.values) ? Treatment::AtLimit : item.treatment);
    if (options.standard_errors)
      result.errors.push_back(errors_of(item, curve, result.items.back(), covariance));
  }
  return result;
}

}  // namespace trede::calibration
