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

// What we would like to know of each topic it is about: most where mastery is a toss-up.
std::vector<double> curiosity(const tracking::Posterior& posterior, const Catalogue& catalogue,
                              const PupilContext& context, const std::vector<bool>& alone) {
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

PlacementItem judged(const tracking::Posterior& posterior, const Catalogue& catalogue, int item,
                     double leverage) {
  const CatalogueItem& candidate = catalogue.items[item];
  const double predicted = tracking::quick_predict(posterior, candidate);
  const double slope = candidate.parameters.slope;
  const double variance = slope * slope * posterior.covariance(candidate.topic(), candidate.topic());
  const double information =
      irt::information(log_odds(posterior, candidate), irt::asymptotes_of(candidate.parameters));
  // E B of a normal belief of this variance about z, to first order.
  const double shrink = information / (1.0 + information * variance);
  return {item, predicted, shrink * slope * slope * leverage};
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

}  // namespace

std::vector<PlacementItem> placement_items(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                           const PupilContext& context) {
  const std::vector<bool> alone = left_alone(catalogue, context);
  const std::vector<double> weights = curiosity(posterior, catalogue, context, alone);
  std::vector<PlacementItem> items;
  for (std::size_t k = 0; k < catalogue.topics.size(); ++k) {
    if (alone[k] || weights[k] == 0.0) continue;
    const double topic_leverage = leverage(posterior, weights, static_cast<int>(k));
    for (const int item : catalogue.topics[k].items)
      if (eligible(catalogue, context, item, Pool::Ordinary, 0))
        items.push_back(judged(posterior, catalogue, item, topic_leverage));
  }
  const auto best = items.begin() + std::min<std::ptrdiff_t>(placement_among, std::ssize(items));
  std::partial_sort(items.begin(), best, items.end(), [&](const auto& first, const auto& second) {
    return better(first, second, context.placement.given);
  });
  items.erase(best, items.end());
  return items;
}

bool placement_done(const tracking::Posterior& posterior, const Catalogue& catalogue,
                    const PupilContext& context) {
  const int given = context.placement.given;
  if (given >= placement_most) return true;
  const std::vector<PlacementItem> items = placement_items(posterior, catalogue, context);
  if (items.empty()) return true;
  if (given < placement_least) return false;
  const std::vector<double> weights =
      curiosity(posterior, catalogue, context, left_alone(catalogue, context));
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
  const double before = std::sqrt(variance / total);
  const double after = std::sqrt(std::max(0.0, variance - items.front().reduction) / total);
  return before - after < placement_sd_drop;
}

}  // namespace trede::policy
