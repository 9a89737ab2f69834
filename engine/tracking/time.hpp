// What passing time does to a belief: abilities drift towards those of the pupil's cohort and become less
// certain (docs/MODEL.md §3). The caller gives the days; no clock here. Pure, any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

// How abilities move. One speed for the general, the domain and the topics' own parts: then their hierarchy
// keeps its shape, and topics without a row need none.
struct Drift {
  double memory_days = 1000.0;  // τ: φ = exp(−D / τ) of the distance to the cohort is left after D days; a
                                // year keeps .69 of a lead: places among the others are about that stable
  double diffusion_per_day =
      0.0005;  // q, logits² a day, on top of what the cohort's own spread replaces: over
               // six weeks of holiday sd .30 becomes .43, over a weekend .308
};

// What a number of days does: θ − m0 shrinks by `kept` φ and gets new variance `replaced` times P0.
struct Passage {
  double kept = 1.0;      // φ
  double replaced = 0.0;  // 1 − φ² + q D
};
Passage passage(const Drift& drift, double days);  // days below 0 count as 0

// φ on the rows that time moves (general, domains, topics), 1 on those it leaves (η, a testlet).
Eigen::VectorXd transition(const Posterior& posterior, double kept);

// µ ← m0 + Φ (µ − m0),   Σ ← Φ Σ Φ + (1 − φ² + q D) P0,   m0 = cohort_mean on abilities, 0 on domains.
Posterior advance(Posterior posterior, const Drift& drift, double days, double cohort_mean);

}  // namespace trede::tracking
