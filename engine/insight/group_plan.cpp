#include "engine/insight/group_plan.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/tracking/update.hpp"

namespace trede::insight {

namespace {

using Members = std::vector<const tracking::Posterior*>;

template <class Value>
double mean_over(const Members& members, Value value) {
  double sum = 0.0;
  for (const tracking::Posterior* member : members) sum += value(*member);
  return sum / static_cast<double>(members.size());
}

double mastery_of(const tracking::Posterior& member, const Catalogue& catalogue, int topic) {
  return tracking::mastery(member, topic, catalogue.topics[static_cast<std::size_t>(topic)].cut);
}

double readiness(const tracking::Posterior& member, const Catalogue& catalogue, int topic) {
  double ready = 1.0 - mastery_of(member, catalogue, topic);
  for (const int needed : catalogue.topics[static_cast<std::size_t>(topic)].prerequisites)
    ready *= mastery_of(member, catalogue, needed);
  return ready;
}

double mean_ready(const Members& members, const Catalogue& catalogue, int topic) {
  return mean_over(members,
                   [&](const tracking::Posterior& member) { return readiness(member, catalogue, topic); });
}

bool is_asked(const Catalogue& catalogue, const std::vector<int>& topics, int topic) {
  if (topics.empty()) return !catalogue.topics[static_cast<std::size_t>(topic)].enrichment;
  return std::find(topics.begin(), topics.end(), topic) != topics.end();
}

bool is_usable(const CatalogueItem& item) {
  return item.status == ItemStatus::Active && !item.enrichment;
}

double gain_of(const Members& members, const Catalogue& catalogue, const effects::Effects& effects,
               int video) {
  const int topic = catalogue.videos[static_cast<std::size_t>(video)].topic;
  const double cut = catalogue.topics[static_cast<std::size_t>(topic)].cut;
  return mean_over(members, [&](const tracking::Posterior& member) {
    return effects.value[effects::video_effect(video, effects::zone_of(member.mean(topic), cut))];
  });
}

void choose_video(GroupPlan& plan, const Members& members, const Catalogue& catalogue,
                  const effects::Effects& effects) {
  for (const int video : catalogue.topics[static_cast<std::size_t>(plan.topic)].videos) {
    const double gain = gain_of(members, catalogue, effects, video);
    if (plan.video >= 0 && gain <= plan.video_gain) continue;
    plan.video = video;
    plan.video_gain = gain;
  }
}

void choose_items(GroupPlan& plan, const Members& members, const Catalogue& catalogue) {
  struct Candidate {
    int item;
    double success;
  };
  std::vector<Candidate> candidates;
  for (const int item : catalogue.topics[static_cast<std::size_t>(plan.topic)].items) {
    const CatalogueItem& entry = catalogue.items[static_cast<std::size_t>(item)];
    if (!is_usable(entry)) continue;
    candidates.push_back({item, mean_over(members, [&](const tracking::Posterior& member) {
                            return tracking::quick_predict(member, entry);
                          })});
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::abs(a.success - plan_success) < std::abs(b.success - plan_success);
  });
  candidates.resize(std::min<std::size_t>(candidates.size(), plan_items));
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.success > b.success; });
  for (const Candidate& candidate : candidates) plan.items.push_back(candidate.item);
}

}  // namespace

std::vector<int> next_topics(const Members& members, const Catalogue& catalogue, int most) {
  assert(!members.empty());
  std::vector<std::pair<double, int>> wanted;
  for (const int topic : catalogue.order) {
    const double ready = mean_ready(members, catalogue, topic);
    if (is_asked(catalogue, {}, topic) && ready >= worthwhile_share) wanted.emplace_back(ready, topic);
  }
  std::stable_sort(wanted.begin(), wanted.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  wanted.resize(std::min<std::size_t>(wanted.size(), static_cast<std::size_t>(most)));
  std::vector<int> topics;
  for (const auto& [ready, topic] : wanted) topics.push_back(topic);
  return topics;
}

GroupPlan plan_for(const Members& members, const Catalogue& catalogue, const effects::Effects& effects,
                   const std::vector<int>& topics) {
  assert(!members.empty());
  GroupPlan plan;
  plan.ready = worthwhile_share;
  for (const int topic : catalogue.order) {
    if (!is_asked(catalogue, topics, topic)) continue;
    const double ready = mean_ready(members, catalogue, topic);
    if (ready <= plan.ready) continue;
    plan.topic = topic;
    plan.ready = ready;
  }
  if (plan.topic < 0) return {};
  plan.mastered = mean_over(
      members, [&](const tracking::Posterior& member) { return mastery_of(member, catalogue, plan.topic); });
  choose_video(plan, members, catalogue, effects);
  choose_items(plan, members, catalogue);
  return plan;
}

}  // namespace trede::insight
