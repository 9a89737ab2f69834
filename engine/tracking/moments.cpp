#include "engine/tracking/moments.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/quadrature.hpp"

namespace trede::tracking {
namespace {

// Beyond these log-odds exp() leaves the range of double; the likelihood is taken to be flat there, so that
// even an absurd item or belief gives finite numbers.
constexpr double furthest_z = 500.0;

double within_reach(double z) {
  return std::clamp(z, -furthest_z, furthest_z);
}

}  // namespace

Tilt tilt(double mean, double variance, irt::Asymptotes asymptotes, bool right) {
  const double sd = std::sqrt(variance);
  double weights = 0.0;
  double total = 0.0;
  double first = 0.0;
  double second = 0.0;
  irt::for_each_node(sd, [&](double x, double weight) {
    const double z = within_reach(mean + sd * x);
    const double likelihood =
        right ? irt::probability(z, asymptotes) : irt::failure_probability(z, asymptotes);
    const double tilted = weight * likelihood;
    weights += weight;
    total += tilted;
    first += tilted * x;
    second += tilted * x * x;
  });
  const double shift = first / total;
  // Rounding may not make a belief certain.
  const double left = std::max(second / total - shift * shift, 1e-12);
  return {.probability = total / weights,
          .step = shift / sd,
          .shrink = (1.0 - left) / variance,
          .variance_left = left};
}

double expected_probability(double mean, double variance, irt::Asymptotes asymptotes) {
  const double sd = std::sqrt(variance);
  double weights = 0.0;
  double total = 0.0;
  irt::for_each_node(sd, [&](double x, double weight) {
    weights += weight;
    total += weight * irt::probability(within_reach(mean + sd * x), asymptotes);
  });
  return total / weights;
}

}  // namespace trede::tracking
