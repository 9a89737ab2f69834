#include "engine/tracking/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/irt/quadrature.hpp"

namespace trede::tracking {
namespace {

// Beyond these log-odds exp() leaves the range of double; the likelihood is taken to be flat there, so that
// even an absurd item or belief gives finite numbers.
constexpr double furthest_z = 500.0;

// Weighted sums of 1, x and x², x in standard deviations.
struct Sums {
  double weights = 0.0;
  double total = 0.0;
  double first = 0.0;
  double second = 0.0;

  void add(double x, double weight, double likelihood) {
    const double tilted = weight * likelihood;
    weights += weight;
    total += tilted;
    first += tilted * x;
    second += tilted * x * x;
  }
};

Tilt tilt_of(const Sums& sums, double sd, double log_scale) {
  const double shift = sums.first / sums.total;
  // Rounding may not make a belief certain.
  const double left = std::max(sums.second / sums.total - shift * shift, 1e-12);
  const double log_probability = std::log(sums.total / sums.weights) + log_scale;
  return {.probability = std::exp(log_probability),
          .step = shift / sd,
          .shrink = (1.0 - left) / (sd * sd),
          .variance_left = left,
          .log_probability = log_probability};
}

double within_reach(double z) {
  return std::clamp(z, -furthest_z, furthest_z);
}

template <class Function>
double expectation(double sd, Function function) {
  double weights = 0.0;
  double total = 0.0;
  irt::for_each_node(sd, [&](double x, double weight) {
    weights += weight;
    total += weight * function(sd * x);
  });
  return total / weights;
}

}  // namespace

Tilt tilt(double mean, double variance, irt::Asymptotes asymptotes, bool right) {
  const double sd = std::sqrt(variance);
  Sums sums;
  irt::for_each_node(sd, [&](double x, double weight) {
    const double z = within_reach(mean + sd * x);
    sums.add(x, weight, right ? irt::probability(z, asymptotes) : irt::failure_probability(z, asymptotes));
  });
  return tilt_of(sums, sd, 0.0);
}

Tilt tilt(double mean, double variance, const irt::ResponseModel& model, double outcome) {
  const double sd = std::sqrt(variance);
  double highest = -std::numeric_limits<double>::infinity();
  irt::for_each_node(sd, [&](double x, double weight) {
    if (weight > 0.0) highest = std::max(highest, irt::log_likelihood(model, outcome, mean + sd * x));
  });
  Sums sums;
  irt::for_each_node(sd, [&](double x, double weight) {
    sums.add(x, weight, std::exp(irt::log_likelihood(model, outcome, mean + sd * x) - highest));
  });
  return tilt_of(sums, sd, highest);
}

double expected_probability(double mean, double variance, irt::Asymptotes asymptotes) {
  return expectation(std::sqrt(variance), [&](double deviation) {
    return irt::probability(within_reach(mean + deviation), asymptotes);
  });
}

double expected_outcome(double mean, double variance, const irt::ResponseModel& model) {
  return expectation(std::sqrt(variance),
                     [&](double deviation) { return irt::expected_outcome(model, mean + deviation); });
}

}  // namespace trede::tracking
