#include "engine/policy/context.hpp"

#include <cassert>

namespace trede::policy {
namespace {

std::uint8_t remember(std::uint8_t failures, bool right) {
  return static_cast<std::uint8_t>((failures << 1) | (right ? 0 : 1));
}

// The index in the new bank of what was `old` in the old one, −1 when it is gone.
int index_after(const std::vector<int>& from_index_of, int old) {
  for (std::size_t i = 0; i < from_index_of.size(); ++i)
    if (old >= 0 && from_index_of[i] == old) return static_cast<int>(i);
  return -1;
}

template <class T>
std::vector<T> carried(const std::vector<T>& old, const std::vector<int>& from_index_of, const T& fresh) {
  std::vector<T> result;
  result.reserve(from_index_of.size());
  for (const int from : from_index_of) result.push_back(from < 0 ? fresh : old[from]);
  return result;
}

std::optional<Plan> carried(const std::optional<Plan>& plan, const Mapping& from_index_of) {
  if (!plan) return std::nullopt;
  const int topic = index_after(from_index_of.topics, plan->topic);
  if (topic < 0) return std::nullopt;
  return Plan{topic, index_after(from_index_of.videos, plan->video_first), plan->readiness_left};
}

}  // namespace

PupilContext new_context(const Catalogue& catalogue) {
  PupilContext context;
  context.item_answered_at.assign(catalogue.items.size(), -1);
  context.topics.resize(catalogue.topics.size());
  context.videos.resize(catalogue.videos.size());
  return context;
}

void answered(PupilContext& context, const Catalogue& catalogue, int item, bool right) {
  assert(context.item_answered_at.size() == catalogue.items.size());
  const int topic = catalogue.items[item].topic();
  context.item_answered_at[item] = ++context.answers;
  context.last_item = item;
  context.recent_failures = remember(context.recent_failures, right);
  TopicHistory& history = context.topics[topic];
  ++history.answers;
  history.failures_in_row = right ? 0 : history.failures_in_row + 1;
  history.recent_failures = remember(history.recent_failures, right);
  if (context.easy_after_video == topic) context.easy_after_video = -1;
  if (Plan* plan = context.plan ? &*context.plan : nullptr;
      plan && plan->topic == topic && plan->video_first < 0 && plan->readiness_left > 0)
    --plan->readiness_left;
}

void watched_video(PupilContext& context, const Catalogue& catalogue, int video) {
  assert(context.videos.size() == catalogue.videos.size());
  ++context.videos[video].times_seen;
  context.videos[video].seen_at_answer = context.answers;
  context.easy_after_video = catalogue.videos[video].topic;
  if (context.plan && context.plan->video_first == video) context.plan->video_first = -1;
}

PupilContext rebase(const PupilContext& context, const Mapping& from_index_of) {
  PupilContext result = context;
  result.last_item = index_after(from_index_of.items, context.last_item);
  result.item_answered_at = carried(context.item_answered_at, from_index_of.items, -1);
  result.topics = carried(context.topics, from_index_of.topics, TopicHistory{});
  result.videos = carried(context.videos, from_index_of.videos, VideoHistory{});
  result.easy_after_video = index_after(from_index_of.topics, context.easy_after_video);
  result.plan = carried(context.plan, from_index_of);
  return result;
}

}  // namespace trede::policy
