// What one answer teaches us: the belief after it (assumed-density filtering with exact moments,
// docs/MODEL.md §2). An answer depends on the abilities through z = a (q'θ − b) only. With g = Σ a q, m = E
// z, v = Var z, and m̂, v̂ the moments of z after the answer:
//   A = (m̂ − m) / v,   B = (v − v̂) / v²,   µ ← µ + A g,   Σ ← Σ − B g g'.
// The one approximation is to call the result normal again. Pure; pass the prior with std::move to reuse its
// memory. Any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

struct Updated {
  Posterior posterior;
  double predicted = 0.0;       // P(right) before the answer was seen
  double log_likelihood = 0.0;  // ln P(what happened), the measure by which models are compared
};

// Precondition: the item loads on topics of the posterior. Cost O(topics²).
Updated update(Posterior prior, const CatalogueItem& item, bool right);

// P(right) by quadrature, and its quick form s(m / √(1 + π v / 8)) for scans of many items (off by less than
// .02).
double predict(const Posterior& posterior, const CatalogueItem& item);
double quick_predict(const Posterior& posterior, const CatalogueItem& item);

// The same update on a square root of the covariance (Σ = R R', Potter): positive definite by construction.
// The tests hold the plain form against it; use it where a prior is nearly singular.
struct RootPosterior {
  Eigen::VectorXd mean;
  Eigen::MatrixXd root;
};
RootPosterior root_of(const Posterior& posterior);
Posterior square(const RootPosterior& posterior);
RootPosterior update(RootPosterior prior, const CatalogueItem& item, bool right);

}  // namespace trede::tracking
