// How practice and instruction move a belief, given the gain: linear shifts that know of the pupil's own
// learning rate η. What the gains are is the business of engine/effects. Pure, any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

// A gain estimated from few answers may be wild; in F it counts for no more than this, and no pupil is
// believed to take less than a tenth of it.
inline constexpr double largest_rate_gain = 0.15;  // logits
inline constexpr double smallest_rate = 0.1;       // of the usual gain

// 1 + µ_η, at least smallest_rate: what this pupil takes from practice, times the usual gain.
double expected_rate(const Posterior& posterior);

// One practice step with the usual gain γ (logits) on a topic:
//   µ_k ← µ_k + γ (1 + µ_η),   Σ ← F Σ F',   F = I + γ e_k e_η',   Σ_kk ← Σ_kk + diffusion (logits²).
// The covariance with η that F makes is how later answers tell the pupil's own rate.
Posterior practised(Posterior posterior, int topic, double gain, double diffusion);

// θ_k moved by N(amount, variance), logits, whatever the pupil's rate.
Posterior shifted(Posterior posterior, int topic, double amount, double variance);

}  // namespace trede::tracking
