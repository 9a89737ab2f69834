#include "engine/irt/dichotomous.hpp"

#include <cmath>

namespace trede::irt {

double derivative(double z, Asymptotes asymptotes) {
  return (asymptotes.upper - asymptotes.lower) * logistic(z) * logistic(-z);
}

double information(double z, Asymptotes asymptotes) {
  const auto [lower, upper] = asymptotes;
  // s / P and s(−z) / (1 − P) go to a constant where the asymptote is 0 or 1; dividing there would be 0 / 0.
  const double right = lower == 0.0 ? 1.0 / upper : logistic(z) / probability(z, asymptotes);
  const double wrong = upper == 1.0 ? 1.0 / (1.0 - lower) : logistic(-z) / failure_probability(z, asymptotes);
  return (upper - lower) * derivative(z, asymptotes) * right * wrong;
}

Asymptotes asymptotes_of(const ItemParameters& parameters) {
  return {parameters.guessing, 1.0};
}

double log_odds(const CatalogueItem& item, const Eigen::VectorXd& abilities) {
  double ability = 0.0;
  for (const Loading& loading : item.loadings) ability += loading.weight * abilities[loading.topic];
  return item.parameters.slope * (ability - item.parameters.difficulty);
}

InformationMaximum information_maximum(const ItemParameters& parameters) {
  const auto [a, b, c] = parameters;
  const double root = std::sqrt(1.0 + 8.0 * c);
  return {.ability = b + std::log(0.5 * (1.0 + root)) / a,
          .information =
              a * a * (1.0 - 20.0 * c - 8.0 * c * c + root * root * root) / (8.0 * (1.0 - c) * (1.0 - c)),
          .probability = 0.25 * (1.0 + root)};
}

}  // namespace trede::irt
