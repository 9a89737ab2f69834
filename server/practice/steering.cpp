#include "server/practice/steering.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/policy/eligibility.hpp"
#include "server/limits.hpp"
#include "server/practice/dates.hpp"

namespace trede::practice {
namespace {

using policy::Level;

constexpr std::array<std::pair<Level, std::string_view>, 4> level_codes = {
    {{Level::Adaptive, "adaptive"}, {Level::Easy, "easy"}, {Level::Middle, "middle"}, {Level::Hard, "hard"}}};

const std::string& fixed_level(const Decisions& decisions) {
  return decisions.of_pupil.level.empty() ? decisions.of_class.level : decisions.of_pupil.level;
}

bool holds_on(const protocol::Steering& steering, const std::string& today) {
  return steering.until.empty() || today <= steering.until;
}

template <class Ids, class Find>
void append_known(std::vector<int>& indices, const Ids& ids, Find find) {
  for (const std::string& id : ids)
    if (const auto index = find(id)) indices.push_back(*index);
}

bool leaves_exercises(const policy::Steering& steering, const Catalogue& catalogue) {
  policy::PupilContext context;
  context.steering = steering;
  const auto has_exercise = [&](int topic) {
    return policy::any_in_use(catalogue, context, topic, policy::Pool::Ordinary) ||
           policy::any_in_use(catalogue, context, topic, policy::Pool::Enrichment);
  };
  const std::vector<int>& topics = steering.topics.empty() ? catalogue.order : steering.topics;
  return std::any_of(topics.begin(), topics.end(), has_exercise);
}

}  // namespace

bool is_nothing(const protocol::Steering& steering) {
  return steering.topics.empty() && steering.must_do.empty() && steering.blocked_items.empty() &&
         steering.level.empty() && !steering.paused;
}

bool is_paused(const Decisions& decisions) {
  return decisions.of_class.paused || decisions.of_pupil.paused;
}

bool level_is_fixed(const Decisions& decisions) {
  return !fixed_level(decisions).empty();
}

policy::Level level_in_force(const Decisions& decisions) {
  return level_of(fixed_level(decisions)).value_or(decisions.level);
}

policy::Steering in_force(const Decisions& decisions, const content::ItemBank& bank,
                          const std::string& today) {
  const auto topic = [&](const std::string& id) { return bank.find_topic(id); };
  const auto item = [&](const std::string& id) { return bank.find_item(id); };
  policy::Steering steering;
  for (const protocol::Steering* each : {&decisions.of_pupil, &decisions.of_class}) {
    append_known(steering.blocked_items, each->blocked_items, item);
    if (!holds_on(*each, today)) continue;
    if (steering.topics.empty()) append_known(steering.topics, each->topics, topic);
    append_known(steering.must_do, each->must_do, topic);
  }
  append_known(steering.blocked_items, decisions.put_aside, item);
  steering.level = level_in_force(decisions);
  return steering;
}

bool is_blocked(const Decisions& decisions, const std::string& item) {
  const auto blocks = [&](const protocol::Steering& steering) {
    const auto& items = steering.blocked_items;
    return std::find(items.begin(), items.end(), item) != items.end();
  };
  return blocks(decisions.of_class) || blocks(decisions.of_pupil);
}

Decisions with_put_aside(Decisions decisions, const std::string& item) {
  decisions.put_aside.push_back(item);
  if (decisions.put_aside.size() > limits::items_put_aside) decisions.put_aside.pop_front();
  return decisions;
}

std::optional<Error> problem_with(const protocol::Steering& steering, const content::ItemBank& bank) {
  const auto invalid = [](std::string detail) { return Error{ErrorCode::Invalid, std::move(detail)}; };
  const std::size_t entries =
      std::max({steering.topics.size(), steering.must_do.size(), steering.blocked_items.size()});
  if (entries > limits::steering_entries) return Error{ErrorCode::TooLarge, "too many topics or exercises"};
  if (!steering.level.empty() && !level_of(steering.level))
    return invalid("level: not one of the known words");
  if (!steering.until.empty() && !is_date(steering.until)) return invalid("until: YYYY-MM-DD is needed");
  for (const auto* topics : {&steering.topics, &steering.must_do})
    for (const std::string& topic : *topics)
      if (!bank.find_topic(topic)) return Error{ErrorCode::NotFound, "no such topic: " + topic};
  for (const std::string& item : steering.blocked_items)
    if (!bank.find_item(item)) return Error{ErrorCode::NotFound, "no such exercise: " + item};
  Decisions alone;
  alone.of_pupil = steering;
  if (!leaves_exercises(in_force(alone, bank, steering.until), bank.catalogue))
    return invalid("topics: there is no exercise to practise with");
  return std::nullopt;
}

std::string_view code_of(policy::Level level) {
  const auto found =
      std::find_if(level_codes.begin(), level_codes.end(), [&](const auto& row) { return row.first == level; });
  return found->second;
}

std::optional<policy::Level> level_of(std::string_view code) {
  const auto found =
      std::find_if(level_codes.begin(), level_codes.end(), [&](const auto& row) { return row.second == code; });
  if (found == level_codes.end()) return std::nullopt;
  return found->first;
}

}  // namespace trede::practice
