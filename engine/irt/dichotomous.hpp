// Response models for right or wrong, from 1PL to 4PL, as functions of one number z, the log-odds before
// guessing:
//   z = a (Σ_k q_k θ_k − b),   P(right | z) = c + (u − c) s(z),   s(z) = 1 / (1 + exp(−z)).
// 1PL: a common to all items; 2PL: c = 0, u = 1; 3PL: guessing c > 0; 4PL: slips, u < 1.
// Pure functions of values, callable from any thread; every one is finite for every finite z.
#pragma once

#include <Eigen/Core>
#include <cmath>

#include "engine/catalogue/catalogue.hpp"

namespace trede::irt {

// The probability of a right answer far below and far above the item: 0 ≤ lower < upper ≤ 1.
struct Asymptotes {
  double lower = 0.0;  // c
  double upper = 1.0;  // u
};

// s(z), accurate in relative terms at both ends. Here and below inline, for an answer asks for some two hundred.
inline double logistic(double z) {
  if (z >= 0.0) return 1.0 / (1.0 + std::exp(-z));
  const double e = std::exp(z);
  return e / (1.0 + e);
}

// P(right | z)
inline double probability(double z, Asymptotes asymptotes = {}) {
  return asymptotes.lower + (asymptotes.upper - asymptotes.lower) * logistic(z);
}

// 1 − P without cancellation
inline double failure_probability(double z, Asymptotes asymptotes = {}) {
  return (1.0 - asymptotes.upper) + (asymptotes.upper - asymptotes.lower) * logistic(-z);
}

double derivative(double z, Asymptotes asymptotes = {});  // dP/dz = (u − c) s(z) s(−z)
// Fisher information about z: (dP/dz)² / (P (1 − P)); about θ it is this times a² q q'.
double information(double z, Asymptotes asymptotes = {});

Asymptotes asymptotes_of(const ItemParameters& parameters);

// z at the abilities θ, one per topic.
double log_odds(const CatalogueItem& item, const Eigen::VectorXd& abilities);

// Where an item that loads on one ability tells most about it (Birnbaum's 3PL result; docs/MODEL.md §1):
//   θ* = b + ln((1 + √(1 + 8c)) / 2) / a,   I* = a² (1 − 20c − 8c² + (1 + 8c)^1.5) / (8 (1 − c)²).
struct InformationMaximum {
  double ability = 0.0;
  double information = 0.0;
  double probability = 0.0;  // P(right | θ*) = (1 + √(1 + 8c)) / 4
};
InformationMaximum information_maximum(const ItemParameters& parameters);

}  // namespace trede::irt
