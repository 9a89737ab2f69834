// The id of a step leaves the server sealed: nobody reads the key of an exercise from it, nobody makes one.
#include "server/conversation/step_seal.hpp"
#include "server/protocol/codec.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/server/said.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::conversation {
namespace {

const NamedStep halves{PupilId{7}, 12, "3:exercise:halves-of-numbers:00c0ffee00c0ffee"};

accounts::ServerKey new_key(const testing::TemporaryFolder& folder) {
  return *accounts::ServerKey::open(folder.path() / "server.key", false);
}

// What a pupil with the browser's tools says and hears.
struct Desk {
  practice::PracticeSchool school;

  template <class Message>
  boost::json::object say(std::size_t pupil, const Message& message) {
    const AccountId who = school.pupils[pupil];
    return boost::json::parse(practice::reply_to(school, who, protocol::encode(message))).as_object();
  }
  std::string step_on_screen(std::size_t pupil, std::int64_t last_number = 0) {
    const auto welcome = say(pupil, protocol::PupilHello{"r", content::Language::Nl, last_number});
    return std::string(welcome.at("step").as_object().at("id").as_string());
  }
};

}  // namespace

TEST_CASE("step ids: no message of a pupil's page names an exercise before it is answered", "[server]") {
  Desk desk;
  const std::string id = desk.step_on_screen(0);
  const std::string item = desk.school.pupil(0).pending->choice.id;
  CHECK(id.find(item) == id.npos);
  auto answer = desk.school.answer_to_pending(0, true);
  answer.request = "r";
  const std::string name = answer.step;
  const auto step = [&](const std::string& told) {
    answer.step = told;
    return std::string(desk.say(0, answer).at("type").as_string());
  };
  CHECK(step(name) == "refused");  // the server's own name of it is not an id
  desk.step_on_screen(1);
  const StepSeal& seal = desk.school.running().school().step_seal;
  CHECK(step(seal.sealed({desk.school.pupils[1], 1, name})) == "refused");  // a classmate's
  CHECK(step(id) == "step-judged");
}

TEST_CASE("step ids: a step that the journal lost is taken again by the id the browser kept", "[server]") {
  Desk desk;
  const std::string id = desk.step_on_screen(0);
  auto answer = desk.school.answer_to_pending(0, true);
  answer.request = "r";
  const std::string name = std::exchange(answer.step, id);
  desk.step_on_screen(0, 1);  // the browser saw step 1 acknowledged, the journal has none
  answer.step = name;
  CHECK(desk.say(0, answer).at("type").as_string() == "refused");
  answer.step = id;
  CHECK(desk.say(0, answer).at("type").as_string() == "step-judged");
  CHECK(desk.school.pupil(0).number == 1);
}

TEST_CASE("step ids: nobody makes answers up by saying that the journal lost some", "[server]") {
  Desk desk;
  const std::string first = desk.step_on_screen(0);
  auto answer = desk.school.answer_to_pending(0, true);
  answer.request = "r";
  answer.step = first;
  REQUIRE(desk.say(0, answer).at("type").as_string() == "step-judged");
  desk.step_on_screen(0, 40);  // the browser claims to have seen forty steps acknowledged
  for (answer.number = 2; answer.number <= 5; ++answer.number)
    CHECK(desk.say(0, answer).at("type").as_string() == "refused");  // the first one once more
  CHECK(desk.school.pupil(0).number == 1);
}

TEST_CASE("step ids: the server reads back what it sealed, the browser reads nothing", "[server]") {
  const testing::TemporaryFolder folder;
  const StepSeal seal(new_key(folder));
  const std::string id = seal.sealed(halves);
  CHECK(id.find("halves") == id.npos);
  CHECK(id.find("c0ffee") == id.npos);
  const auto opened = seal.opened(id);
  REQUIRE(opened);
  CHECK(opened->pupil == halves.pupil);
  CHECK(opened->number == halves.number);
  CHECK(opened->name == halves.name);
  CHECK(StepSeal(new_key(folder)).sealed(halves) ==
        id);  // the step on the screen keeps its id over a restart
}

TEST_CASE("step ids: the same step of two pupils, or of two schools, looks different", "[server]") {
  const testing::TemporaryFolder one, other;
  const StepSeal here(new_key(one)), there(new_key(other));
  CHECK(here.sealed(halves) != here.sealed({PupilId{8}, halves.number, halves.name}));
  CHECK(here.sealed(halves) != there.sealed(halves));
  CHECK_FALSE(there.opened(here.sealed(halves)));
}

TEST_CASE("step ids: no change of an id goes unnoticed", "[server]") {
  const testing::TemporaryFolder folder;
  const StepSeal seal(new_key(folder));
  const std::string id = seal.sealed(halves);
  for (std::size_t place = 0; place + 1 < id.size(); ++place) {
    std::string changed = id;
    changed[place] = changed[place] == 'A' ? 'B' : 'A';
    CHECK_FALSE(seal.opened(changed));
  }
  for (const std::string& other : {std::string(), halves.name, id + "AAAA", std::string(9'999, 'A')})
    CHECK_FALSE(seal.opened(other));
}

}  // namespace trede::conversation
