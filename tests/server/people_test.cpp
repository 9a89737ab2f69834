// The administrator's work on a running school, through the real conversation, shards and journal.
#include <boost/asio/use_future.hpp>

#include "server/accounts/creation.hpp"
#include "server/protocol/codec.hpp"
#include "server/protocol/people_messages.hpp"
#include "server/store/audit.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/server/said.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

using Names = std::vector<std::string>;

// A school with an administrator at the desk.
struct Office {
  PracticeSchool school;
  AccountId administrator;

  Office() { administrator = add(accounts::Role::Administrator, "beheer"); }

  AccountId add(accounts::Role role, const std::string& name) {
    auto& accounts = school.running().accounts();
    const SchoolId id = accounts.directory()->find_class(school.class_id)->school;
    auto made = accounts.change(accounts::create_account({id, role, name, "no hash: nobody signs in here"}));
    const auto written = school.run(std::move(made));
    REQUIRE(written.has_value());
    return AccountId{*written};
  }

  template <class Message>
  boost::json::object say(AccountId who, const Message& message) {
    return boost::json::parse(reply_to(school, who, protocol::encode(message))).as_object();
  }
  template <class Message>
  protocol::SchoolShown ask(const Message& message) {
    const auto shown =
        protocol::struct_from_json<protocol::SchoolShown>(say(administrator, message), nullptr, "type");
    if (shown.has_error()) FAIL(boost::json::serialize(say(administrator, message)));
    return *shown;
  }

  std::vector<std::string> names_on_page_of(ClassId id) {
    protocol::WatchClass watch{"r", Language::Nl, id.value};
    const auto page = say(school.teacher, watch);
    std::vector<std::string> names;
    for (const auto& row : page.at("pupils").as_array())
      names.emplace_back(row.as_object().at("name").as_string());
    return names;
  }

  Names actions_about(AccountId id) {
    const auto database = store::Database::open(school.database(), store::Database::Mode::ReadOnly);
    Names actions;
    for (const auto& entry : *store::audit_about(**database, id)) actions.push_back(entry.action);
    return actions;
  }

  PupilState& state(PupilId id) {
    for (Shard* shard : school.running().school().shards)
      if (auto* pupil = shard->pupil(id)) return *pupil;
    throw std::logic_error("no shard has this pupil");
  }
};

TEST_CASE("people: a class and its pupils are made while the school runs", "[accounts]") {
  Office office;
  auto shown = office.ask(protocol::AddClass{"r", "Groep 8", "groep7"});
  REQUIRE(shown.classes.size() == 3);
  const auto made = shown.classes.back();  // shown is overwritten below
  CHECK(made.name == "Groep 8");
  CHECK(made.code.size() == 6);

  shown = office.ask(protocol::AddPupils{"r", made.id, {" Zoë ", "", "Bo"}});
  REQUIRE(shown.cards.size() == 2);
  CHECK(shown.cards[0].name == "Zoë");
  CHECK(shown.cards[0].secret.size() == 4);
  CHECK(shown.cards[0].class_code == made.code);

  const PupilId zoe{shown.cards[0].person};
  auto& practice = office.school.service();
  Shard& shard = office.school.running().school().shard_of(ClassId{made.id});
  const auto welcome = office.school.run_on(shard, practice.hello(shard, zoe, {"h", Language::Nl, 0}));
  REQUIRE(welcome.has_value());
  CHECK(welcome->name == "Zoë");
  CHECK(office.ask(protocol::OpenSchool{"r", Language::Nl}).cards.empty());  // secrets are shown once
}

TEST_CASE("people: a name that is there already stops the whole list", "[accounts]") {
  Office office;
  const auto refused = office.say(office.administrator,
                                  protocol::AddPupils{"r", office.school.class_id.value, {"Bo", "noor"}});
  CHECK(refused.at("code") == "conflict");
  for (const auto& person : office.ask(protocol::OpenSchool{"r", Language::Nl}).people)
    CHECK(person.name != "Bo");
}

TEST_CASE("people: a pupil who moves takes everything along and leaves the old page", "[accounts]") {
  Office office;
  PracticeSchool& school = office.school;
  school.hello(0);
  for (int i = 0; i < 3; ++i) school.do_step(0, true);
  const PupilId noor = school.pupils[0];
  const auto number = office.state(noor).number;
  const auto digest = digest_of(*office.state(noor).belief);

  const auto shown = office.ask(protocol::OpenSchool{"r", Language::Nl});
  const ClassId other{shown.classes[1].id};
  office.ask(protocol::SetClasses{"r", school.teacher.value, {school.class_id.value, other.value}});
  CHECK(office.names_on_page_of(school.class_id) == Names{"Amira", "Noor", "Sem"});
  office.ask(protocol::SetClasses{"r", noor.value, {other.value}});
  CHECK(office.names_on_page_of(school.class_id) == Names{"Amira", "Sem"});
  CHECK(office.names_on_page_of(other) == Names{"Daan", "Noor"});
  CHECK(office.state(noor).number == number);
  CHECK(digest_of(*office.state(noor).belief) == digest);

  school.close();
  REQUIRE(school.reopen().has_value());
  CHECK(office.state(noor).number == number);
  CHECK(office.names_on_page_of(other) == Names{"Daan", "Noor"});
}

TEST_CASE("people: who is closed is gone from the pages, and comes back with all that was done",
          "[accounts]") {
  Office office;
  PracticeSchool& school = office.school;
  school.hello(0);
  school.do_step(0, true);
  const PupilId noor = school.pupils[0];
  const auto number = office.state(noor).number;
  office.ask(protocol::CloseAccount{"r", noor.value, true});
  CHECK(office.names_on_page_of(school.class_id) == Names{"Amira", "Sem"});
  const auto opened = office.say(school.teacher, protocol::OpenPupil{"r", noor.value, {}});
  CHECK(opened.at("code") == "not-found");

  school.close();
  REQUIRE(school.reopen().has_value());
  CHECK(office.names_on_page_of(school.class_id) == Names{"Amira", "Sem"});
  office.ask(protocol::CloseAccount{"r", noor.value, false});
  CHECK(office.names_on_page_of(school.class_id) == Names{"Amira", "Noor", "Sem"});
  CHECK(office.state(noor).number == number);
}

TEST_CASE("people: a new name stands on the teacher's page at once", "[accounts]") {
  Office office;
  office.ask(protocol::RenamePerson{"r", office.school.pupils[1].value, "Samuel"});
  CHECK(office.names_on_page_of(office.school.class_id) == Names{"Amira", "Noor", "Samuel"});
}

TEST_CASE("people: administrators do not shut themselves out", "[accounts]") {
  Office office;
  const std::int64_t self = office.administrator.value;
  CHECK(office.say(office.administrator, protocol::CloseAccount{"r", self, true}).at("code") == "conflict");
  CHECK(office.say(office.administrator, protocol::SetRole{"r", self, "teacher"}).at("code") == "conflict");
  CHECK(office.say(office.administrator, protocol::MakeSecrets{"r", {self}}).at("code") == "conflict");
}

TEST_CASE("people: a guardian reads about the own child, in words and no more", "[accounts]") {
  Office office;
  PracticeSchool& school = office.school;
  const AccountId guardian = office.add(accounts::Role::Guardian, "ouder");
  CHECK(office.say(guardian, protocol::OpenChildren{"r", Language::Nl}).at("children").as_array().empty());
  office.ask(protocol::SetChildren{"r", guardian.value, {school.pupils[0].value}});
  school.hello(0);
  school.skip_placement(0);
  for (int i = 0; i < 4; ++i) school.do_step(0, true);
  const auto children =
      office.say(guardian, protocol::OpenChildren{"r", Language::Nl}).at("children").as_array();
  REQUIRE(children.size() == 1);
  CHECK(children[0].at("name") == "Noor");
  CHECK_FALSE(children[0].at("topics").as_array().empty());
}

TEST_CASE("people: a leader sees totals without a name, and none of too few pupils", "[accounts]") {
  Office office;
  const AccountId leader = office.add(accounts::Role::Leader, "directie");
  const auto few = office.say(leader, protocol::OpenTotals{"r", Language::Nl}).at("classes").as_array();
  REQUIRE(few.size() == 2);
  CHECK(few[0].at("pupils") == 3);
  CHECK(few[0].at("told") == false);
  office.ask(protocol::AddPupils{"r", office.school.class_id.value, {"Bo", "Fem"}});
  office.school.hello(0);
  office.school.do_step(0, true);
  const auto told = office.say(leader, protocol::OpenTotals{"r", Language::Nl});
  CHECK(told.at("classes").as_array()[0].at("told") == true);
  CHECK(told.at("classes").as_array()[0].at("active_week") == 1);
  CHECK(boost::json::serialize(told).find("Noor") == std::string::npos);
}

TEST_CASE("people: who sees and changes people is in the audit, whoever it is", "[accounts]") {
  Office office;
  const std::int64_t pupil = office.school.pupils[0].value;
  const AccountId guardian = office.add(accounts::Role::Guardian, "ouder");
  office.ask(protocol::OpenSchool{"r", Language::Nl});
  office.ask(protocol::OpenSchool{"r", Language::Nl});  // within the hour
  office.ask(protocol::RenamePerson{"r", pupil, "Noortje"});
  office.ask(protocol::MakeSecrets{"r", {pupil}});
  office.ask(protocol::SignOutEverywhere{"r", pupil});
  office.ask(protocol::SetChildren{"r", guardian.value, {pupil}});
  office.say(guardian, protocol::OpenChildren{"r", Language::Nl});
  office.say(office.add(accounts::Role::Leader, "directie"), protocol::OpenTotals{"r", Language::Nl});
  office.say(office.add(accounts::Role::Coordinator, "talent"), protocol::OpenTalents{"r", Language::Nl});
  office.ask(protocol::CloseAccount{"r", pupil, true});
  office.ask(protocol::CloseAccount{"r", pupil, false});
  CHECK(office.actions_about(AccountId{pupil}) ==
        Names{"school-seen", "account-changed", "secret-made", "signed-out-everywhere", "account-changed",
              "pupil-seen", "school-totals-seen", "school-talents-seen", "account-closed", "account-opened"});
}

TEST_CASE("people: what an administrator makes is in the audit under its number", "[accounts]") {
  Office office;
  const auto before = office.ask(protocol::AddStaff{"r", "leader", "directie"});
  CHECK(office.actions_about(AccountId{before.cards.at(0).person}) == Names{"account-made"});
  office.ask(protocol::AddPupils{"r", office.school.class_id.value, {"Fenna"}});
  CHECK(office.say(office.administrator, protocol::AddStaff{"r", "leader", "directie"}).at("code") ==
        "conflict");
  CHECK(office.actions_about(office.school.pupils[0]) == Names{"class-pupils-added"});
}

}  // namespace
}  // namespace trede::practice
