// Who may do what: the one table of rights, role × action, and the one check that every message and every HTTP
// request passes before anything is read or written (docs/SECURITY.md prints the table). What the table does not
// give is refused, and so is an id that the role does not reach, in the same words. Pure functions; any thread. A
// check of an answer takes 20 ns of a core, of 30 pupils in one message 2 µs (tests/bench/bench_rights.cpp).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "content/result.hpp"
#include "server/accounts/directory.hpp"
#include "server/accounts/targets.hpp"

namespace trede::accounts {

// How far an action reaches: which ids in it a role may name.
enum class Reach {
  Nothing,     // no right at all
  Yes,         // the action names nobody, and shows nobody who is not there already
  Self,        // about who asks; names nobody
  OwnClasses,  // classes one is enrolled in, and their pupils
  Children,    // the pupils one is guardian of; names nobody
  OwnSchool,   // the classes and people of one's school
  Content      // the bank, which is the whole server's
};

// Which id of a message may be 0: "my first class", or "no pupil, the class itself". Everywhere else 0 names nobody.
enum class Zero { Never, Class, Person };

// One row of the table. A request's action is its methods and its path: "GET, HEAD /media/*".
struct Right {
  std::string_view action;
  std::array<Reach, all_roles.size() + 1> reach;  // one for each role; the last is for who is not signed in
  Zero zero = Zero::Never;
};

std::span<const Right> rights();

// The row of a message's tag, or of a request's path; null when there is none.
const Right* right_to(std::string_view message_tag);
const Right* right_to_path(std::string_view path);

std::string_view methods_of(const Right& route);  // "GET, HEAD"
Reach reach_of(const Right& right, std::optional<Role> role);

// Whether the role reaches everyone the message names.
bool reaches_class(const Directory& people, const Account& account, Reach reach, ClassId id);
bool reaches_person(const Directory& people, const Account& account, Reach reach, AccountId id);

template <class Message>
bool may(const Directory& people, const Account& account, const Message& message) {
  const Right* right = right_to(Message::tag);
  const Reach reach = right ? reach_of(*right, account.role) : Reach::Nothing;
  if (reach == Reach::Nothing) return false;
  bool all = true;
  const auto may_be_zero = [&](Zero zero, std::int64_t id) { return id == 0 && right->zero == zero; };
  const auto class_is_reached = [&](std::int64_t id) {
    all = all && (may_be_zero(Zero::Class, id) || reaches_class(people, account, reach, ClassId{id}));
  };
  const auto person_is_reached = [&](std::int64_t id) {
    all = all && (may_be_zero(Zero::Person, id) || reaches_person(people, account, reach, AccountId{id}));
  };
  for_each_target(message, class_is_reached, person_is_reached);
  return all;
}

// What everybody hears who has no right: whether the thing exists is not told.
const Error& no_right();

// Tells the log of a refusal, without a word about the person. action: as the client named it.
void log_refusal(std::string_view action, std::optional<Role> role);

// The table as Markdown, as it stands in docs/SECURITY.md.
std::string rights_as_markdown();

}  // namespace trede::accounts
