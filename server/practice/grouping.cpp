#include "server/practice/grouping.hpp"

#include <algorithm>

#include "content/draw.hpp"
#include "content/present.hpp"
#include "engine/insight/group_plan.hpp"
#include "engine/insight/groups.hpp"
#include "engine/tracking/update.hpp"
#include "server/limits.hpp"

namespace trede::practice {
namespace {

constexpr int needed_next = 3;           // topics that pupils are compared on when the teacher names none
constexpr std::uint64_t first_draw = 1;  // of an exercise in a plan

using Beliefs = std::vector<const tracking::Posterior*>;

int place_of(const Class& of, std::int64_t pupil) {
  const auto place = std::find(of.pupils.begin(), of.pupils.end(), PupilId{pupil});
  return place == of.pupils.end() ? -1 : static_cast<int>(place - of.pupils.begin());
}

Beliefs beliefs_of(const Class& of) {
  Beliefs beliefs;
  for (const auto& belief : of.beliefs) beliefs.push_back(&belief);
  return beliefs;
}

std::vector<int> topics_of(const std::vector<std::string>& ids, const content::ItemBank& bank) {
  std::vector<int> topics;
  for (const auto& id : ids)
    if (const auto topic = bank.find_topic(id)) topics.push_back(*topic);
  return topics;
}

std::vector<std::pair<int, int>> places_of(const Class& of, const std::vector<protocol::Pair>& pairs) {
  std::vector<std::pair<int, int>> places;
  for (const auto& pair : pairs) places.emplace_back(place_of(of, pair.first), place_of(of, pair.second));
  return places;
}

double mean_success(const Beliefs& members, const CatalogueItem& item) {
  double sum = 0;
  for (const auto* member : members) sum += tracking::quick_predict(*member, item);
  return sum / static_cast<double>(members.size());
}

std::optional<protocol::PlanItem> plan_item(const Model& model, int item, const Beliefs& members,
                                            protocol::Language language) {
  const auto i = static_cast<std::size_t>(item);
  const auto instance = content::draw(model.bank->items[i], first_draw);
  if (instance.has_error()) return std::nullopt;
  auto shown = content::project(model.bank->items[i], *instance, language);
  return protocol::PlanItem{model.bank->items[i].id, std::move(shown.body), std::move(shown.figure),
                            mean_success(members, model.catalogue.items[i])};
}

protocol::GroupPlan plan_of(const Model& model, const Beliefs& members, const std::vector<int>& topics,
                            protocol::Language language) {
  const auto plan = insight::plan_for(members, model.catalogue, model.effects, topics);
  protocol::GroupPlan shown;
  if (plan.topic < 0) return shown;
  const content::ItemBank& bank = *model.bank;
  shown.topic = bank.topics[static_cast<std::size_t>(plan.topic)].id;
  shown.ready = plan.ready;
  shown.mastered = plan.mastered;
  if (plan.video >= 0) {
    const auto& video = bank.videos[static_cast<std::size_t>(plan.video)];
    shown.video = video.id;
    shown.video_title = video.title.in(language);
  }
  for (const int item : plan.items)
    if (auto drawn = plan_item(model, item, members, language)) shown.items.push_back(std::move(*drawn));
  return shown;
}

std::optional<Error> problem_with_sizes(const protocol::GroupWishes& wishes, std::int64_t pupils) {
  const auto invalid = [](std::string detail) { return Error{ErrorCode::Invalid, std::move(detail)}; };
  if (wishes.groups < 1 || wishes.groups > std::min<std::int64_t>(pupils, limits::groups_at_once))
    return invalid("groups: more than there are pupils, or too many");
  if (wishes.smallest < 0 || wishes.smallest > wishes.largest)
    return invalid("smallest: larger than the largest");
  if (wishes.smallest * wishes.groups > pupils) return invalid("smallest: there are not so many pupils");
  if (wishes.largest * wishes.groups < pupils) return invalid("largest: not everybody has a place");
  return std::nullopt;
}

}  // namespace

std::optional<Error> problem_with(const protocol::GroupWishes& wishes, const Class& of) {
  if (const auto problem = problem_with_sizes(wishes, static_cast<std::int64_t>(of.pupils.size())))
    return problem;
  if (std::max(wishes.apart.size(), wishes.together.size()) > limits::group_pairs ||
      wishes.topics.size() > limits::group_topics)
    return Error{ErrorCode::TooLarge, "too many topics or pairs"};
  for (const auto& id : wishes.topics)
    if (!of.model->bank->find_topic(id)) return Error{ErrorCode::NotFound, "no such topic: " + id};
  for (const auto* pairs : {&wishes.apart, &wishes.together})
    for (const auto& [first, second] : *pairs)
      if (first == second || place_of(of, first) < 0 || place_of(of, second) < 0)
        return Error{ErrorCode::NotFound, "no such class, pupil or lesson"};
  return std::nullopt;
}

protocol::GroupsProposed propose_groups(const Class& of, const protocol::GroupWishes& wishes,
                                        std::uint64_t seed, protocol::Language language) {
  const Model& model = *of.model;
  const Beliefs beliefs = beliefs_of(of);
  protocol::GroupsProposed proposed;
  std::vector<int> topics = topics_of(wishes.topics, *model.bank);
  if (topics.empty()) topics = insight::next_topics(beliefs, model.catalogue, needed_next);
  for (const int topic : topics)
    proposed.topics.push_back(model.bank->topics[static_cast<std::size_t>(topic)].id);
  if (topics.empty()) return proposed;

  const insight::GroupWishes asked{.groups = static_cast<int>(wishes.groups),
                                   .smallest = static_cast<int>(wishes.smallest),
                                   .largest = static_cast<int>(wishes.largest),
                                   .apart = places_of(of, wishes.apart),
                                   .together = places_of(of, wishes.together)};
  const auto grouping = insight::group_pupils(insight::ability_features(beliefs, topics), asked, seed);
  proposed.broken_wishes = grouping.broken_wishes;
  for (int group = 0; group < asked.groups; ++group) {
    protocol::ProposedGroup shown;
    Beliefs members;
    for (std::size_t i = 0; i < of.pupils.size(); ++i) {
      if (grouping.group_of[i] != group) continue;
      members.push_back(beliefs[i]);
      shown.members.push_back({of.pupils[i].value, grouping.certainty[i], grouping.either[i]});
    }
    if (members.empty()) continue;
    shown.plan = plan_of(model, members, wishes.topics.empty() ? std::vector<int>{} : topics, language);
    proposed.groups.push_back(std::move(shown));
  }
  return proposed;
}

Result<protocol::GroupPlan> propose_plan(const Class& of, const std::vector<std::int64_t>& pupils,
                                         const std::vector<std::string>& topics,
                                         protocol::Language language) {
  Beliefs members;
  for (const auto pupil : pupils) {
    const int place = place_of(of, pupil);
    if (place < 0) return Error{ErrorCode::NotFound, "no such class, pupil or lesson"};
    members.push_back(&of.beliefs[static_cast<std::size_t>(place)]);
  }
  if (members.empty()) return Error{ErrorCode::NotFound, "nobody is in this group"};
  return plan_of(*of.model, members, topics_of(topics, *of.model->bank), language);
}

}  // namespace trede::practice
