#include "engine/policy/eligibility.hpp"

#include <algorithm>
#include <array>

namespace trede::policy {

bool in_use(const Catalogue& catalogue, const PupilContext& context, int item, Pool pool) {
  const std::vector<int>& blocked = context.steering.blocked_items;
  if (std::find(blocked.begin(), blocked.end(), item) != blocked.end()) return false;
  const CatalogueItem& candidate = catalogue.items[item];
  const bool above = candidate.enrichment || catalogue.topics[candidate.topic()].enrichment;
  return candidate.status != ItemStatus::Retired && above == (pool == Pool::Enrichment);
}

Eligible::Eligible(const Catalogue& catalogue, const PupilContext& context, int topic, Pool pool,
                   int relaxation)
    : catalogue_(catalogue),
      context_(context),
      above_(pool == Pool::Enrichment),
      all_above_(catalogue.topics[topic].enrichment) {
  static constexpr std::array<int, last_relaxation + 1> rests{rest_answers, rest_answers / 2,
                                                              rest_answers / 4, 1, 0};
  rest_ = rests[relaxation];
  rest_varied_ = std::min(rest_answers_varied, rest_);
}

bool Eligible::is_blocked(int item) const {
  const std::vector<int>& blocked = context_.steering.blocked_items;
  return std::find(blocked.begin(), blocked.end(), item) != blocked.end();
}

bool eligible(const Catalogue& catalogue, const PupilContext& context, int item, Pool pool, int relaxation) {
  return Eligible(catalogue, context, catalogue.items[item].topic(), pool, relaxation)(item);
}

bool any_in_use(const Catalogue& catalogue, const PupilContext& context, int topic, Pool pool) {
  const std::vector<int>& items = catalogue.topics[topic].items;
  return std::any_of(items.begin(), items.end(),
                     [&](int item) { return in_use(catalogue, context, item, pool); });
}

bool any_eligible(const Catalogue& catalogue, const PupilContext& context, int topic, Pool pool,
                  int relaxation) {
  const std::vector<int>& items = catalogue.topics[topic].items;
  return std::any_of(items.begin(), items.end(), Eligible(catalogue, context, topic, pool, relaxation));
}

int least_relaxation(const Catalogue& catalogue, const PupilContext& context, const std::vector<int>& topics,
                     Pool pool) {
  for (int relaxation = 0; relaxation < last_relaxation; ++relaxation)
    for (const int topic : topics)
      if (any_eligible(catalogue, context, topic, pool, relaxation)) return relaxation;
  return last_relaxation;
}

std::vector<int> eligible_videos(const Catalogue& catalogue, const PupilContext& context, int topic) {
  int fewest = video_most_times;
  std::vector<int> least_seen;
  for (const int video : catalogue.topics[topic].videos) {
    const auto [times_seen, seen_at] = context.videos[video];
    if (times_seen > 0 && context.answers - seen_at < video_rest_answers) return {};
    if (times_seen < fewest) {
      fewest = times_seen;
      least_seen.clear();
    }
    if (times_seen == fewest && times_seen < video_most_times) least_seen.push_back(video);
  }
  return least_seen;
}

}  // namespace trede::policy
