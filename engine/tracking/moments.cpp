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

// About where the belief after the answer is highest: points and times may carry it many sd away, out of
// reach of nodes around the mean. Steps are limited, for far out a curve looks straight and Newton leaps.
double tilted_mode(double mean, double variance, const irt::ResponseModel& model, double outcome) {
  const double longest = 2.0 * std::sqrt(variance) + 1.0;
  double z = mean;
  for (int i = 0; i < 20; ++i) {
    const auto [first, second] = irt::derivatives(model, outcome, z);
    const double step = (first - (z - mean) / variance) / (1.0 / variance - std::min(second, 0.0));
    z += std::clamp(step, -longest, longest);
    if (std::abs(step) < 1e-3) break;
  }
  return z;
}

template <class Function>
double expectation(double sd, Function function, double sharpness = 1.0) {
  double weights = 0.0;
  double total = 0.0;
  irt::for_each_node(sd * sharpness, [&](double x, double weight) {
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
  const double resolution = sd * irt::sharpness(model);
  const double shift = (tilted_mode(mean, variance, model, outcome) - mean) / sd;
  // N(0, 1) at x + shift is N(0, 1) at x times e^(−shift x − shift²/2).
  const auto log_term = [&](double x) {
    return irt::log_likelihood(model, outcome, mean + sd * (x + shift)) - shift * x;
  };
  double highest = -std::numeric_limits<double>::infinity();
  irt::for_each_node(resolution, [&](double x, double) { highest = std::max(highest, log_term(x)); });
  Sums sums;
  irt::for_each_node(resolution,
                     [&](double x, double weight) { sums.add(x, weight, std::exp(log_term(x) - highest)); });
  Tilt tilted = tilt_of(sums, sd, highest - 0.5 * shift * shift);
  tilted.step += shift / sd;
  return tilted;
}

double expected_probability(double mean, double variance, irt::Asymptotes asymptotes) {
  return expectation(std::sqrt(variance), [&](double deviation) {
    return irt::probability(within_reach(mean + deviation), asymptotes);
  });
}

double expected_outcome(double mean, double variance, const irt::ResponseModel& model) {
  return expectation(
      std::sqrt(variance), [&](double deviation) { return irt::expected_outcome(model, mean + deviation); },
      irt::sharpness(model));
}

}  // namespace trede::tracking
