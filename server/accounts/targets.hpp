// Whom a message is about: the ids of classes and people in it, found by the names of its members, however deep. A
// whole number whose name is on none of the lists does not compile, so that no new member escapes the check of
// rights (rights.hpp). Pure; any thread.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <string_view>
#include <type_traits>

#include "server/protocol/codec.hpp"

namespace trede::accounts {

enum class Target { Class, Person, Nobody, Unknown };

constexpr bool is_among(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view each : names)
    if (each == name) return true;
  return false;
}

// What a whole number of this name stands for in a message. A lesson or a set of groups belongs to the class that is
// named or watched; practice looks it up there.
constexpr Target target_of(std::string_view member) {
  if (is_among(member, {"class_id", "classes"})) return Target::Class;
  if (is_among(member, {"pupil", "pupils", "first", "second", "person", "people", "children"}))
    return Target::Person;
  if (is_among(member,
               {"number", "last_number", "before", "elapsed_ms", "seed", "lesson", "replaces", "groups",
                "smallest", "largest", "chosen", "week_from", "week_until", "weekend_from", "weekend_until"}))
    return Target::Nobody;
  return Target::Unknown;
}

template <Target target, class Value, class OnClass, class OnPerson>
void visit_targets(const Value& value, const OnClass& on_class, const OnPerson& on_person) {
  if constexpr (protocol::is_vector<Value>) {
    for (const auto& each : value) visit_targets<target>(each, on_class, on_person);
  } else if constexpr (protocol::is_optional<Value>) {
    if (value) visit_targets<target>(*value, on_class, on_person);
  } else if constexpr (boost::describe::has_describe_members<Value>::value) {
    boost::mp11::mp_for_each<protocol::Members<Value>>([&](auto member) {
      visit_targets<target_of(decltype(member)::name)>(value.*member.pointer, on_class, on_person);
    });
  } else if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) {
    static_assert(target != Target::Unknown,
                  "say in target_of whether this number names a class or a person");
    if constexpr (target == Target::Class) on_class(std::int64_t{value});
    if constexpr (target == Target::Person) on_person(std::int64_t{value});
  }
}

// on_class and on_person are called with each id, in the order of the members.
template <class Message, class OnClass, class OnPerson>
void for_each_target(const Message& message, const OnClass& on_class, const OnPerson& on_person) {
  visit_targets<Target::Unknown>(message, on_class, on_person);
}

}  // namespace trede::accounts
