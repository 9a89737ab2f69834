// Covariances of the estimates, as far as anyone asks: among the numbers of one item. Up to 1,500 free numbers by
// inverting the observed information; beyond, where that matrix would outgrow the answers, in two levels: the
// exact information of each item by itself, B, corrected in the few directions V in which all items move together,
// warps of the scale θ → θ + h(θ) with h a polynomial of degree 0 … 5:
//   A⁻¹ ≈ B⁻¹ − V (V'BV)⁻¹ V' + V (V'AV)⁻¹ V'      A = B − coupling between items
// What is left out are couplings of single pairs of items. Pure; any thread, workers of the marginal.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/marginal.hpp"

namespace trede::calibration {

// Of each item's local numbers; zero where they are fixed.
std::vector<Eigen::MatrixXd> item_covariances(const Marginal& marginal, const Eigen::VectorXd& values);

// The two ways by name; the first picks.
std::vector<Eigen::MatrixXd> item_covariances_dense(const Marginal& marginal, const Eigen::VectorXd& values);
std::vector<Eigen::MatrixXd> item_covariances_two_level(const Marginal& marginal,
                                                        const Eigen::VectorXd& values);

}  // namespace trede::calibration
