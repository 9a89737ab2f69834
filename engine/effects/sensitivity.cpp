#include "engine/effects/sensitivity.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace trede::effects {
namespace {

void forget_column(Sensitivity& sensitivity, int column, const Effects& effects) {
  // From here on this effect's part of the mean is no longer γ's to explain.
  const double value = effects.value[sensitivity.effects[column]];
  sensitivity.applied -= value * sensitivity.slopes.col(column);
  const int last = static_cast<int>(sensitivity.effects.size()) - 1;
  sensitivity.slopes.col(column) = Eigen::VectorXd(sensitivity.slopes.col(last));
  sensitivity.slopes.conservativeResize(Eigen::NoChange, last);
  sensitivity.effects[column] = sensitivity.effects[last];
  sensitivity.effects.pop_back();
}

int weakest_column(const Sensitivity& sensitivity) {
  Eigen::Index weakest = 0;
  sensitivity.slopes.colwise().squaredNorm().minCoeff(&weakest);
  return static_cast<int>(weakest);
}

int column_of(Sensitivity& sensitivity, int effect, const Effects& effects) {
  const auto known = std::find(sensitivity.effects.begin(), sensitivity.effects.end(), effect);
  if (known != sensitivity.effects.end()) return static_cast<int>(known - sensitivity.effects.begin());
  if (sensitivity.effects.size() == most_effects_of_pupil)
    forget_column(sensitivity, weakest_column(sensitivity), effects);
  const int column = static_cast<int>(sensitivity.effects.size());
  sensitivity.effects.push_back(effect);
  sensitivity.slopes.conservativeResize(Eigen::NoChange, column + 1);
  sensitivity.slopes.col(column).setZero();
  return column;
}

}  // namespace

Sensitivity no_sensitivity(int dimensions) {
  return {{}, Eigen::MatrixXd(dimensions, 0), Eigen::VectorXd::Zero(dimensions)};
}

Sensitivity faded(Sensitivity sensitivity, const Eigen::VectorXd& kept) {
  sensitivity.slopes.array().colwise() *= kept.array();
  sensitivity.applied.array() *= kept.array();
  return sensitivity;
}

Sensitivity shifted(Sensitivity sensitivity, Dose dose, const Effects& effects) {
  const int column = column_of(sensitivity, dose.effect, effects);
  sensitivity.slopes(dose.dimension, column) += dose.amount;
  sensitivity.applied[dose.dimension] += dose.amount * effects.value[dose.effect];
  return sensitivity;
}

Sensitivity shifted(Sensitivity sensitivity, Dose dose, OwnRate rate, const Effects& effects) {
  const double shift = dose.amount * effects.value[dose.effect];
  sensitivity.slopes.row(dose.dimension) += shift * sensitivity.slopes.row(rate.dimension);
  sensitivity.applied[dose.dimension] += shift * sensitivity.applied[rate.dimension];
  dose.amount *= 1.0 + rate.mean;
  return shifted(std::move(sensitivity), dose, effects);
}

Learned answered(Sensitivity sensitivity, const Eigen::VectorXd& loading, const Eigen::VectorXd& gain,
                 double step, double information) {
  assert(loading.size() == sensitivity.applied.size() && gain.size() == loading.size());
  Evidence evidence{sensitivity.effects, sensitivity.slopes.transpose() * loading, step, information,
                    loading.dot(sensitivity.applied)};
  sensitivity.slopes.noalias() -= (information * gain) * evidence.slopes.transpose();
  sensitivity.applied -= (information * evidence.applied) * gain;
  return {std::move(sensitivity), std::move(evidence)};
}

Sensitivity extended(Sensitivity sensitivity, const std::vector<int>& summed) {
  const int row = sensitivity.dimensions();
  sensitivity.slopes.conservativeResize(row + 1, Eigen::NoChange);
  sensitivity.applied.conservativeResize(row + 1);
  sensitivity.slopes.row(row).setZero();
  sensitivity.applied[row] = 0.0;
  for (const int part : summed) {
    sensitivity.slopes.row(row) += sensitivity.slopes.row(part);
    sensitivity.applied[row] += sensitivity.applied[part];
  }
  return sensitivity;
}

Sensitivity rebase(Sensitivity sensitivity, const std::vector<int>& from_dimension,
                   const std::vector<int>& to_effect, const Effects& effects) {
  for (int column = static_cast<int>(sensitivity.effects.size()) - 1; column >= 0; --column)
    if (to_effect[sensitivity.effects[column]] < 0) forget_column(sensitivity, column, effects);
  const int dimensions = static_cast<int>(from_dimension.size());
  Sensitivity moved{
      {}, Eigen::MatrixXd::Zero(dimensions, sensitivity.slopes.cols()), Eigen::VectorXd::Zero(dimensions)};
  for (const int effect : sensitivity.effects) moved.effects.push_back(to_effect[effect]);
  for (int row = 0; row < dimensions; ++row) {
    if (from_dimension[row] < 0) continue;
    moved.slopes.row(row) = sensitivity.slopes.row(from_dimension[row]);
    moved.applied[row] = sensitivity.applied[from_dimension[row]];
  }
  return moved;
}

}  // namespace trede::effects
