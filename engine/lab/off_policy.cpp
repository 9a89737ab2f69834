#include "engine/lab/off_policy.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

namespace trede::lab {

namespace {

constexpr double least_effective_size = 200.0;

using Term = std::function<double(const LoggedDecision&)>;

double weight_of(const LoggedDecision& decision) {
  return decision.candidate / decision.behaviour;
}

// The terms of each pupil added up, in order of the pupils' numbers.
std::vector<double> sums_by_pupil(std::span<const LoggedDecision> decisions, const Term& term) {
  std::map<int, double> sums;
  for (const LoggedDecision& decision : decisions) sums[decision.pupil] += term(decision);
  std::vector<double> result;
  for (const auto& [pupil, sum] : sums) result.push_back(sum);
  return result;
}

double total_of(std::span<const LoggedDecision> decisions, const Term& term) {
  double total = 0.0;
  for (const LoggedDecision& decision : decisions) total += term(decision);
  return total;
}

// Σ numerator / Σ denominator; its error from the pupils' sums of numerator − ratio × denominator, as for a
// mean of clusters.
ValueEstimate ratio(std::span<const LoggedDecision> decisions, const Term& numerator,
                    const Term& denominator) {
  const double below = total_of(decisions, denominator);
  if (below <= 0.0) return {};
  const double value = total_of(decisions, numerator) / below;
  double squares = 0.0;
  const std::vector<double> residuals = sums_by_pupil(decisions, [&](const LoggedDecision& decision) {
    return numerator(decision) - value * denominator(decision);
  });
  for (const double residual : residuals) squares += residual * residual;
  const auto pupils = static_cast<double>(residuals.size());
  const double correction = pupils > 1.0 ? pupils / (pupils - 1.0) : 1.0;
  return {value, std::sqrt(correction * squares) / below};
}

}  // namespace

bool OffPolicyValue::reportable() const {
  return effective_size > least_effective_size;
}

OffPolicyValue evaluate(std::span<const LoggedDecision> decisions) {
  OffPolicyValue result;
  result.decisions = static_cast<int>(decisions.size());
  if (decisions.empty()) return result;
  const Term one = [](const LoggedDecision&) { return 1.0; };
  const Term reward = [](const LoggedDecision& d) { return d.reward; };
  const Term weighted = [](const LoggedDecision& d) { return weight_of(d) * d.reward; };
  const Term corrected = [](const LoggedDecision& d) {
    return d.model_policy + weight_of(d) * (d.reward - d.model);
  };
  result.pupils = static_cast<int>(sums_by_pupil(decisions, one).size());
  result.behaviour = ratio(decisions, reward, one);
  result.ips = ratio(decisions, weighted, one);
  result.snips = ratio(decisions, weighted, weight_of);
  result.doubly_robust = ratio(decisions, corrected, one);
  result.difference = ratio(
      decisions, [&](const LoggedDecision& d) { return corrected(d) - d.reward; }, one);
  double squares = 0.0;
  for (const LoggedDecision& decision : decisions) {
    assert(decision.behaviour > 0.0);
    squares += weight_of(decision) * weight_of(decision);
    result.largest_weight = std::max(result.largest_weight, weight_of(decision));
  }
  const double sum = total_of(decisions, weight_of);
  result.effective_size = squares > 0.0 ? sum * sum / squares : 0.0;
  return result;
}

}  // namespace trede::lab
