#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/policy/placement.hpp"
#include "engine/policy/stages.hpp"
#include "engine/tracking/update.hpp"

namespace trede::policy {
namespace {

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
  Branch branch{.reason = reason, .pool = pool, .topics = {}, .items = {}};
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

bool has_exercise(const Situation& s, int topic, Pool pool) {
  return any_in_use(s.catalogue, s.context, topic, pool);
}

Branch branch_to(const Situation& s, Reason reason, int topic) {
  const Pool pool = has_exercise(s, topic, Pool::Ordinary) ? Pool::Ordinary : Pool::Enrichment;
  return branch_over(s, reason, pool, {topic}, [](int, std::size_t) { return 1.0; });
}

bool has_any_exercise(const Situation& s, int topic) {
  return has_exercise(s, topic, Pool::Ordinary) || has_exercise(s, topic, Pool::Enrichment);
}

// Mostly the first topic in the order, some interleaving: each is sixteen times likelier than the next.
double by_place(int, std::size_t place) {
  return std::exp2(-4.0 * static_cast<double>(std::min<std::size_t>(place, 50)));
}

double equally(int, std::size_t) {
  return 1.0;
}

std::optional<Branch> placement(const Situation& s) {
  if (!s.context.placement.open) return std::nullopt;
  const std::vector<PlacementItem> best = placement_items(s.posterior, s.catalogue, s.context);
  if (best.empty()) return std::nullopt;
  Branch branch{.reason = Reason::Placement, .topics = {}, .items = {}};
  for (const PlacementItem& item : best)
    branch.items.push_back({item.item, 1.0 / static_cast<double>(best.size())});
  return branch;
}

// What comes before anything else: the teacher's lesson, the exercise that follows a video, the placement.
std::optional<Branch> first_things_first(const Situation& s) {
  const PupilContext& context = s.context;
  if (context.plan && context.plan->video_first >= 0) {
    const int topic = s.catalogue.videos[context.plan->video_first].topic;
    return Branch{
        .reason = Reason::LessonVideo, .relaxation = last_relaxation, .topics = {{topic, 1.0}}, .items = {}};
  }
  if (context.plan && context.plan->readiness_left > 0 && has_any_exercise(s, context.plan->topic))
    return branch_to(s, Reason::ReadinessCheck, context.plan->topic);
  if (context.easy_after_video >= 0 && has_any_exercise(s, context.easy_after_video))
    return branch_to(s, Reason::EasyAfterVideo, context.easy_after_video);
  return placement(s);
}

bool listed(const std::vector<int>& topics, int topic) {
  return std::find(topics.begin(), topics.end(), topic) != topics.end();
}

bool allowed(const Situation& s, int topic) {
  const Steering& steering = s.context.steering;
  return steering.topics.empty() || listed(steering.topics, topic) || listed(steering.must_do, topic);
}

std::vector<int> topics_where(const Catalogue& catalogue, const auto& condition) {
  std::vector<int> topics;
  std::copy_if(catalogue.order.begin(), catalogue.order.end(), std::back_inserter(topics), condition);
  return topics;
}

bool nothing_to_learn(const Situation& s, int topic) {
  const int relaxation = least_relaxation(s.catalogue, s.context, {topic}, Pool::Ordinary);
  return spread_of(s, Pool::Ordinary, relaxation, topic).hardest > too_easy;
}

// A challenge and no riddle: some exercise above the curriculum comes right more often than not.
bool has_challenge(const Situation& s, int topic) {
  if (!has_exercise(s, topic, Pool::Enrichment)) return false;
  const int relaxation = least_relaxation(s.catalogue, s.context, {topic}, Pool::Enrichment);
  return spread_of(s, Pool::Enrichment, relaxation, topic).easiest >= too_hard;
}

// When all is mastered: what is above the curriculum, within reach if there is any.
std::optional<Branch> enrichment(const Situation& s) {
  std::vector<int> topics = topics_where(s.catalogue, [&](int topic) { return has_challenge(s, topic); });
  if (topics.empty())
    topics = topics_where(s.catalogue, [&](int topic) { return has_exercise(s, topic, Pool::Enrichment); });
  if (topics.empty()) return std::nullopt;
  return branch_over(s, Reason::Enrichment, Pool::Enrichment, topics, equally);
}

std::optional<Branch> main_mode(const Situation& s) {
  const std::vector<int> next = frontier(s);
  if (next.empty()) return enrichment(s);
  const int first = next.front();
  if (nothing_to_learn(s, first) && has_challenge(s, first))
    return branch_over(s, Reason::Enrichment, Pool::Enrichment, {first}, equally);
  return branch_over(s, Reason::Frontier, Pool::Ordinary, next, by_place);
}

// Finished topics that may be fading, and topics one session alone cannot prove.
bool review_due(const Situation& s, int topic) {
  const TopicHistory& history = s.context.topics[topic];
  if (history.answers == 0 || !allowed(s, topic) || !has_exercise(s, topic, Pool::Ordinary)) return false;
  if (history.finished) return s.mastery[topic] < review_below;
  const bool unproven = history.sessions < finished_sessions || history.answers < finished_answers;
  return s.mastery[topic] >= mastered_from && unproven && history.last_session != s.context.session;
}

Branch review_of(const Situation& s, const std::vector<int>& topics) {
  return branch_over(s, Reason::Review, Pool::Ordinary, topics,
                     [&](int topic, std::size_t) { return 1.0 - s.mastery[topic] + topic_floor; });
}

bool higher_within_reach(const Situation& s, int topic) {
  const TopicHistory& history = s.context.topics[topic];
  if (!history.finished || history.finished_higher || !allowed(s, topic)) return false;
  if (!has_exercise(s, topic, Pool::Ordinary) || nothing_to_learn(s, topic)) return false;
  return tracking::mastery(s.posterior, topic, s.catalogue.topics[topic].cut + higher_by) > higher_in_reach;
}

// Whoever knows a topic leaves it before a higher level is proven; who asks for hard exercises may prove it.
std::optional<Branch> higher_level(const Situation& s) {
  if (s.context.steering.level != Level::Hard) return std::nullopt;
  const std::vector<int> topics =
      topics_where(s.catalogue, [&](int topic) { return higher_within_reach(s, topic); });
  if (topics.empty()) return std::nullopt;
  Branch branch = branch_over(s, Reason::HigherLevel, Pool::Ordinary, topics, equally);
  branch.probability = higher_share;
  return branch;
}

// New exercises on topics the pupil is at or past, at a level that suits.
std::optional<Branch> seeding(const Situation& s) {
  if (s.catalogue.seeding.empty()) return std::nullopt;
  const std::vector<int> next = frontier(s);
  Branch branch{.reason = Reason::Seeding, .probability = seeding_share, .topics = {}, .items = {}};
  for (const int index : s.catalogue.seeding) {
    const CatalogueItem& item = s.catalogue.items[index];
    const bool at_or_past = listed(next, item.topic()) || s.mastery[item.topic()] >= mastered_from;
    if (!at_or_past || !eligible(s.catalogue, s.context, index, Pool::Ordinary, 0)) continue;
    const double predicted = tracking::quick_predict(s.posterior, item);
    if (predicted >= seeding_lowest && predicted <= seeding_highest) branch.items.push_back({index, 1.0});
  }
  if (branch.items.empty()) return std::nullopt;
  for (Option& item : branch.items) item.probability = 1.0 / static_cast<double>(branch.items.size());
  return branch;
}

// The last resort: what is known already, so that nobody meets an empty page.
std::vector<Branch> what_is_left(const Situation& s) {
  const std::vector<int> known =
      topics_where(s.catalogue, [&](int topic) { return has_exercise(s, topic, Pool::Ordinary); });
  if (known.empty()) return {};
  return {review_of(s, known)};
}

// What is needed first may wait when the teacher asks for a topic all the same.
enum class Asked { ByTeacher, ByTeacherEarly, ByNobody };

std::vector<int> open_topics(const Situation& s, Asked asked) {
  std::vector<bool> ready(s.mastery.size());
  std::vector<int> fringe;
  for (const int topic : s.catalogue.order) {
    const std::vector<int>& needed = s.catalogue.topics[topic].prerequisites;
    ready[topic] = std::all_of(needed.begin(), needed.end(), [&](int other) {
      return has_exercise(s, other, Pool::Ordinary) ? s.mastery[other] > prerequisite_from : ready[other];
    });
    const bool known = s.context.topics[topic].finished || s.mastery[topic] >= mastered_from;
    if ((ready[topic] || asked == Asked::ByTeacherEarly) && !known &&
        has_exercise(s, topic, Pool::Ordinary) && (asked == Asked::ByNobody || allowed(s, topic)))
      fringe.push_back(topic);
  }
  return fringe;
}

}  // namespace

Situation look_at(const tracking::Posterior& posterior, const Catalogue& catalogue,
                  const PupilContext& context, const effects::Effects& effects) {
  std::vector<double> mastery(catalogue.topics.size());
  for (std::size_t k = 0; k < mastery.size(); ++k)
    mastery[k] = tracking::mastery(posterior, static_cast<int>(k), catalogue.topics[k].cut);
  return {posterior, catalogue, context, effects, std::move(mastery)};
}

std::vector<int> frontier(const Situation& s) {
  std::vector<int> fringe = open_topics(s, Asked::ByTeacher);
  if (fringe.empty() && !s.context.steering.topics.empty()) fringe = open_topics(s, Asked::ByTeacherEarly);
  if (fringe.empty()) fringe = open_topics(s, Asked::ByNobody);  // the plan is done: on with the others
  std::stable_partition(fringe.begin(), fringe.end(),
                        [&](int topic) { return listed(s.context.steering.must_do, topic); });
  return fringe;
}

std::vector<Branch> branches(const Situation& s) {
  if (std::optional<Branch> first = first_things_first(s)) return {*std::move(first)};
  std::optional<Branch> next = main_mode(s);
  if (!next) return what_is_left(s);
  std::vector<Branch> open;
  const std::vector<int> due = topics_where(s.catalogue, [&](int topic) { return review_due(s, topic); });
  if (!due.empty() && s.context.reviews_today < reviews_a_day) {
    open.push_back(review_of(s, due));
    open.back().probability = review_share;
    next->probability -= review_share;
  }
  if (std::optional<Branch> higher = higher_level(s)) {
    next->probability -= higher_share;
    open.push_back(*std::move(higher));
  }
  if (std::optional<Branch> fresh = seeding(s)) {
    next->probability -= seeding_share;
    open.push_back(*std::move(fresh));
  }
  open.insert(open.begin(), *std::move(next));
  return open;
}

}  // namespace trede::policy
