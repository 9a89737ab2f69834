#include "engine/insight/norm.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace trede::insight {

namespace {

constexpr double least_told = 0.1;  // of the prior's precision
constexpr std::size_t least_pupils = 5;
constexpr int most_iterations = 1000;
constexpr double tolerance = 1e-8;
constexpr double least_sd = 0.05;

double normal_below(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

std::vector<Belief> without_prior(std::span<const Belief> beliefs, const Norm& prior) {
  std::vector<Belief> told;
  const double before = 1.0 / (prior.sd * prior.sd);
  for (const Belief& belief : beliefs) {
    const double precision = 1.0 / belief.variance - before;
    if (precision < least_told * before) continue;
    told.push_back({(belief.mean / belief.variance - prior.mean * before) / precision, 1.0 / precision});
  }
  return told;
}

Norm one_step(const std::vector<Belief>& told, const Norm& norm) {
  const double spread = norm.sd * norm.sd;
  double sum = 0.0;
  double squares = 0.0;
  for (const Belief& one : told) {
    const double share = spread / (spread + one.variance);
    const double mean = norm.mean + share * (one.mean - norm.mean);
    sum += mean;
    squares += mean * mean + share * one.variance;
  }
  const auto pupils = static_cast<double>(told.size());
  const double mean = sum / pupils;
  return {mean, std::sqrt(std::max(squares / pupils - mean * mean, least_sd * least_sd))};
}

}  // namespace

double Norm::upper_fifth() const {
  return mean + 0.8416212335729143 * sd;
}

NormFit fit_norm(std::span<const Belief> beliefs, const Norm& prior) {
  const std::vector<Belief> told = without_prior(beliefs, prior);
  NormFit fit{
      .norm = prior, .pupils = static_cast<int>(told.size()), .converged = told.size() < least_pupils};
  if (fit.converged) return fit;
  while (fit.iterations < most_iterations && !fit.converged) {
    const Norm next = one_step(told, fit.norm);
    fit.converged = std::abs(next.mean - fit.norm.mean) + std::abs(next.sd - fit.norm.sd) < tolerance;
    fit.norm = next;
    ++fit.iterations;
  }
  return fit;
}

Percentile percentile(const Belief& belief, const Norm& norm) {
  const double sd = std::sqrt(belief.variance);
  const double total = std::sqrt(norm.sd * norm.sd + belief.variance);
  return {.value = normal_below((belief.mean - norm.mean) / total),
          .low = normal_below((belief.mean - 1.96 * sd - norm.mean) / norm.sd),
          .high = normal_below((belief.mean + 1.96 * sd - norm.mean) / norm.sd)};
}

double probability_above(const Belief& belief, double level) {
  return normal_below((belief.mean - level) / std::sqrt(belief.variance));
}

}  // namespace trede::insight
