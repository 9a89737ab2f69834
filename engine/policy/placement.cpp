#include "engine/policy/placement.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/irt/dichotomous.hpp"
#include "engine/policy/eligibility.hpp"
#include "engine/tracking/update.hpp"

namespace trede::policy {
namespace {

// Too hard by what was seen, or built on such a topic.
std::vector<bool> left_alone(const Catalogue& catalogue, const PupilContext& context) {
  std::vector<bool> alone(catalogue.topics.size());
  for (const int topic : catalogue.order) {
    const std::vector<int>& needed = catalogue.topics[topic].prerequisites;
    alone[topic] = context.topics[topic].failures_in_row >= placement_failures ||
                   std::any_of(needed.begin(), needed.end(), [&](int other) { return alone[other]; });
  }
  return alone;
}

// What we would like to know of each topic it is about: most where mastery is a toss-up, nothing where left alone.
std::vector<double> curiosity(const tracking::Posterior& posterior, const Catalogue& catalogue,
                              const PupilContext& context) {
  const std::vector<bool> alone = left_alone(catalogue, context);
  const std::vector<int>& about = context.placement.topics;
  std::vector<double> weights(catalogue.topics.size(), 0.0);
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (alone[k] || catalogue.topics[k].enrichment) continue;
    if (!about.empty() && std::find(about.begin(), about.end(), static_cast<int>(k)) == about.end()) continue;
    const double mastery = tracking::mastery(posterior, static_cast<int>(k), catalogue.topics[k].cut);
    weights[k] = 4.0 * mastery * (1.0 - mastery);
  }
  return weights;
}

bool may_be_given(const Catalogue& catalogue, const PupilContext& context, int item) {
  return eligible(catalogue, context, item, Pool::Ordinary, 0);
}

bool is_anything_left(const Catalogue& catalogue, const PupilContext& context,
                      const std::vector<double>& weights) {
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const std::vector<int>& items = catalogue.topics[k].items;
    if (weights[k] > 0.0 && std::any_of(items.begin(), items.end(),
                                        [&](int item) { return may_be_given(catalogue, context, item); }))
      return true;
  }
  return false;
}

// Σ_k w_k Cov(θ_k, θ_topic)²: by what an answer on this topic, times its B a², lowers the variances.
double leverage(const tracking::Posterior& posterior, const std::vector<double>& weights, int topic) {
  double sum = 0.0;
  for (int k = 0; k < posterior.topics(); ++k) {
    if (weights[k] == 0.0) continue;
    const double together = posterior.covariance(k, topic);
    sum += weights[k] * together * together;
  }
  return sum;
}

double log_odds(const tracking::Posterior& posterior, const CatalogueItem& item) {
  double ability = 0.0;
  for (const Loading& loading : item.loadings) ability += loading.weight * posterior.mean(loading.topic);
  return item.parameters.slope * (ability - item.parameters.difficulty);
}

// Expected Σ_k w_k (Var θ_k before − after) of an exercise on a topic with this leverage.
double reduction(const tracking::Posterior& posterior, const CatalogueItem& candidate, double leverage) {
  const double slope = candidate.parameters.slope;
  const double variance = slope * slope * posterior.covariance(candidate.topic(), candidate.topic());
  const double information =
      irt::information(log_odds(posterior, candidate), irt::asymptotes_of(candidate.parameters));
  // E B of a normal belief of this variance about z, to first order.
  const double shrink = information / (1.0 + information * variance);
  return shrink * slope * slope * leverage;
}

double misses_window(double predicted, int given) {
  const bool start = given < placement_easy_start;
  const double low = start ? placement_start - 0.1 : placement_lowest;
  const double high = start ? placement_start + 0.1 : placement_highest;
  return std::max({0.0, low - predicted, predicted - high});
}

// Nearest to the window first (most are in it), then by what they tell.
bool better(const PlacementItem& first, const PlacementItem& second, int given) {
  const double one = misses_window(first.predicted, given);
  const double other = misses_window(second.predicted, given);
  if (one != other) return one < other;
  if (first.reduction != second.reduction) return first.reduction > second.reduction;
  return first.item < second.item;
}

std::vector<PlacementItem> candidates(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                      const PupilContext& context, const std::vector<double>& weights) {
  std::vector<PlacementItem> items;
  for (std::size_t k = 0; k < weights.size(); ++k)
    if (weights[k] > 0.0)
      for (const int item : catalogue.topics[k].items)
        if (may_be_given(catalogue, context, item))
          items.push_back({item, tracking::quick_predict(posterior, catalogue.items[item]), 0.0});
  return items;
}

// Where enough hit the window, the others are never among the best: what they tell need not be known.
void keep_those_in_window(std::vector<PlacementItem>& items, int given) {
  const auto outside = std::partition(items.begin(), items.end(), [&](const PlacementItem& each) {
    return misses_window(each.predicted, given) == 0.0;
  });
  if (outside - items.begin() >= placement_among) items.erase(outside, items.end());
}

std::vector<PlacementItem> best_items(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                      const PupilContext& context, const std::vector<double>& weights) {
  const int given = context.placement.given;
  std::vector<PlacementItem> items = candidates(posterior, catalogue, context, weights);
  keep_those_in_window(items, given);
  std::vector<double> leverages(weights.size(), -1.0);
  for (PlacementItem& each : items) {
    const CatalogueItem& candidate = catalogue.items[each.item];
    double& known = leverages[candidate.topic()];
    if (known < 0.0) known = leverage(posterior, weights, candidate.topic());
    each.reduction = reduction(posterior, candidate, known);
  }
  const auto best = items.begin() + std::min<std::ptrdiff_t>(placement_among, std::ssize(items));
  std::partial_sort(items.begin(), best, items.end(),
                    [&](const auto& first, const auto& second) { return better(first, second, given); });
  items.erase(best, items.end());
  return items;
}

}  // namespace

std::vector<PlacementItem> placement_items(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                           const PupilContext& context) {
  return best_items(posterior, catalogue, context, curiosity(posterior, catalogue, context));
}

bool placement_done(const tracking::Posterior& posterior, const Catalogue& catalogue,
                    const PupilContext& context) {
  const int given = context.placement.given;
  if (given >= placement_most) return true;
  const std::vector<double> weights = curiosity(posterior, catalogue, context);
  if (!is_anything_left(catalogue, context, weights)) return true;
  if (given < placement_least) return false;
  double total = 0.0;
  double variance = 0.0;
  bool known = true;
  for (int k = 0; k < posterior.topics(); ++k) {
    const double own = posterior.covariance(k, k);
    total += weights[k];
    variance += weights[k] * own;
    if (weights[k] > 0.5 && own > placement_sd * placement_sd) known = false;
  }
  if (known || total <= 0.0) return true;
  const double most = best_items(posterior, catalogue, context, weights).front().reduction;
  const double before = std::sqrt(variance / total);
  const double after = std::sqrt(std::max(0.0, variance - most) / total);
  return before - after < placement_sd_drop;
}

}  // namespace trede::policy
