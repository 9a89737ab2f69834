// Who saw or changed what: every access is noted before it happens, and a changed entry shows.
#include "server/store/audit.hpp"

#include "server/conversation/audited.hpp"
#include "server/retention.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

using Mode = store::Database::Mode;
using store::Deed;

std::vector<std::string> actions_about(const PracticeSchool& school, PupilId pupil) {
  const auto database = store::Database::open(school.database(), Mode::ReadOnly);
  std::vector<std::string> actions;
  for (const auto& entry : *store::audit_about(**database, pupil)) actions.push_back(entry.action);
  return actions;
}

void write(PracticeSchool& school, Milliseconds at_ms, std::int64_t actor, Deed deed, std::int64_t subject) {
  const auto entry = store::audit(at_ms, AccountId{actor}, deed, subject);
  REQUIRE(school.running().journal().write_and_wait(entry).has_value());
}

Result<std::int64_t> checked(const PrivacySchool& school) {
  return store::check_audit(*school.opened(Mode::ReadOnly));
}

}  // namespace

TEST_CASE("audit: what a teacher sees and changes of a pupil is noted", "[privacy]") {
  PrivacySchool school;
  school.live(1);
  const std::int64_t pupil = school.canary_id().value;
  TeacherDesk desk(school);
  CHECK(actions_about(school, school.canary_id()) == std::vector<std::string>{"class-seen"});
  REQUIRE(desk.outcome(protocol::OpenPupil{"open", pupil, std::nullopt}) == "pupil-shown");
  REQUIRE(desk.outcome(protocol::OpenPupil{"again", pupil, std::nullopt}) == "pupil-shown");
  protocol::SetSteering set{"set", school.class_id.value, pupil, {}};
  set.steering.paused = true;
  REQUIRE(desk.outcome(set) == "steering-shown");
  CHECK(actions_about(school, school.canary_id()) ==
        std::vector<std::string>{"class-seen", "pupil-seen", "pupil-steered"});
  CHECK(actions_about(school, school.pupils[0]) == std::vector<std::string>{"class-seen"});
  CHECK(*checked(school) == 3);
}

TEST_CASE("audit: a pupil of another class is neither shown nor noted", "[privacy]") {
  PrivacySchool school;
  TeacherDesk desk(school);
  CHECK(desk.outcome(protocol::OpenPupil{"open", school.pupils[3].value, std::nullopt}) == "not-found");
  CHECK(actions_about(school, school.pupils[3]).empty());
}

TEST_CASE("audit: what a teacher says of pupils and classes is noted, whatever the message", "[privacy]") {
  PrivacySchool school;
  const auto people = school.running().accounts().directory();
  const std::int64_t class_id = school.class_id.value, pupil = school.pupils[0].value;
  const auto deed_of = [&](const auto& message) {
    const auto json = protocol::parse_json(protocol::encode(message));
    const auto notes = conversation::notes_of(*people, school.teacher, *json);
    return notes.empty() ? std::string() : store::word_of(notes.front().deed);
  };
  CHECK(deed_of(protocol::WatchClass{"r", Language::Nl, 0}) == "class-seen");
  CHECK(deed_of(protocol::OpenSteering{"r", class_id, pupil}) == "pupil-seen");
  CHECK(deed_of(protocol::OpenSteering{"r", class_id, 0}) == "class-seen");
  CHECK(deed_of(protocol::SetSteering{"r", class_id, 0, {}}) == "class-steered");
  CHECK(deed_of(protocol::PlanLesson{"r", class_id, "halves", "2030-01-01"}) == "lesson-planned");
  CHECK(deed_of(protocol::SaveGroups{"r", class_id, 0, {}}) == "groups-saved");
  CHECK(deed_of(protocol::SetSignIn{"r", class_id, "open", {}}) == "class-sign-in-set");
  CHECK(deed_of(protocol::OpenSteering{"r", 999, 0}).empty());
  CHECK(deed_of(protocol::OpenPupil{"r", 999, std::nullopt}).empty());
}

TEST_CASE("audit: looking twice within the hour is one entry, an hour later another", "[privacy]") {
  PrivacySchool school;
  const Milliseconds window = std::chrono::milliseconds(limits::audit_window).count();
  for (const Milliseconds at : {Milliseconds{0}, window - 1, window, window + 5})
    write(school, at, 2, Deed::PupilSeen, 4);
  write(school, 10, 3, Deed::PupilSeen, 4);
  CHECK(*checked(school) == 3);
  write(school, 11, 3, Deed::PupilSteered, 4);
  write(school, 12, 3, Deed::PupilSteered, 4);  // what changes something is noted every time
  CHECK(*checked(school) == 5);
}

TEST_CASE("audit: an entry that was changed, taken out or put in shows", "[privacy]") {
  const std::string damage = GENERATE(
      "UPDATE audit SET actor = 9 WHERE number = 2", "UPDATE audit SET at_ms = 9 WHERE number = 2",
      "UPDATE audit SET subject = 9 WHERE number = 2",
      "UPDATE audit SET action = 'pupil-seen' WHERE number = 2", "DELETE FROM audit WHERE number = 1",
      "DELETE FROM audit WHERE number = 2", "DELETE FROM audit WHERE number = 3", "DELETE FROM audit",
      "UPDATE audit SET chain = x'00' WHERE number = 3",
      "INSERT INTO audit SELECT 4, at_ms, actor, action, subject, chain FROM audit WHERE number = 3",
      "INSERT INTO audit_begin SELECT number, chain FROM audit WHERE number = 1");
  PrivacySchool school;
  for (std::int64_t pupil = 1; pupil <= 3; ++pupil) write(school, pupil, 2, Deed::PupilSteered, pupil);
  CHECK(*checked(school) == 3);
  school.close();
  school.opened(Mode::ReadWrite)->execute(damage);
  INFO(damage);
  CHECK(checked(school).error().code == ErrorCode::Conflict);
}

TEST_CASE("audit: what is too old goes and what is left is still a chain", "[privacy]") {
  PrivacySchool school;
  for (std::int64_t at = 1; at <= 6; ++at) write(school, at * 1'000, 2, Deed::PupilSteered, at);
  auto& journal = school.running().journal();
  CHECK(*journal.write_and_wait(store::forget_audit(3'500)) == 3);
  CHECK(*checked(school) == 3);
  CHECK(*journal.write_and_wait(store::forget_audit(99'000)) == 3);
  CHECK(*checked(school) == 0);
  write(school, 100'000, 2, Deed::PupilSteered, 4);
  CHECK(*checked(school) == 1);
}

}  // namespace trede::practice
