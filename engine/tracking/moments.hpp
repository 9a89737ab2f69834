// The heart of the update: a normal z, one answer, and the moments of z afterwards. Pure, no allocation, any
// thread.
#pragma once

#include "engine/irt/response_model.hpp"

namespace trede::tracking {

inline constexpr double smallest_variance = 1e-9;  // of a belief; no data gets it there

struct Tilt {
  double probability = 0.0;  // Z = E[L(z)], the probability of what was seen
  double step = 0.0;         // A = (m̂ − m) / v = d ln Z / dm
  double shrink = 0.0;  // B = (v − v̂) / v² = −d² ln Z / dm²; negative when the belief widens (3PL)
  double variance_left = 1.0;    // v̂ / v, always positive
  double log_probability = 0.0;  // ln Z, also where Z is too small for a double
};

// z ~ N(mean, variance), variance > 0, then an answer from the response model with these asymptotes.
Tilt tilt(double mean, double variance, irt::Asymptotes asymptotes, bool right);

// The same for any response model; Z is a density for models of time. Safe for likelihoods however small.
Tilt tilt(double mean, double variance, const irt::ResponseModel& model, double outcome);

// E P(right | z) for z ~ N(mean, variance).
double expected_probability(double mean, double variance, irt::Asymptotes asymptotes);

// E outcome for z ~ N(mean, variance).
double expected_outcome(double mean, double variance, const irt::ResponseModel& model);

}  // namespace trede::tracking
