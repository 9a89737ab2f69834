// What passing time does to a belief: abilities drift towards those of the pupil's cohort and become less
// certain (docs/MODEL.md §3). The caller gives the days; no clock here. Pure, any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

// How fast each topic moves.
struct Drift {
  Eigen::VectorXd memory_days;  // τ: φ = exp(−D / τ) of the distance to the cohort is left after D days
  Eigen::VectorXd diffusion_per_day;  // q, logits² a day, on top of what the cohort's own spread replaces
};

// τ = 1000 days keeps exp(−365/1000) = .69 of a lead over a year: pupils' places among the others of their
// year are about that stable.
inline constexpr double memory_days = 1000.0;
// q = .0005 a day: over six weeks of holiday a well-known ability (sd .30) becomes one of sd .43, over a
// weekend .308.
inline constexpr double diffusion_per_day = 0.0005;

// µ ← m0 + Φ (µ − m0),   Σ ← Φ Σ Φ + Q,
// Q_ii = (1 − φ_i²) P0_ii + q_i D,   Q_ij = r_ij √(Q_ii Q_jj),   r = the correlations of P0.
// Q in this form is positive semidefinite for unequal φ too, which P0 − Φ P0 Φ is not.
// Days below 0 count as 0.
Posterior advance(Posterior posterior, const Eigen::MatrixXd& prior_covariance, const Drift& drift,
                  double days, double cohort_mean);

// The same with the constants above for every topic. cohort_mean: of the pupil's school year, logits.
Posterior advance(Posterior posterior, const Catalogue& catalogue, double days, double cohort_mean);

}  // namespace trede::tracking
