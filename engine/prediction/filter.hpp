// The filter that predicts each answer from the ones before it, and its gradient. Every row:
//   decay    m ← ρ m,  v ← ρ² v + (1 − ρ²) e^W,  ρ = e^−E           each touched component, if touched before
//   predict  µ = Σ effects + Σ x m,  V = Σ x² v,  k = (1 + π V / 8)^−½,  p = s(k µ)
//   update   G = k (y − p),  R = k² p (1 − p):  m ← m + x v G + lift(y),  v ← v − R x² v² + e^Q
// G and −R are the first and second derivative by µ of ln P(y) with P as predicted, so the update is assumed-density
// filtering with the link's own predictive probability (MacKay 1992 for k), one exponential a row.
// Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/prediction/trace.hpp"

namespace trede::prediction {

// The parameters as the filter reads them.
struct Values {
  std::span<const double> plain;
  std::span<const double> exponential;  // exp(plain) of the parameters that are logarithms, which come first
  std::span<const Kind> kinds;
};

// The probability of a right answer on every row, before that row's answer was used.
void predict(const Trace& trace, const Values& values, std::span<double> probabilities);

// −Σ ln P(answer); adds its gradient to `gradient` (one entry a parameter) by a reverse pass through the filter.
double negative_log_likelihood(const Trace& trace, const Values& values, std::span<double> gradient);

}  // namespace trede::prediction
