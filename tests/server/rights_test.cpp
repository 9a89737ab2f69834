// Every message and every route × every role × own and foreign ids: the lists are the code's own.
#include "server/accounts/rights.hpp"

#include <chrono>
#include <set>

#include "server/accounts/creation.hpp"
#include "server/conversation/audited.hpp"
#include "server/protocol/codec.hpp"
#include "server/protocol/people_messages.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/server/said.hpp"
#include "tests/support/catch.hpp"

namespace trede::accounts {
namespace {

using AllMessages = boost::mp11::mp_append<protocol::PupilMessages, protocol::TeacherMessages,
                                           protocol::SignInMessages, protocol::AuthorMessages,
                                           protocol::AdministratorMessages, protocol::OverviewMessages>;

struct Ids {
  std::int64_t class_id = 0;
  std::int64_t person = 0;
};

// Writes ids wherever a member names a class or a person; lists get one element, so that there is something to name.
template <Target target, class Value>
bool fill(Value& value, const Ids& ids) {
  bool names_somebody = false;
  if constexpr (protocol::is_vector<Value>) {
    value.resize(1);
    names_somebody = fill<target>(value.front(), ids);
  } else if constexpr (protocol::is_optional<Value>) {
    value.emplace();
    names_somebody = fill<target>(*value, ids);
  } else if constexpr (boost::describe::has_describe_members<Value>::value) {
    boost::mp11::mp_for_each<protocol::Members<Value>>([&](auto member) {
      if (fill<target_of(decltype(member)::name)>(value.*member.pointer, ids)) names_somebody = true;
    });
  } else if constexpr (target == Target::Class || target == Target::Person) {
    value = target == Target::Class ? ids.class_id : ids.person;
    names_somebody = true;
  }
  return names_somebody;
}

const std::string refusal =
    R"({"request":"r","code":"not-found","detail":"there is no such thing for you","type":"refused"})";

// Two classes with a teacher each, an author, and a second school.
struct Village {
  practice::PracticeSchool school;
  std::map<Role, AccountId> staff;
  Ids own, foreign, nobody{987'654, 987'654};

  Village() {
    auto& accounts = school.running().accounts();
    const auto change = [&](store::Change made) {
      const auto written = school.run(accounts.change(std::move(made)));
      REQUIRE(written.has_value());
      return *written;
    };
    const SchoolId first = accounts.directory()->find_class(school.class_id)->school;
    const SchoolId second{change(create_school("Elders"))};
    const ClassId far{change(create_class({second, "Groep 6", "groep6", "FAR346", false}))};
    foreign = {far.value, change(create_pupil({second, Role::Pupil, "Mila", "no hash"}, far))};
    own = {school.class_id.value, school.pupils.front().value};
    staff = {{Role::Pupil, school.pupils.front()}, {Role::Teacher, school.teacher}};
    for (const Role role : all_roles)
      if (role != Role::Pupil && role != Role::Teacher)
        staff[role] = AccountId{change(create_account({first, role, std::string(to_text(role)), "no hash"}))};
  }

  template <class Message>
  std::string reply_to(AccountId id, const Message& message) {
    return practice::reply_to(school, id, protocol::encode(message));
  }
};

template <class Visit>
void for_each_message(const Visit& visit) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, AllMessages>>(
      [&](auto* tag) { visit(std::remove_pointer_t<decltype(tag)>{}); });
}

TEST_CASE("rights: every message of another role, or about somebody else, is refused in the same words",
          "[accounts]") {
  Village village;
  int refused = 0, heard = 0;
  for_each_message([&](auto message) {
    message.request = "r";
    for (const Role role : all_roles) {
      CAPTURE(message.tag, to_text(role));
      const bool of_the_class_shown =
          is_among(message.tag, {"cancel-lesson", "watch-lesson"});  // none is, here
      const bool granted = reach_of(*right_to(message.tag), role) != Reach::Nothing && !of_the_class_shown;
      const bool names_somebody = fill<Target::Unknown>(message, village.own);
      const std::string reply = village.reply_to(village.staff[role], message);
      CHECK((reply == refusal) == !granted);
      ++(granted ? heard : refused);
      for (const Ids& ids : {village.foreign, village.nobody}) {
        if (!names_somebody) continue;
        fill<Target::Unknown>(message, ids);
        CHECK(village.reply_to(village.staff[role], message) == refusal);
        ++refused;
      }
    }
  });
  CHECK(heard == static_cast<int>(boost::mp11::mp_size<AllMessages>::value) - 2);  // each has one role
  CHECK(refused > 2 * heard);
}

TEST_CASE("rights: every message that reaches somebody else is noted in the audit", "[accounts]") {
  Village village;
  const auto people = village.school.running().accounts().directory();
  int noted = 0;
  for_each_message([&](auto message) {
    if (is_among(message.tag, {"add-class", "add-pupils", "add-staff"})) return;  // noted when it is made
    if (is_among(message.tag, {"open-sign-in", "open-children"})) return;         // shows nobody, here
    for (const Role role : all_roles) {
      if (role == Role::Pupil || reach_of(*right_to(message.tag), role) == Reach::Nothing) continue;
      if (!fill<Target::Unknown>(message, village.own) &&
          reach_of(*right_to(message.tag), role) != Reach::OwnSchool)
        continue;
      CAPTURE(message.tag);
      const auto json = protocol::parse_json(protocol::encode(message));
      const auto notes = conversation::notes_of(*people, village.staff[role], *json);
      CHECK_FALSE(notes.empty());
      noted += static_cast<int>(notes.size());
    }
  });
  CHECK(noted > 20);
}

TEST_CASE("rights: one foreign id among one's own is enough to be refused", "[accounts]") {
  Village village;
  protocol::ProposePlan plan{"r", village.own.class_id, {village.own.person, village.foreign.person}, {}};
  CHECK(village.reply_to(village.school.teacher, plan) == refusal);
  plan.pupils.pop_back();
  CHECK(village.reply_to(village.school.teacher, plan) != refusal);
}

TEST_CASE("rights: what nobody knows is refused like what one may not", "[accounts]") {
  CHECK(right_to("open-everything") == nullptr);
  CHECK(right_to_path("/api/everything") == nullptr);
  CHECK(right_to_path("/api/") == nullptr);
  CHECK(right_to_path("/media/x.webm")->action == "GET, HEAD /media/*");
  CHECK(right_to_path("/teacher/")->action == "GET, HEAD /*");
}

TEST_CASE("rights: every route × every role", "[accounts]") {
  const net::TestSchool school;
  std::map<Role, std::string> cookies = {{Role::Pupil, net::cookie_of_pupil(school.port())}};
  for (const auto& [role, name] : net::staff_of_test_school)
    cookies[role] = net::cookie_line(net::sign_in(school.port(), std::string(to_text(role)), name, "geheim"));
  std::set<std::string> refusals;
  for (const Right& right : rights()) {
    const auto blank = right.action.rfind(' ');
    if (blank == right.action.npos || right.action.ends_with('*')) continue;
    const std::string method(right.action.substr(0, std::min(right.action.find(','), blank)));
    const std::string path(right.action.substr(blank + 1));
    for (const Role role : all_roles) {
      CAPTURE(path, to_text(role));
      if (path == "/api/sign-out") continue;  // ends the cookie; held by accounts_sign_in_test
      const auto answer = net::ask(school.port(), method, path, "X-Trede: 1\r\n" + cookies.at(role));
      const bool granted = reach_of(right, role) != Reach::Nothing;
      CHECK((answer.status == 404) == !granted);
      if (!granted) refusals.insert(answer.body);
    }
    const auto answer = net::ask(school.port(), method, path, "X-Trede: 1\r\n");
    CAPTURE(path);
    CHECK((answer.status == 401) == (reach_of(right, std::nullopt) == Reach::Nothing));
  }
  CHECK(refusals.size() == 1);
}

TEST_CASE("rights: docs/SECURITY.md prints the table", "[accounts]") {
  const std::string page = net::read_file(TREDE_SOURCE_DIR "/docs/SECURITY.md");
  INFO("cure: put what `trede rights` prints into docs/SECURITY.md");
  CHECK(page.find(rights_as_markdown()) != std::string::npos);
}

}  // namespace
}  // namespace trede::accounts
