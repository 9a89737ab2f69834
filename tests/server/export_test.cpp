// A pupil's file holds everything of the pupil, nothing of others, and nothing in it runs.
#include "server/conversation/pupil_data.hpp"

#include <fstream>

#include "server/privacy/pupil_page.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

privacy::PupilFile gathered(PrivacySchool& school) {
  const auto file =
      school.run(conversation::gather_pupil(school.running().school(), school.running().journal(),
                                            school.teacher, school.canary_id(), Language::Nl));
  if (file.has_error()) INFO(file.error().detail);
  REQUIRE(file.has_value());
  return *file;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("export: every step, event, word and look is in it", "[privacy]") {
  PrivacySchool school;
  school.live(5);
  school.ask(canary_question);
  const auto look =
      store::audit(school.now_ms, school.teacher, store::Deed::PupilSeen, school.canary_id().value);
  REQUIRE(school.running().journal().write_and_wait(look).has_value());
  const auto file = gathered(school);
  std::size_t events = 0;
  for (const auto& event : school.events()) events += event.subject == school.canary_id().value;
  CHECK(file.events.size() == events);
  CHECK(file.steps.size() == 5);
  CHECK(file.account.name == canary_name);
  CHECK(file.account.classes.size() == 1);
  REQUIRE(file.deeds.size() == 2);
  CHECK(file.deeds[0].who == "juf");
  CHECK(file.deeds[1].action == "pupil-exported");
  const auto json = boost::json::parse(privacy::json_of(file)).as_object();
  CHECK(json.at("events").as_array().size() == events);
  CHECK(json.at("fields").as_object().contains("events"));
  const std::string text = boost::json::serialize(json);
  CHECK(text.find(canary_question) != std::string::npos);
  for (const auto& step : file.steps)
    if (!step.answer.empty()) CHECK(text.find(step.answer) != std::string::npos);
}

TEST_CASE("export: of others in the class nothing is in it", "[privacy]") {
  PrivacySchool school;
  school.live(2);
  TeacherDesk desk(school);
  protocol::SaveGroups groups;
  groups.request = "groups";
  groups.class_id = school.class_id.value;
  groups.groups = {{{school.canary_id().value, school.pupils[1].value}, "", "", {}},
                   {{school.pupils[0].value}, "", "", {}}};
  REQUIRE(desk.outcome(groups) == "groups-saved");
  const auto file = gathered(school);
  const auto& told = file.events.back();
  REQUIRE(told.kind == store::GroupsSaved::tag);
  const auto saved = protocol::decode<store::GroupsSaved>(told.payload);
  REQUIRE(saved->groups.size() == 1);
  CHECK(saved->groups[0].pupils == std::vector<std::int64_t>{school.canary_id().value});
  auto json = boost::json::parse(privacy::json_of(file)).as_object();
  json.erase("steps");  // the questions tell of children too, whom the author made up
  const std::string text = boost::json::serialize(json);
  for (const char* other : {"Noor", "Amira", "Daan"}) {
    INFO(other);
    CHECK(text.find(other) == std::string::npos);
  }
}

TEST_CASE("export: the pages say it in two languages, need nothing else and run nothing", "[privacy]") {
  PrivacySchool school;
  school.live(2);
  const std::string script = "<script>alert(1)</script>\"'&";
  school.ask(script);
  auto file = gathered(school);
  file.account.name = script;
  const testing::TemporaryFolder folder;
  REQUIRE(conversation::write_pupil_file(file, folder.path() / "out").has_value());
  for (const char* name : {"leerling.html", "pupil.html"}) {
    std::ifstream stream(folder.path() / "out" / name);
    const std::string page{std::istreambuf_iterator<char>(stream), {}};
    INFO(name);
    CHECK(count(page, "<script") == 0);
    CHECK(count(page, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;") ==
          4);  // title, heading, name, question
    for (const char* outside : {"http:", "https:", "src=", "href=", "url(", "@import"})
      CHECK(count(page, outside) == 0);
    CHECK(count(page, "<table") == count(page, "</table>"));
  }
  CHECK(std::filesystem::exists(folder.path() / "out" / "pupil.json"));
}

TEST_CASE("export: a folder that cannot be written is said", "[privacy]") {
  PrivacySchool school;
  const auto written = conversation::write_pupil_file(gathered(school), "/proc/trede");
  CHECK(written.error().code == ErrorCode::Unavailable);
}

}  // namespace trede::practice
