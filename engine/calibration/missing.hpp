// The information an answer would have given about the items had we seen θ, and did not: the covariance of the scores
// under each person's posterior, summed over people (Louis 1982). Scores are smooth in θ, so a person's covariance
// is a short sum over polynomials orthonormal under the posterior; where everybody answered everything and nobody
// guesses, one matrix nodes × nodes serves all people. Pure; any thread, workers of the marginal.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/marginal.hpp"

namespace trede::calibration {

// d ln P(row) / d free number, of one row of the table.
struct RowScores {
  Eigen::MatrixXd scores;   // nodes × numbers
  std::vector<int> places;  // of those numbers
};
std::vector<RowScores> row_scores(const Marginal& marginal, const Eigen::VectorXd& values);

// One person's posterior where it is not negligible; the weights' sum is about one.
struct Window {
  Eigen::Index begin;  // first node
  Eigen::ArrayXd weights;
  Eigen::ArrayXd nodes;
};
Window posterior_window(const Marginal& marginal, const Marginal::Tables& tables, int person);

// Σ_i weight_i Cov_i(score), size × size: person by person in any data, or the faster form where there is one.
Eigen::MatrixXd missing_by_person(const Marginal& marginal, const Eigen::VectorXd& values);
Eigen::MatrixXd missing_information(const Marginal& marginal, const Eigen::VectorXd& values);

}  // namespace trede::calibration
