#include "server/accounts/rights.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/protocol/messages.hpp"
#include "server/protocol/people_messages.hpp"

namespace trede::accounts {
namespace {

using Row = std::array<Reach, all_roles.size() + 1>;

struct Grant {
  Role role;
  Reach reach;
};

constexpr std::size_t column(std::optional<Role> role) {
  return role ? static_cast<std::size_t>(*role) : all_roles.size();
}

constexpr Row only(std::initializer_list<Grant> grants) {
  Row row{};
  for (const Grant& grant : grants) row[column(grant.role)] = grant.reach;
  return row;
}

constexpr Row signed_in() {
  Row row{};
  for (const Role role : all_roles) row[column(role)] = Reach::Self;
  return row;
}

constexpr Row staff() {
  Row row = signed_in();
  row[column(Role::Pupil)] = Reach::Nothing;
  return row;
}

constexpr Row anybody() {
  Row row{};
  row.fill(Reach::Yes);
  return row;
}

constexpr Row pupils = only({{Role::Pupil, Reach::Self}});
constexpr Row teachers = only({{Role::Teacher, Reach::OwnClasses}});
constexpr Row authors = only({{Role::Author, Reach::Content}});
constexpr Row administrators = only({{Role::Administrator, Reach::OwnSchool}});

constexpr Right table[] = {
    {"pupil-hello", pupils},
    {"submit-answer", pupils},
    {"finish-video", pupils},
    {"take-hint", pupils},
    {"report-video", pupils},
    {"ask-question", pupils},
    {"skip-placement", pupils},
    {"choose-level", pupils},
    {"put-aside", pupils},
    {"report-item", pupils},
    {"open-standings", pupils},
    {"open-video", pupils},

    {"watch-class", teachers, Zero::Class},
    {"open-pupil", teachers},
    {"plan-lesson", teachers},
    {"cancel-lesson", teachers},
    {"watch-lesson", teachers},
    {"acknowledge-alert", teachers},
    {"propose-groups", teachers},
    {"propose-plan", teachers},
    {"save-groups", teachers},
    {"open-steering", teachers, Zero::Person},
    {"set-steering", teachers, Zero::Person},
    {"open-steering-past", teachers},
    {"open-suspects", teachers},

    {"open-sign-in", teachers},
    {"set-sign-in", teachers},

    {"list-content", authors},
    {"open-document", authors},
    {"open-choices", authors},
    {"try-item", authors},
    {"publish-document", authors},

    {"open-school", administrators},
    {"add-class", administrators},
    {"change-class", administrators},
    {"add-pupils", administrators},
    {"add-staff", administrators},
    {"rename-person", administrators},
    {"set-classes", administrators},
    {"set-children", administrators},
    {"set-role", administrators},
    {"make-secrets", administrators},
    {"sign-out-everywhere", administrators},
    {"close-account", administrators},
    {"remove-second-step", administrators},
    {"unlink-school-account", administrators},

    {"open-children", only({{Role::Guardian, Reach::Children}})},
    {"open-totals", only({{Role::Leader, Reach::OwnSchool}})},
    {"open-talents", only({{Role::Coordinator, Reach::OwnSchool}})},

    {"POST /api/set-up", anybody()},
    {"POST /api/sign-in", anybody()},
    {"GET /api/school-account", anybody()},
    {"POST /api/school-account/begin", anybody()},
    {"POST /api/school-account/finish", anybody()},
    {"POST /api/sign-out", signed_in()},
    {"GET /api/me", signed_in()},
    {"POST /api/own/password", staff()},
    {"GET /api/own/second-step", staff()},
    {"POST /api/own/second-step/offer", staff()},
    {"POST /api/own/second-step/confirm", staff()},
    {"POST /api/own/second-step/leave", staff()},
    {"GET /api/own/school-account", staff()},
    {"POST /api/own/school-account/link", staff()},
    {"POST /api/own/school-account/unlink", staff()},
    {"GET /ws", signed_in()},
    {"POST /api/media", authors},
    {"GET, HEAD /media/*", anybody()},
    {"GET, HEAD /healthz", anybody()},
    {"GET, HEAD /*", anybody()},
};

constexpr std::string_view path_of(const Right& route) {
  const std::size_t blank = route.action.rfind(' ');
  return blank == route.action.npos ? std::string_view() : route.action.substr(blank + 1);
}

// ---- every message has a row, known to the compiler ----

template <class Messages>
constexpr bool each_has_one_row() {
  bool all = true;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Messages>>([&](auto* tag) {
    using Message = std::remove_pointer_t<decltype(tag)>;
    all = all && std::count_if(std::begin(table), std::end(table),
                               [](const Right& right) { return right.action == Message::tag; }) == 1;
  });
  return all;
}
static_assert(each_has_one_row<protocol::PupilMessages>(), "a message of pupils has no row, or two");
static_assert(each_has_one_row<protocol::TeacherMessages>(), "a message of teachers has no row, or two");
static_assert(each_has_one_row<protocol::SignInMessages>(), "a message about signing in has no row, or two");
static_assert(each_has_one_row<protocol::AuthorMessages>(), "a message of authors has no row, or two");
static_assert(each_has_one_row<protocol::AdministratorMessages>(),
              "a message of administrators has no row, or two");
static_assert(each_has_one_row<protocol::OverviewMessages>(), "a message of an overview has no row, or two");

std::string_view word(Reach reach) {
  switch (reach) {
    case Reach::Nothing:
      return "–";
    case Reach::Yes:
      return "yes";
    case Reach::Self:
      return "own";
    case Reach::OwnClasses:
      return "own classes";
    case Reach::Children:
      return "own children";
    case Reach::OwnSchool:
      return "own school";
    case Reach::Content:
      return "content";
  }
  ENSURE(false);
}

}  // namespace

std::span<const Right> rights() {
  return table;
}

const Right* right_to(std::string_view message_tag) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Right& right) { return right.action == message_tag; });
  return found == std::end(table) ? nullptr : found;
}

// The longest fits first: an address of its own before a folder, a folder before the pages. Nothing under /api/ is a
// page.
const Right* right_to_path(std::string_view path) {
  const Right* best = nullptr;
  for (const Right& right : table) {
    std::string_view pattern = path_of(right);
    if (pattern.empty()) continue;
    const bool folder = pattern.ends_with('*');
    if (folder) pattern.remove_suffix(1);
    const bool fits = folder ? path.starts_with(pattern) && !path.starts_with("/api/") : path == pattern;
    if (fits && (!best || path_of(*best).size() <= pattern.size())) best = &right;
  }
  return best;
}

std::string_view methods_of(const Right& route) {
  return route.action.substr(0, route.action.rfind(' '));
}

Reach reach_of(const Right& right, std::optional<Role> role) {
  return right.reach[column(role)];
}

bool reaches_class(const Directory& people, const Account& account, Reach reach, ClassId id) {
  if (reach == Reach::OwnClasses) return people.belongs(account.id, id);
  const Class* named = people.find_class(id);
  return reach == Reach::OwnSchool && named && named->school == account.school;
}

bool reaches_person(const Directory& people, const Account& account, Reach reach, AccountId id) {
  const Account* other = people.account(id);
  if (!other) return false;
  if (reach == Reach::OwnClasses) return other->role == Role::Pupil && people.share_a_class(account.id, id);
  return reach == Reach::OwnSchool && other->school == account.school;
}

const Error& no_right() {
  static const Error error{ErrorCode::NotFound, "there is no such thing for you"};
  return error;
}

void log_refusal(std::string_view action, std::optional<Role> role) {
  const Right* known = action.starts_with('/') ? right_to_path(action) : right_to(action);
  const std::string_view name = known ? known->action : "an unknown action";
  // Every page asks so whether somebody is signed in.
  const bool is_news = role || name != "GET /api/me";
  spdlog::log(is_news ? spdlog::level::warn : spdlog::level::debug, "refused: {} for {}", name,
              role ? to_text(*role) : "somebody who is not signed in");
}

std::string rights_as_markdown() {
  std::string text = "| action | not signed in |";
  std::string line = "|---|---|";
  for (const Role role : all_roles) {
    text += ' ' + std::string(to_text(role)) + " |";
    line += "---|";
  }
  text += '\n' + line + '\n';
  for (const Right& right : table) {
    text += "| `" + std::string(right.action) + "` | " + std::string(word(right.reach.back())) + " |";
    for (const Role role : all_roles) text += ' ' + std::string(word(reach_of(right, role))) + " |";
    text += '\n';
  }
  return text;
}

}  // namespace trede::accounts
