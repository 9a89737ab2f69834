// The observed information of a marginal likelihood (Oakes 1999, in Louis' form): what complete data would tell less
// what is missing because nobody sees θ,
//   I = Σ_i weight_i [ E_i(−∂² ln P) − Cov_i(score) ]   over person i's posterior.
// Scores are smooth in θ, so the covariance is a short sum over polynomials orthonormal under the posterior. Pure; any
// thread.
#pragma once

#include <Eigen/Core>

#include "engine/calibration/marginal.hpp"

namespace trede::calibration {

// The first term: of complete data as observed, with the priors' part; not inverted.
Information complete_information(const Marginal& marginal, const Eigen::VectorXd& values,
                                 const Expectation& expectation);

// Of the free numbers in the order of the plan, with the priors' part; size × size.
Eigen::MatrixXd observed_information(const Marginal& marginal, const Eigen::VectorXd& values);

}  // namespace trede::calibration
