#include "engine/calibration/mml.hpp"

#include <cmath>
#include <limits>

#include "engine/calibration/climb.hpp"
#include "engine/calibration/covariance.hpp"

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

// Infinite where the answers leave the number open, so that the information has no inverse.
double error(double variance) {
  return variance >= 0.0 ? std::sqrt(variance) : std::numeric_limits<double>::infinity();
}

// b_v = −(δ_v − δ_{v−1}) / a by the delta method; zero where nothing of it is free.
ItemErrors errors_of(const ItemPlan& plan, const Curve& curve, const Item& item, const MatrixXd& local) {
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
  std::vector<MatrixXd> covariances;
  if (options.standard_errors) covariances = item_covariances(marginal, summit.values);
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    const ItemPlan& item = plan.items[j];
    const Curve curve = plan.curve(static_cast<int>(j), summit.values);
    result.items.push_back(item_of(curve, plan.model));
    result.treatments.push_back(at_limit(plan, item, summit.values) ? Treatment::AtLimit : item.treatment);
    if (options.standard_errors)
      result.errors.push_back(errors_of(item, curve, result.items.back(), covariances[j]));
  }
  return result;
}

}  // namespace trede::calibration
