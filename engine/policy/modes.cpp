#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <optional>

#include "engine/policy/stages.hpp"

namespace trede::policy {
namespace {

double base_target(Level level) {
  switch (level) {
    case Level::Easy:
      return target_easy;
    case Level::Hard:
      return target_hard;
    case Level::Middle:
      break;
  }
  return target_middle;
}

double target_of(const PupilContext& context) {
  const bool discouraged = context.answers >= 8 && std::popcount(context.recent_failures) > 4;
  return discouraged ? std::max(base_target(context.level), target_discouraged) : base_target(context.level);
}

// Weights to probabilities, none below the floor.
std::vector<Option> distribution(const std::vector<int>& indices, const std::vector<double>& weights,
                                 double floor) {
  const double count = static_cast<double>(indices.size());
  const double least = std::min(floor, 0.5 / count);
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  std::vector<Option> options;
  options.reserve(indices.size());
  for (std::size_t i = 0; i < indices.size(); ++i)
    options.push_back({indices[i], least + (1.0 - count * least) * weights[i] / sum});
  return options;
}

// The topics of a mode that have an exercise at the strictest rest that leaves any, weighted by
// `weight_of(topic, place)`.
template <class WeightOf>
Branch branch_over(const Situation& s, Reason reason, Pool pool, std::vector<int> topics,
                   WeightOf weight_of) {
  Branch branch{.reason = reason, .pool = pool, .target = target_of(s.context), .topics = {}};
  branch.relaxation = least_relaxation(s.catalogue, s.context, topics, pool);
  std::erase_if(topics, [&](int topic) {
    return !any_eligible(s.catalogue, s.context, topic, pool, branch.relaxation);
  });
  std::vector<double> weights;
  for (std::size_t place = 0; place < topics.size(); ++place)
    weights.push_back(weight_of(topics[place], place));
  branch.topics = distribution(topics, weights, topic_floor);
  return branch;
}

Branch branch_to(const Situation& s, Reason reason, int topic) {
  const Pool pool = any_in_use(s.catalogue, topic, Pool::Ordinary) ? Pool::Ordinary : Pool::Enrichment;
  return branch_over(s, reason, pool, {topic}, [](int, std::size_t) { return 1.0; });
}

bool has_exercise(const Situation& s, int topic) {
  return any_in_use(s.catalogue, topic, Pool::Ordinary) || any_in_use(s.catalogue, topic, Pool::Enrichment);
}

// Earlier in the order is likelier, by half each place: mostly the first topic, some interleaving.
double by_place(int, std::size_t place) {
  return std::exp2(-static_cast<double>(std::min<std::size_t>(place, 50)));
}

// What comes before anything else: the teacher's lesson, then the exercise that follows a video.
std::optional<Branch> first_things_first(const Situation& s) {
  const PupilContext& context = s.context;
  if (context.plan && context.plan->video_first >= 0) {
    const int topic = s.catalogue.videos[context.plan->video_first].topic;
    return Branch{.reason = Reason::LessonVideo,
                  .relaxation = last_relaxation,
                  .target = target_of(context),
                  .topics = {{topic, 1.0}}};
  }
  if (context.plan && context.plan->readiness_left > 0 && has_exercise(s, context.plan->topic)) {
    Branch branch = branch_to(s, Reason::ReadinessCheck, context.plan->topic);
    branch.target = target_middle;  // the check compares pupils, so their wish and mood stay out of it
    return branch;
  }
  if (context.easy_after_video >= 0 && has_exercise(s, context.easy_after_video)) {
    Branch branch = branch_to(s, Reason::EasyAfterVideo, context.easy_after_video);
    branch.target = std::max(branch.target, target_after_video);
    return branch;
  }
  return std::nullopt;
}

std::vector<int> topics_where(const Catalogue& catalogue, const auto& condition) {
  std::vector<int> topics;
  std::copy_if(catalogue.order.begin(), catalogue.order.end(), std::back_inserter(topics), condition);
  return topics;
}

Branch review_of(const Situation& s, const std::vector<int>& topics) {
  return branch_over(s, Reason::Review, Pool::Ordinary, topics,
                     [&](int topic, std::size_t) { return 1.0 - s.mastery[topic] + topic_floor; });
}

std::optional<Branch> main_mode(const Situation& s) {
  if (const std::vector<int> next = frontier(s); !next.empty())
    return branch_over(s, Reason::Frontier, Pool::Ordinary, next, by_place);
  const std::vector<int> above =
      topics_where(s.catalogue, [&](int topic) { return any_in_use(s.catalogue, topic, Pool::Enrichment); });
  if (above.empty()) return std::nullopt;
  return branch_over(s, Reason::Enrichment, Pool::Enrichment, above, [](int, std::size_t) { return 1.0; });
}

}  // namespace

Situation look_at(const tracking::Posterior& posterior, const Catalogue& catalogue,
                  const PupilContext& context) {
  std::vector<double> mastery(catalogue.topics.size());
  for (std::size_t k = 0; k < mastery.size(); ++k)
    mastery[k] = tracking::mastery(posterior, static_cast<int>(k), catalogue.topics[k].cut);
  return {posterior, catalogue, context, std::move(mastery)};
}

std::vector<int> frontier(const Situation& s) {
  std::vector<bool> ready(s.mastery.size());
  std::vector<int> fringe;
  for (const int topic : s.catalogue.order) {
    const std::vector<int>& needed = s.catalogue.topics[topic].prerequisites;
    ready[topic] = std::all_of(needed.begin(), needed.end(), [&](int other) {
      return any_in_use(s.catalogue, other, Pool::Ordinary) ? s.mastery[other] > prerequisite_from
                                                            : ready[other];
    });
    const bool open = ready[topic] && s.mastery[topic] < mastered_from;
    if (open && any_in_use(s.catalogue, topic, Pool::Ordinary)) fringe.push_back(topic);
  }
  return fringe;
}

std::vector<Branch> branches(const Situation& s) {
  if (std::optional<Branch> first = first_things_first(s)) return {*std::move(first)};
  const std::vector<int> known = topics_where(s.catalogue, [&](int topic) {
    return s.mastery[topic] >= mastered_from && any_in_use(s.catalogue, topic, Pool::Ordinary);
  });
  std::vector<int> practised = known;
  std::erase_if(practised, [&](int topic) { return s.context.topics[topic].answers == 0; });
  std::optional<Branch> next = main_mode(s);
  if (!next && known.empty()) return {};
  if (!next) return {review_of(s, known)};
  if (practised.empty()) return {*std::move(next)};
  Branch review = review_of(s, practised);
  review.probability = review_share;
  next->probability = 1.0 - review_share;
  return {*std::move(next), std::move(review)};
}

}  // namespace trede::policy
