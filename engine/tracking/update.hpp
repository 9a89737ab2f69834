// What one answer teaches us: the belief after it (assumed-density filtering with exact moments,
// docs/MODEL.md §2). An answer depends on the abilities through z = a (q'θ − b) only. With g = Σ a q, m = E
// z, v = Var z, and m̂, v̂ the moments of z after the answer:
//   A = (m̂ − m) / v,   B = (v − v̂) / v²,   µ ← µ + A g,   Σ ← Σ − B g g'.
// The one approximation is to call the result normal again. Pure; pass the prior with std::move to reuse its
// memory. Any thread.
#pragma once

#include <vector>

#include "engine/irt/response_model.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

// What else is part of z and not of the belief: states that last minutes, an item whose difficulty is not
// certain. Independent of the belief.
struct Disturbance {
  double mean = 0.0;
  double variance = 0.0;
};

// How much a row of the belief counts in z.
struct RowLoading {
  int row = 0;
  double weight = 0.0;
};

// How z hangs on the belief, and what the answer did to it: all that the sensitivity recursion needs.
struct Innovation {
  std::vector<RowLoading> loading;  // a q by row
  Eigen::VectorXd spread;           // g = Σ a q, all rows
  double variance = 0.0;            // v, with the disturbance
  double step = 0.0;                // A
  double shrink = 0.0;              // B
};

struct Updated {
  Posterior posterior;
  double predicted = 0.0;       // P(right), E outcome, before the answer was seen
  double log_likelihood = 0.0;  // ln P(what happened), the measure by which models are compared
  Innovation innovation;
};

// Precondition: the item loads on topics of the posterior. Cost O(rows²).
Updated update(Posterior prior, const CatalogueItem& item, bool right, Disturbance disturbance = {});

// The same for points, grades and times: `model` takes the place of the item's own; a and b are the item's.
Updated update(Posterior prior, const CatalogueItem& item, const irt::ResponseModel& model, double outcome,
               Disturbance disturbance = {});

// P(right) by quadrature, and its quick form s(m / √(1 + π v / 8)) for scans of many items (off by less than
// .02).
double predict(const Posterior& posterior, const CatalogueItem& item, Disturbance disturbance = {});
double quick_predict(const Posterior& posterior, const CatalogueItem& item, Disturbance disturbance = {});

}  // namespace trede::tracking
