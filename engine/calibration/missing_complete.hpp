// The missing information (missing.hpp) where everybody answered every item and nobody guesses. Then the
// score of person i in item j is k_ij θ − Φ(θ) with Φ the same for all, so that with K = Σ_i weight_i Cov_i
// over the nodes, t_j = Σ_i weight_i k_ij Cov_i(θ, ·) and V = Σ_i weight_i Var_i(θ) k_i k_i' the sum over
// people is
//   Φ'KΦ − t'Φ − Φ't + V     (t and V in the slopes only)
// and costs little more than an E-step. Pure; any thread, workers of the marginal.
#pragma once

#include <Eigen/Core>

#include "engine/calibration/marginal.hpp"

namespace trede::calibration {

bool has_complete_form(const Marginal& marginal);

// Precondition: has_complete_form.
Eigen::MatrixXd missing_in_complete_data(const Marginal& marginal, const Eigen::VectorXd& values);

}  // namespace trede::calibration
