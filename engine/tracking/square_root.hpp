// The same update on a square root of the covariance (Σ = R R', Potter's form, in Bierman 1977): positive
// definite by construction. The tests hold the plain form against it; use it where a prior is nearly
// singular. Pure, any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

struct RootPosterior {
  Eigen::VectorXd means;  // rows as in Posterior
  Eigen::MatrixXd root;   // R, of any shape with R R' = Σ
  std::vector<TopicRows> rows;
};

RootPosterior root_of(const Posterior& posterior);
Eigen::MatrixXd square(const RootPosterior& posterior);  // Σ

// u = R'a q, g = R u, v = u'u, τ = (1 − √(v̂ / v)) / v:  µ ← µ + A g,  R ← R − τ g u'.
// Precondition: every topic the item loads on has a row.
RootPosterior update(RootPosterior prior, const CatalogueItem& item, bool right);

}  // namespace trede::tracking
