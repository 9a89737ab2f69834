#include "engine/irt/response_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace trede::irt {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double log_logistic(double z) {
  return z >= 0.0 ? -std::log1p(std::exp(-z)) : z - std::log1p(std::exp(z));
}

// ---- Dichotomous ----

double log_likelihood_of(const Dichotomous& model, double outcome, double z) {
  const auto [lower, upper] = model.asymptotes;
  if (outcome > 0.5)
    return lower == 0.0 ? std::log(upper) + log_logistic(z) : std::log(probability(z, model.asymptotes));
  return upper == 1.0 ? std::log1p(-lower) + log_logistic(-z)
                      : std::log(failure_probability(z, model.asymptotes));
}

// With r = (u − c) s(z) / P, the share of right answers that are known: (ln P)' = r s(−z). A wrong answer
// is a right one of the mirrored model.
Derivatives derivatives_of(const Dichotomous& model, double outcome, double z) {
  const auto [lower, upper] = model.asymptotes;
  if (outcome < 0.5) {
    const Derivatives mirrored = derivatives_of(Dichotomous{{1.0 - upper, 1.0 - lower}}, 1.0, -z);
    return {-mirrored.first, mirrored.second};
  }
  const double away = logistic(-z);
  const double known =
      lower == 0.0 ? 1.0 : (upper - lower) * logistic(z) / (lower + (upper - lower) * logistic(z));
  return {known * away, known * away * (away - logistic(z) - known * away)};
}

double information_of(const Dichotomous& model, double z) {
  return information(z, model.asymptotes);
}

double expected_outcome_of(const Dichotomous& model, double z) {
  return probability(z, model.asymptotes);
}

double sharpness_of(const Dichotomous&) {
  return 1.0;
}

// ---- PartialCredit ----

// ln P_k for every category.
std::vector<double> log_probabilities(const PartialCredit& model, double z) {
  std::vector<double> logs(model.steps.size() + 1, 0.0);
  for (std::size_t k = 1; k < logs.size(); ++k) logs[k] = logs[k - 1] + z - model.steps[k - 1];
  const double highest = *std::max_element(logs.begin(), logs.end());
  double sum = 0.0;
  for (const double log : logs) sum += std::exp(log - highest);
  for (double& log : logs) log -= highest + std::log(sum);
  return logs;
}

double log_likelihood_of(const PartialCredit& model, double outcome, double z) {
  return log_probabilities(model, z)[static_cast<std::size_t>(outcome)];
}

// Var k = Σ_{j < k} P_j P_k (k − j)², which keeps its accuracy when one category is all but certain.
double information_of(const PartialCredit& model, double z) {
  const std::vector<double> logs = log_probabilities(model, z);
  double variance = 0.0;
  for (std::size_t k = 0; k < logs.size(); ++k)
    for (std::size_t j = 0; j < k; ++j)
      variance += std::exp(logs[j] + logs[k]) * static_cast<double>((k - j) * (k - j));
  return variance;
}

Derivatives derivatives_of(const PartialCredit& model, double outcome, double z) {
  const std::vector<double> logs = log_probabilities(model, z);
  double first = 0.0;  // k − E k = Σ_j P_j (k − j)
  for (std::size_t j = 0; j < logs.size(); ++j)
    first += std::exp(logs[j]) * (outcome - static_cast<double>(j));
  return {first, -information_of(model, z)};
}

double expected_outcome_of(const PartialCredit& model, double z) {
  return -derivatives_of(model, 0.0, z).first;
}

// k z moves m times as fast as z.
double sharpness_of(const PartialCredit& model) {
  return std::max(1.0, static_cast<double>(model.steps.size()));
}

// ---- Graded ----

// Between which two points of the logistic a category lies: P = s(high) − s(low).
struct Bounds {
  double high = infinity;
  double low = -infinity;
};

Bounds bounds_of(const Graded& model, std::size_t category, double z) {
  Bounds bounds;
  if (category > 0) bounds.high = z - model.thresholds[category - 1];
  if (category < model.thresholds.size()) bounds.low = z - model.thresholds[category];
  return bounds;
}

// s(x) − s(y) = s(x) s(−y) (1 − e^{y − x}), without cancellation.
double log_probability(const Bounds& bounds) {
  return log_logistic(bounds.high) + log_logistic(-bounds.low) +
         std::log(-std::expm1(bounds.low - bounds.high));
}

double log_likelihood_of(const Graded& model, double outcome, double z) {
  return log_probability(bounds_of(model, static_cast<std::size_t>(outcome), z));
}

Derivatives derivatives_of(const Graded& model, double outcome, double z) {
  const auto [high, low] = bounds_of(model, static_cast<std::size_t>(outcome), z);
  return {logistic(-high) - logistic(low),
          -logistic(high) * logistic(-high) - logistic(low) * logistic(-low)};
}

double information_of(const Graded& model, double z) {
  double sum = 0.0;
  for (std::size_t k = 0; k <= model.thresholds.size(); ++k) {
    const Bounds bounds = bounds_of(model, k, z);
    const double first = logistic(-bounds.high) - logistic(bounds.low);
    sum += std::exp(log_probability(bounds)) * first * first;
  }
  return sum;
}

// Σ_k k P_k = Σ_{k ≥ 1} P(at least k).
double expected_outcome_of(const Graded& model, double z) {
  double sum = 0.0;
  for (const double threshold : model.thresholds) sum += logistic(z - threshold);
  return sum;
}

double sharpness_of(const Graded&) {
  return 1.0;
}

// ---- SignedTime ----

// Below this the closed forms lose digits to cancellation, and their series to x⁹ are exact.
constexpr double small = 0.1;

// coth x − 1 / x
double langevin(double x) {
  const double y = x * x;
  if (std::abs(x) < small)
    return x * (1.0 / 3.0 - y * (1.0 / 45.0 - y * (2.0 / 945.0 - y * (1.0 / 4725.0 - y * 2.0 / 93555.0))));
  return 1.0 / std::tanh(x) - 1.0 / x;
}

// 1 / x² − 1 / sinh² x
double langevin_slope(double x) {
  const double y = x * x;
  if (std::abs(x) < small)
    return 1.0 / 3.0 - y * (1.0 / 15.0 - y * (2.0 / 189.0 - y * (1.0 / 675.0 - y * 2.0 / 10395.0)));
  const double e = std::exp(-2.0 * std::abs(x));
  return 1.0 / y - 4.0 * e / ((1.0 - e) * (1.0 - e));
}

// ln(2 L sinh(x) / x), x = L z
double log_normaliser(double limit, double x) {
  const double y = x * x;
  if (std::abs(x) < small)
    return std::log(2.0 * limit) + y * (1.0 / 6.0 - y * (1.0 / 180.0 - y * (1.0 / 2835.0 - y / 37800.0)));
  const double far = std::abs(x);
  return far + std::log1p(-std::exp(-2.0 * far)) - std::log(far / limit);
}

double log_likelihood_of(const SignedTime& model, double outcome, double z) {
  return z * outcome - log_normaliser(model.limit, model.limit * z);
}

double expected_outcome_of(const SignedTime& model, double z) {
  return model.limit * langevin(model.limit * z);
}

double information_of(const SignedTime& model, double z) {
  return model.limit * model.limit * langevin_slope(model.limit * z);
}

Derivatives derivatives_of(const SignedTime& model, double outcome, double z) {
  return {outcome - expected_outcome_of(model, z), -information_of(model, z)};
}

double sharpness_of(const SignedTime& model) {
  return std::max(1.0, 2.0 * model.limit);  // from e^{−Lz} to e^{Lz}
}

}  // namespace

double signed_residual_time(const SignedTime& model, bool right, double share_of_time) {
  const double left = model.limit * (1.0 - std::clamp(share_of_time, 0.0, 1.0));
  return right ? left : -left;
}

double log_likelihood(const ResponseModel& model, double outcome, double z) {
  return std::visit([&](const auto& kind) { return log_likelihood_of(kind, outcome, z); }, model);
}

Derivatives derivatives(const ResponseModel& model, double outcome, double z) {
  return std::visit([&](const auto& kind) { return derivatives_of(kind, outcome, z); }, model);
}

double information(const ResponseModel& model, double z) {
  return std::visit([&](const auto& kind) { return information_of(kind, z); }, model);
}

double sharpness(const ResponseModel& model) {
  return std::visit([](const auto& kind) { return sharpness_of(kind); }, model);
}

double expected_outcome(const ResponseModel& model, double z) {
  return std::visit([&](const auto& kind) { return expected_outcome_of(kind, z); }, model);
}

}  // namespace trede::irt
