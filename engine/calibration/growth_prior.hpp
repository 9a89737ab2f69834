// What is believed of the items of a term before its answers: of each one a normal prior of (ln a, b), and with
// GrowthProblem::trend difficulties around a plane over the term that nobody knows beforehand,
//   b_j ~ N(mean_j + γ'x_j, var_j),  x_j = (1, mean day, mean place in the pupils' rows of answers),
// days and places of item j's answers, standardised over the items, γ ~ N(0, 3²) each. γ is integrated out, so that
// along the plane the prior of all items together holds hardly anything: with w = Σ_j x_j (Λ_j u_j)_b and
// M = Σ_j x_j x_j' (Λ_j)_bb + I / 3²
//   ln prior = −½ (Σ_j u_j'Λ_j u_j − w'M⁻¹w),   u_j = (ln a, b) − mean, Λ_j the inverse covariance.
// Without that a prior around 0 bends the trend of a curriculum: 60 pupils, b ~ N(0, 2²), by .2 to .4 of a logit.
// Pure; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/growth.hpp"

namespace trede::calibration {

class GrowthPrior {
 public:
  explicit GrowthPrior(const GrowthProblem& problem);

  struct At {
    double log_density = 0.0;                // without constants; items that are no anchors
    std::vector<Eigen::Vector2d> gradients;  // of it, zero for anchors
  };
  At at(const std::vector<Eigen::Vector2d>& items) const;

  const Eigen::Matrix2d& precision(std::size_t item) const { return precisions_[item]; }  // Λ
  // What the plane takes off the information about the (ln a, b) of two items: Λ_j e_b x_j' M⁻¹ x_k e_b'Λ_k.
  Eigen::Matrix2d taken_off(std::size_t one, std::size_t other) const;

 private:
  using Place = Eigen::Vector3d;

  void find_places(const GrowthProblem& problem);

  std::vector<Eigen::Vector2d> means_;
  std::vector<Eigen::Matrix2d> precisions_;
  std::vector<Place> places_;                         // zero where the plane does not matter
  Eigen::Matrix3d spread_ = Eigen::Matrix3d::Zero();  // M⁻¹
};

}  // namespace trede::calibration
