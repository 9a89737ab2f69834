// One item's response curve as calibration estimates it: exponents linear in its numbers, so that the complete-data
// likelihood is concave (right or wrong is GPCM with two categories).
//   P(k | θ) ∝ exp(k a θ + δ_k),  δ_0 = 0, right or wrong: δ_1 = d;   with guessing P(1) = c + (1 − c) s(a θ + d)
// The numbers of an item in order ("local"): a, δ_1 … δ_{K−1}, logit c. Pure; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/calibration.hpp"

namespace trede::calibration {

struct Curve {
  double slope = 1.0;
  std::vector<double> deltas;  // K of them, the first is zero
  bool guesses = false;
  double logit_guessing = 0.0;

  int categories() const { return static_cast<int>(deltas.size()); }
  int locals() const { return categories() + 1; }  // logit c among them, used or not
};

// Between the curve and what people read. Thresholds b_v = −(δ_v − δ_{v−1}) / a for more than two categories or
// where the model is Gpcm.
Curve curve_of(const Item& item, int categories);
Item item_of(const Curve& curve, Model model);

// categories × nodes. Never below 1e-100.
Eigen::ArrayXXd probabilities(const Curve& curve, const Eigen::ArrayXd& nodes);

// Derivatives of Q = Σ_kq r_kq ln P(k | θ_q) + ln prior: the gradient, and the expected information given
// the number of people at each node (positive semidefinite; the observed one where there is no guessing).
struct Derivatives {
  Eigen::VectorXd gradient;
  Eigen::MatrixXd information;
};

// p: the probabilities at the nodes; counts: r_kq; both categories × nodes.
Derivatives derivatives(const Curve& curve, const Eigen::ArrayXd& nodes, const Eigen::ArrayXXd& p,
                        const Eigen::ArrayXXd& counts);
// d ln P(k | θ_q) / d local: nodes × locals.
Eigen::MatrixXd scores(const Curve& curve, int category, const Eigen::ArrayXd& nodes);

// Adds the prior's part (Gauss–Newton for the information); returns its log density without constants.
double add_prior(const Curve& curve, const ItemPrior& prior, Model model, Derivatives& derivatives);

}  // namespace trede::calibration
