// Standard errors of calibrate_growth: the observed information of all estimated parameters together. Items hang
// together because they were answered by the same pupils, and with growth because a harder item and a slower
// class look alike.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "engine/calibration/growth_expectation.hpp"

namespace trede::calibration {

// Where each estimated parameter stands among the unknowns; −1 = not estimated.
struct GrowthLayout {
  std::vector<std::array<int, 2>> items;  // ln a, b
  bool common_slope = false;              // all ln a are one unknown
  std::vector<int> growth;                // the entries of GrowthExpectation::score
  std::vector<double> steps;              // how far each of them is moved to see what follows
  std::vector<double> precisions;         // of their priors
  int size = 0;
};

struct GrowthErrors {
  std::vector<Eigen::Matrix2d> items;  // covariance of (ln a, b), zero where not estimated
  Eigen::VectorXd growth;              // variances of the entries of GrowthExpectation::score
  bool joint = false;                  // false: each item by itself, growth by itself
};

// More unknowns than this are not taken together: time grows with the cube, memory with the square (46 MB here).
inline constexpr int most_joint_unknowns = 2400;

// Louis (1982): I = E complete information + priors − Var(score | answers). Within an answer the variance is
// exact; between two answers of a pupil it is d_s Cov(η_s, η_t) d_t', d = score_slope. Rows of growth are central
// differences of the scores after a fresh E-step (Oakes 1999). Beyond most_joint_unknowns, or where rounding
// leaves the matrix indefinite, each item's own 2 × 2 block is inverted.
GrowthErrors growth_errors(const GrowthProblem& problem, const GrowthPoint& point,
                           const GrowthExpectation& seen, const GrowthLayout& layout, int workers);

}  // namespace trede::calibration
