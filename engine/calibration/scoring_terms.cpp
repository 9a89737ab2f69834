#include "engine/calibration/scoring_terms.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"

namespace trede::calibration {
namespace {

// ln(1 + eˣ)
double softplus(double x) {
  return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

double log_right_or_wrong(const Item& item, bool right, double ability) {
  const double z = item.slope * ability + item.intercept;
  if (!right) return std::log1p(-item.guessing) - softplus(z);
  return item.guessing == 0.0 ? -softplus(-z) : std::log(irt::probability(z, {item.guessing, 1.0}));
}

// w = (1 − c) s / P, the probability that a right answer was known and not guessed; dw/dz = w (1 − s) (1 −
// w).
ScoringTerms right_or_wrong(const Item& item, bool right, double ability) {
  const double a = item.slope;
  const double c = item.guessing;
  const double z = a * ability + item.intercept;
  const double small = std::exp(-std::abs(z));
  const double larger = 1.0 / (1.0 + small);
  const double s = z > 0.0 ? larger : small * larger;
  const double t = z > 0.0 ? small * larger : larger;
  const double w = c == 0.0 ? 1.0 : (1.0 - c) * s / (c + (1.0 - c) * s);
  ScoringTerms terms;
  terms.slope = right ? a * t * w : -a * s;
  terms.curvature = right ? a * a * t * w * (t * (1.0 - w) - s) : -a * a * s * t;
  terms.information = a * a * s * t * w;
  terms.skewness = terms.information * a * (t - s);
  return terms;
}

double log_ordered(const Item& item, int category, double ability) {
  double exponent = 0.0;
  double log_sum = 0.0;  // of e^exponent over the categories so far
  double observed = 0.0;
  for (std::size_t v = 0; v < item.thresholds.size(); ++v) {
    exponent += item.slope * (ability - item.thresholds[v]);
    log_sum += softplus(exponent - log_sum);
    if (static_cast<int>(v) + 1 == category) observed = exponent;
  }
  return observed - log_sum;
}

// With k the category as a random number: d ln P / dθ = a (k − E k), I = a² Var k, J = a³ E (k − E k)³.
ScoringTerms ordered(const Item& item, int category, double ability) {
  const double a = item.slope;
  double exponent = 0.0;
  double highest = 0.0;
  for (const double threshold : item.thresholds) {
    exponent += a * (ability - threshold);
    highest = std::max(highest, exponent);
  }
  double moments[4] = {};  // Σ P k^m
  exponent = 0.0;
  for (std::size_t k = 0; k <= item.thresholds.size(); ++k) {
    if (k > 0) exponent += a * (ability - item.thresholds[k - 1]);
    double power = std::exp(exponent - highest);
    for (double& moment : moments) {
      moment += power;
      power *= static_cast<double>(k);
    }
  }
  const double mean = moments[1] / moments[0];
  const double second = moments[2] / moments[0];
  const double variance = std::max(second - mean * mean, 0.0);
  const double third = moments[3] / moments[0] - mean * (3.0 * second - 2.0 * mean * mean);
  return {.slope = a * (category - mean),
          .curvature = -a * a * variance,
          .information = a * a * variance,
          .skewness = a * a * a * third};
}

}  // namespace

double log_probability(const Item& item, int category, double ability) {
  return item.thresholds.empty() ? log_right_or_wrong(item, category == 1, ability)
                                 : log_ordered(item, category, ability);
}

ScoringTerms scoring_terms(const Item& item, int category, double ability) {
  return item.thresholds.empty() ? right_or_wrong(item, category == 1, ability)
                                 : ordered(item, category, ability);
}

}  // namespace trede::calibration
