#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/policy/stages.hpp"
#include "engine/tracking/update.hpp"

namespace trede::policy {
namespace {

// Three of the last four answers on the topic were wrong.
bool stuck(const TopicHistory& history) {
  return std::popcount(static_cast<unsigned>(history.recent_failures & 0b1111u)) >= 3;
}

void keep_nearest(std::vector<Candidate>& candidates, double target) {
  if (candidates.size() <= static_cast<std::size_t>(shortlist_length)) return;
  const auto nearer = [target](const Candidate& first, const Candidate& second) {
    const double one = std::abs(first.predicted - target);
    const double other = std::abs(second.predicted - target);
    return one != other ? one < other : first.item < second.item;
  };
  std::nth_element(candidates.begin(), candidates.begin() + shortlist_length, candidates.end(), nearer);
  candidates.resize(shortlist_length);
  // nth_element leaves an order of the library's own; a seed must mean the same exercise with every library.
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& first, const Candidate& second) { return first.item < second.item; });
}

}  // namespace

double easiest(const Situation& s, const Branch& branch, int topic) {
  double best = 0.0;
  for (const int item : s.catalogue.topics[topic].items)
    if (eligible(s.catalogue, s.context, item, branch.pool, branch.relaxation))
      best = std::max(best, tracking::quick_predict(s.posterior, s.catalogue.items[item]));
  return best;
}

VideoOffer video_offer_of(const Situation& s, const Branch& branch, int topic) {
  if (branch.reason == Reason::LessonVideo) return {Reason::LessonVideo, 1.0, {s.context.plan->video_first}};
  if (branch.reason != Reason::Frontier) return {};
  const TopicHistory& history = s.context.topics[topic];
  const bool is_new = history.answers < new_topic_answers;
  if (!is_new && !stuck(history)) return {};
  std::vector<int> videos = eligible_videos(s.catalogue, s.context, topic);
  if (videos.empty()) return {};
  if (stuck(history)) return {Reason::VideoForStuck, video_offer, std::move(videos)};
  if (easiest(s, branch, topic) < too_hard) return {Reason::VideoForNew, video_offer, std::move(videos)};
  return {};
}

Shortlist shortlist(const Situation& s, const Branch& branch, int topic) {
  Shortlist list;
  for (const int item : s.catalogue.topics[topic].items)
    if (eligible(s.catalogue, s.context, item, branch.pool, branch.relaxation))
      list.nearest.push_back({item, tracking::quick_predict(s.posterior, s.catalogue.items[item]), 0.0});
  list.candidates = static_cast<int>(list.nearest.size());
  keep_nearest(list.nearest, branch.target);
  double closest = 1.0;
  for (const Candidate& candidate : list.nearest)
    closest = std::min(closest, std::abs(candidate.predicted - branch.target));
  double sum = 0.0;
  for (Candidate& candidate : list.nearest) {
    const double distance = candidate.predicted - branch.target;
    candidate.probability = std::exp((closest * closest - distance * distance) / temperature);
    sum += candidate.probability;
  }
  const double spare = 1.0 - item_floor * static_cast<double>(list.nearest.size());
  for (Candidate& candidate : list.nearest)
    candidate.probability = item_floor + spare * candidate.probability / sum;
  return list;
}

}  // namespace trede::policy
