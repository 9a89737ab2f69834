// Calibration by marginal maximum likelihood (calibration.hpp has the model, the options and what comes back).
// Pure; may be called from any thread; uses at most options.workers of them and gives the same to the last
// bit for every number. Method: Bock & Aitkin 1981; acceleration: Varadhan & Roland 2008 (SQUAREM),
// Jamshidian & Jennrich 1997 (quasi-Newton with the EM step as preconditioner); standard errors: Oakes 1999.
//   ln L = Σ_i weight_i ln Σ_q A_g(θ_q) Π_j P_j(y_ij | θ_q)      A_g ∝ exp(−(θ − mean_g)² / 2 sd_g²) on the nodes
// Anchored items keep their values and then every group's mean and sd are free; otherwise group 0 is N(0, 1).
// Never NaN, never an item that disappears: Calibration::treatments says what was done. An item all answered alike,
// without prior, tells nothing about them; it comes back with a = 1 (1PL: the common slope) and the
// difficulty at which (n + ½) / (n + 1) of a standard normal group's answers are that answer. Persons without
// answers count for nothing.
#pragma once

#include <functional>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

// After each E-step: how many there were and the (penalised) log-likelihood then.
using Progress = std::function<void(int iteration, double log_likelihood)>;

// Preconditions: table.categories ≥ 2, items and categories of all responses in range, weights ≥ 0 and finite,
// groups ≥ 0; options.nodes ≥ 5, range > 0; anchors and priors empty or one an item, anchors with thresholds for
// each step (or the intercept of a right-or-wrong item).
Calibration calibrate(const ResponseTable& table, const Options& options, const Progress& progress = {});

}  // namespace trede::calibration
