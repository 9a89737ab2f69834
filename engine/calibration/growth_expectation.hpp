// The E-step of calibrate_growth: what the answers say about every item and about growth when the parameters are
// these. People are dealt over a fixed number of shares whose sums are added in order, so the number of
// workers changes nothing.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/growth.hpp"
#include "engine/calibration/growth_smoother.hpp"

namespace trede::calibration {

// About (ln a, b) of one item, summed over its answers, each under its smoothed ability.
struct ItemSum {
  Eigen::Vector2d gradient = Eigen::Vector2d::Zero();     // E ∂ ln P
  Eigen::Matrix2d information = Eigen::Matrix2d::Zero();  // E of the Fisher information
  Eigen::Matrix2d hidden = Eigen::Matrix2d::Zero();       // Var ∂ ln P: what not seeing the ability costs
  int answers = 0;

  ItemSum& operator+=(const ItemSum& other);
  // Louis (1982): what was seen = what would have been seen with abilities known − what is hidden.
  Eigen::Matrix2d observed() const { return information - hidden; }
};

struct GrowthPoint {
  std::vector<Eigen::Vector2d> items;  // ln a, b
  Growth growth;
  std::vector<Group> groups;
};

// Entries of `score`: per_day, per_answer, ln diffusion_per_day, ln diffusion_per_answer, then mean and ln sd of each
// group.
struct GrowthExpectation {
  std::vector<ItemSum> items;
  Eigen::VectorXd score;        // Σ over people of their scores
  Eigen::MatrixXd information;  // Σ score score', the information about these parameters
  double log_likelihood = 0.0;  // Σ ln Z
};

// E ∂(∂ ln P / ∂(ln a, b)) / ∂η of one answer: how its score hangs on the ability, to first order.
Eigen::Vector2d score_slope(const FilterItem& item, SmoothedAbility ability, bool right);

std::vector<FilterItem> filter_items(const GrowthProblem& problem, const GrowthPoint& point);

GrowthExpectation expect(const GrowthProblem& problem, const GrowthPoint& point, int workers);

}  // namespace trede::calibration
