#include "engine/policy/context.hpp"

#include <bit>
#include <cassert>
#include <utility>

#include "engine/policy/placement.hpp"

namespace trede::policy {
namespace {

std::uint8_t remember(std::uint8_t failures, bool right) {
  return static_cast<std::uint8_t>((failures << 1) | (right ? 0 : 1));
}

void note_session(TopicHistory& history, int session) {
  if (history.last_session != session) ++history.sessions;
  history.last_session = session;
}

void note_surprise(Surprise& surprise, const Answered& answer) {
  if (answer.right && answer.item == surprise.item) surprise = {};
  if (answer.right || answer.rapid || answer.predicted < sure_success) return;
  surprise = {answer.item, answer.item == surprise.item ? surprise.times + 1 : 1};
}

void count_down(std::optional<Plan>& plan, int topic) {
  if (plan && plan->topic == topic && plan->video_first < 0 && plan->readiness_left > 0)
    --plan->readiness_left;
}

// The index in the new bank of what was `old` in the old one, −1 when it is gone.
int index_after(const std::vector<int>& from_index_of, int old) {
  for (std::size_t i = 0; i < from_index_of.size(); ++i)
    if (old >= 0 && from_index_of[i] == old) return static_cast<int>(i);
  return -1;
}

std::vector<int> indices_after(const std::vector<int>& from_index_of, const std::vector<int>& old) {
  std::vector<int> result;
  for (const int index : old)
    if (const int now = index_after(from_index_of, index); now >= 0) result.push_back(now);
  return result;
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

bool discouraged(const PupilContext& context) {
  return context.answers >= 8 && std::popcount(context.recent_failures) > 4;
}

void begin_placement(PupilContext& context, std::vector<int> topics) {
  context.placement = {.open = true, .given = 0, .topics = std::move(topics)};
}

void skip_placement(PupilContext& context) {
  context.placement.open = false;
}

void time_passes(PupilContext& context, double minutes, std::int64_t day) {
  if (minutes > session_gap_minutes) ++context.session;
  if (day != context.day) context.reviews_today = 0;
  context.day = day;
}

void answered(PupilContext& context, const Catalogue& catalogue, const Answered& answer) {
  assert(context.item_answered_at.size() == catalogue.items.size());
  const int topic = catalogue.items[answer.item].topic();
  if (answer.reason == Reason::Frontier && !discouraged(context)) context.last_level = answer.target;
  context.item_answered_at[answer.item] = ++context.answers;
  context.last_item = answer.item;
  if (answer.reason == Reason::Review) ++context.reviews_today;
  if (answer.reason == Reason::Placement) ++context.placement.given;
  if (context.easy_after_video == topic) context.easy_after_video = -1;
  note_surprise(context.surprise, answer);
  count_down(context.plan, topic);
  TopicHistory& history = context.topics[topic];
  ++history.answers;
  if (answer.rapid) return;
  context.recent_failures = remember(context.recent_failures, answer.right);
  history.failures_in_row = answer.right ? 0 : history.failures_in_row + 1;
  history.recent_failures = remember(history.recent_failures, answer.right);
  note_session(history, context.session);
}

void settle(PupilContext& context, const Catalogue& catalogue, const tracking::Posterior& posterior,
            int item) {
  const int topic = catalogue.items[item].topic();
  TopicHistory& history = context.topics[topic];
  const double cut = catalogue.topics[topic].cut;
  const double mastery = tracking::mastery(posterior, topic, cut);
  const bool proven = history.answers >= finished_answers && history.sessions >= finished_sessions;
  if (proven && mastery > finished_above) history.finished = true;
  if (history.finished && tracking::mastery(posterior, topic, cut + higher_by) > finished_above)
    history.finished_higher = true;
  if (mastery < unfinished_below) history.finished = history.finished_higher = false;
  if (context.placement.open && placement_done(posterior, catalogue, context)) context.placement.open = false;
}

void watched_video(PupilContext& context, const Catalogue& catalogue, int video) {
  assert(context.videos.size() == catalogue.videos.size());
  ++context.videos[video].times_seen;
  context.videos[video].seen_at_answer = context.answers;
  context.easy_after_video = catalogue.videos[video].topic;
  if (context.plan && context.plan->video_first == video) context.plan->video_first = -1;
}

int suspect_item(const PupilContext& context) {
  return context.surprise.times >= surprises_suspect ? context.surprise.item : -1;
}

PupilContext rebase(const PupilContext& context, const Mapping& from_index_of) {
  PupilContext result = context;
  result.last_item = index_after(from_index_of.items, context.last_item);
  result.item_answered_at = carried(context.item_answered_at, from_index_of.items, -1);
  result.topics = carried(context.topics, from_index_of.topics, TopicHistory{});
  result.videos = carried(context.videos, from_index_of.videos, VideoHistory{});
  result.easy_after_video = index_after(from_index_of.topics, context.easy_after_video);
  result.surprise.item = index_after(from_index_of.items, context.surprise.item);
  result.plan = carried(context.plan, from_index_of);
  result.placement.topics = indices_after(from_index_of.topics, context.placement.topics);
  if (result.placement.topics.empty() && !context.placement.topics.empty()) skip_placement(result);
  result.steering.topics = indices_after(from_index_of.topics, context.steering.topics);
  result.steering.must_do = indices_after(from_index_of.topics, context.steering.must_do);
  result.steering.blocked_items = indices_after(from_index_of.items, context.steering.blocked_items);
  return result;
}

}  // namespace trede::policy
