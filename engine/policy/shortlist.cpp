#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/policy/stages.hpp"
#include "engine/tracking/update.hpp"

namespace trede::policy {
namespace {

// The difficulty at which an item of the usual slope comes out right with the target's probability.
double difficulty_at(const Situation& s, int topic, double target) {
  const double slope = ItemParameters{}.slope;
  const double variance = slope * slope * s.posterior.covariance(topic, topic);
  const double flattening = std::sqrt(1.0 + std::numbers::pi / 8.0 * variance);
  return s.posterior.mean(topic) - flattening * std::log(target / (1.0 - target)) / slope;
}

// Outwards from that difficulty, both ways, until enough eligible exercises were met.
std::vector<Candidate> longlist(const Situation& s, const Branch& branch, int topic, double target) {
  const std::vector<int>& items = s.catalogue.topics[topic].items;
  const auto difficulty = [&](std::ptrdiff_t i) { return s.catalogue.items[items[i]].parameters.difficulty; };
  const double middle = difficulty_at(s, topic, target);
  const auto place = std::partition_point(items.begin(), items.end(), [&](int item) {
    return s.catalogue.items[item].parameters.difficulty < middle;
  });
  std::ptrdiff_t right = place - items.begin();
  std::ptrdiff_t left = right - 1;
  std::vector<Candidate> list;
  list.reserve(longlist_length);
  while (std::ssize(list) < longlist_length && (left >= 0 || right < std::ssize(items))) {
    const bool take_left =
        right == std::ssize(items) || (left >= 0 && middle - difficulty(left) < difficulty(right) - middle);
    const int item = take_left ? items[left--] : items[right++];
    if (eligible(s.catalogue, s.context, item, branch.pool, branch.relaxation))
      list.push_back({item, tracking::quick_predict(s.posterior, s.catalogue.items[item]), 0.0});
  }
  return list;
}

void keep_nearest(std::vector<Candidate>& candidates, double target) {
  const auto nearer = [target](const Candidate& first, const Candidate& second) {
    const double one = std::abs(first.predicted - target);
    const double other = std::abs(second.predicted - target);
    return one != other ? one < other : first.item < second.item;
  };
  if (candidates.size() > static_cast<std::size_t>(shortlist_length)) {
    std::nth_element(candidates.begin(), candidates.begin() + shortlist_length, candidates.end(), nearer);
    candidates.resize(shortlist_length);
  }
  // nth_element leaves an order of the library's own; a seed must mean the same exercise with every library.
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& first, const Candidate& second) { return first.item < second.item; });
}

// The part of Var z that an answer is expected to take away, near enough to order exercises.
double told(const Situation& s, const Candidate& candidate) {
  const CatalogueItem& item = s.catalogue.items[candidate.item];
  const double slope = item.parameters.slope;
  const double spread = slope * slope * s.posterior.covariance(item.topic(), item.topic()) *
                        candidate.predicted * (1.0 - candidate.predicted);
  return spread / (1.0 + spread);
}

double score(const Situation& s, const Candidate& candidate, double target) {
  const double distance = candidate.predicted - target;
  return information_weight * told(s, candidate) - distance * distance / temperature;
}

}  // namespace

Spread spread_of(const Situation& s, Pool pool, int relaxation, int topic) {
  const std::vector<int>& items = s.catalogue.topics[topic].items;
  const auto may_be_given = [&](int item) {
    return eligible(s.catalogue, s.context, item, pool, relaxation);
  };
  const auto easiest = std::find_if(items.begin(), items.end(), may_be_given);
  if (easiest == items.end()) return {};
  const auto hardest = std::find_if(items.rbegin(), items.rend(), may_be_given);
  return {tracking::quick_predict(s.posterior, s.catalogue.items[*easiest]),
          tracking::quick_predict(s.posterior, s.catalogue.items[*hardest])};
}

Shortlist shortlist(const Situation& s, const Branch& branch, int topic, double target) {
  Shortlist list;
  list.nearest = longlist(s, branch, topic, target);
  list.candidates = static_cast<int>(list.nearest.size());
  keep_nearest(list.nearest, target);
  double best = -INFINITY;
  for (Candidate& candidate : list.nearest) {
    candidate.probability = score(s, candidate, target);
    best = std::max(best, candidate.probability);
  }
  double sum = 0.0;
  for (Candidate& candidate : list.nearest) {
    candidate.probability = std::exp(candidate.probability - best);
    sum += candidate.probability;
  }
  const double spare = 1.0 - item_floor * static_cast<double>(list.nearest.size());
  for (Candidate& candidate : list.nearest)
    candidate.probability = item_floor + spare * candidate.probability / sum;
  return list;
}

}  // namespace trede::policy
