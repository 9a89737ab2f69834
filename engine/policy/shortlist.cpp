#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/policy/stages.hpp"
#include "engine/tracking/quick_scan.hpp"
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
  const Eligible may_be_given(s.catalogue, s.context, topic, branch.pool, branch.relaxation);
  tracking::QuickScan easier(s.posterior, topic), harder(s.posterior, topic);
  std::vector<Candidate> list;
  list.reserve(longlist_length);
  while (std::ssize(list) < longlist_length && (left >= 0 || right < std::ssize(items))) {
    const bool take_left =
        right == std::ssize(items) || (left >= 0 && middle - difficulty(left) < difficulty(right) - middle);
    const int item = take_left ? items[left--] : items[right++];
    if (!may_be_given(item)) continue;
    list.push_back({item, (take_left ? easier : harder)(s.catalogue.items[item]), 0.0});
  }
  return list;
}

// In the order they came in: one that a library leaves would make a seed mean another exercise with another library.
void keep_nearest(std::vector<Candidate>& candidates, double target) {
  if (candidates.size() <= static_cast<std::size_t>(shortlist_length)) return;
  const auto distance = [target](const Candidate& each) { return std::abs(each.predicted - target); };
  std::array<double, longlist_length> distances{};
  const auto end = std::transform(candidates.begin(), candidates.end(), distances.begin(), distance);
  const auto last = distances.begin() + shortlist_length - 1;
  std::nth_element(distances.begin(), last, end);
  auto as_far = std::count(distances.begin(), last + 1, *last);  // that many of those at the limit still fit in
  std::erase_if(candidates, [&](const Candidate& each) {
    return distance(each) > *last || (distance(each) == *last && as_far-- <= 0);
  });
}

// The part of Var z that an answer is expected to take away, near enough to order exercises.
double told(double ability_variance, double slope, double predicted) {
  const double spread = slope * slope * ability_variance * predicted * (1.0 - predicted);
  return spread / (1.0 + spread);
}

// An exercise this much less likely than the best on the list has nothing but its floor: e^−37 is lost in rounding.
constexpr double least_log_weight = -37.0;

// Scores to probabilities.
void weigh(std::vector<Candidate>& candidates) {
  double best = -INFINITY;
  for (const Candidate& each : candidates) best = std::max(best, each.probability);
  double sum = 0.0;
  for (Candidate& each : candidates) {
    const double log_weight = each.probability - best;
    each.probability = log_weight < least_log_weight ? 0.0 : std::exp(log_weight);
    sum += each.probability;
  }
  const double spare = 1.0 - item_floor * static_cast<double>(candidates.size());
  for (Candidate& each : candidates) each.probability = item_floor + spare * each.probability / sum;
}

}  // namespace

Spread spread_of(const Situation& s, Pool pool, int relaxation, int topic) {
  const std::vector<int>& items = s.catalogue.topics[topic].items;
  const Eligible may_be_given(s.catalogue, s.context, topic, pool, relaxation);
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
  const double variance = s.posterior.covariance(topic, topic);
  for (Candidate& candidate : list.nearest) {
    const double distance = candidate.predicted - target;
    const double slope = s.catalogue.items[candidate.item].parameters.slope;
    candidate.probability = information_weight * told(variance, slope, candidate.predicted) -
                            distance * distance / temperature;
  }
  weigh(list.nearest);
  return list;
}

}  // namespace trede::policy
