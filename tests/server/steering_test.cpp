#include <algorithm>

#include "server/net/loops.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

Result<Sequence> steer(PracticeSchool& school, protocol::Steering steering,
                       std::optional<PupilId> only = std::nullopt) {
  return school.run(
      school.service().steer(school.shard(), school.teacher, school.class_id, only, std::move(steering)));
}

// Steering that fixes one thing.
template <class T>
protocol::Steering fixing(T protocol::Steering::*what, T value) {
  protocol::Steering steering;
  steering.*what = std::move(value);
  return steering;
}
protocol::Steering week_of(std::vector<std::string> topics) {
  return fixing(&protocol::Steering::topics, std::move(topics));
}
protocol::Steering blocking(std::vector<std::string> items) {
  return fixing(&protocol::Steering::blocked_items, std::move(items));
}
protocol::Steering paused() {
  return fixing(&protocol::Steering::paused, true);
}

}  // namespace

TEST_CASE("steering: this week's topics bound what is practised, for who answers and after a restart") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  REQUIRE(steer(school, week_of({"adding"})).has_value());
  school.do_step(0, true);  // what lay on the screen may be finished
  for (int i = 0; i < 6; ++i) {
    CHECK(school.pupil(0).pending->choice.topic == "adding");
    if (i == 3) REQUIRE(school.reopen().has_value());
    school.do_step(0, i % 2 == 0);
  }
}

TEST_CASE("steering: an exercise that is blocked is shown by its question, for the class and for a pupil") {
  PracticeSchool school;
  const auto items = school.items_of("halves");
  REQUIRE(steer(school, blocking({items[0]})).has_value());
  REQUIRE(steer(school, blocking({items[1]}), school.pupils[0]).has_value());
  TeacherDesk desk(school);
  const auto shown = desk.ask(protocol::OpenSteering{"open", school.class_id.value, 0});
  const auto& names = shown.at("items").as_array();
  REQUIRE(names.size() == 2);
  for (const auto& name : names) {
    CHECK(name.at("topic").as_string() == "halves");
    CHECK(name.at("preview").as_string().size() > 5);
  }
  const auto set = desk.ask(
      protocol::SetSteering{"set", school.class_id.value, school.pupils[0].value, blocking({items[0]})});
  REQUIRE(set.at("items").as_array().size() == 1);
  CHECK(set.at("items").at(0).at("id").as_string() == items[0]);
}

TEST_CASE("steering: after its last day the week's plan no longer holds") {
  PracticeSchool school;
  const std::string today = date_of(school.now_ms);
  Decisions decisions;
  decisions.of_class = week_of({"adding"});
  decisions.of_class.must_do = {"adding"};
  decisions.of_class.until = today;
  const auto& bank = *school.shard().bank();
  CHECK(in_force(decisions, bank, today).topics == std::vector<int>{*bank.find_topic("adding")});
  const auto afterwards = in_force(decisions, bank, date_of(school.now_ms + 86'400'000));
  CHECK(afterwards.topics.empty());
  CHECK(afterwards.must_do.empty());
}

TEST_CASE(
    "steering: what is fixed for a pupil goes before what is fixed for the class, and both before his wish") {
  Decisions decisions;
  decisions.level = policy::Level::Easy;
  CHECK(level_in_force(decisions) == policy::Level::Easy);
  CHECK_FALSE(level_is_fixed(decisions));
  decisions.of_class.level = "hard";
  CHECK(level_in_force(decisions) == policy::Level::Hard);
  decisions.of_pupil.level = "adaptive";
  CHECK(level_in_force(decisions) == policy::Level::Adaptive);
  CHECK(level_is_fixed(decisions));
}

TEST_CASE("steering: a plan that leaves nothing to practise is refused, and says what is wrong") {
  PracticeSchool school;
  const auto& bank = *school.shard().bank();
  protocol::Steering nothing_left = week_of({"adding"});
  for (const auto& item : bank.items)
    if (bank.topics[static_cast<std::size_t>(item.topic)].id == "adding")
      nothing_left.blocked_items.push_back(item.id);
  CHECK(steer(school, nothing_left).error().code == ErrorCode::Invalid);
  CHECK(steer(school, week_of({"no-such-topic"})).error().code == ErrorCode::NotFound);
  CHECK(steer(school, blocking({"no-such-item"})).error().code == ErrorCode::NotFound);
  CHECK(steer(school, fixing(&protocol::Steering::level, std::string("impossible"))).error().code ==
        ErrorCode::Invalid);
  CHECK(steer(school, fixing(&protocol::Steering::until, std::string("next week"))).error().code ==
        ErrorCode::Invalid);
  CHECK(
      steer(school, week_of(std::vector<std::string>(limits::steering_entries + 1, "adding"))).error().code ==
      ErrorCode::TooLarge);
  CHECK(steer(school, {}, school.pupils[3]).error().code == ErrorCode::NotFound);  // of another class
  CHECK(school.events().empty());
}

TEST_CASE("steering: a pause covers the step that waits, and the page hears of both ends at once") {
  PracticeSchool school;
  const auto step = school.hello(0).step;
  std::vector<std::string> heard;
  school.listen(0, heard);
  REQUIRE(steer(school, paused()).has_value());
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].find("\"paused\"") != std::string::npos);
  CHECK(school.hello(0).step.reason.code == "paused");
  REQUIRE(school.reopen().has_value());
  CHECK(school.hello(0).step.reason.code == "paused");
  heard.clear();
  school.listen(0, heard);
  REQUIRE(steer(school, {}).has_value());
  REQUIRE(heard.size() == 1);
  CHECK(heard[0].find(step.id) != std::string::npos);
  CHECK(school.hello(0).step.id == step.id);
}

TEST_CASE("steering: an exercise that the teacher blocks leaves the screen at once") {
  PracticeSchool school;
  school.hello(0);
  const std::string item = school.pupil(0).pending->choice.id;
  std::vector<std::string> heard;
  school.listen(0, heard);
  REQUIRE(steer(school, blocking({item}), school.pupils[0]).has_value());
  CHECK(school.pupil(0).pending->choice.id != item);
  REQUIRE(heard.size() == 1);
  const auto before = school.pupil(0).pending->choice;
  REQUIRE(school.reopen().has_value());
  CHECK(school.pupil(0).pending->choice.id == before.id);
  CHECK(school.pupil(0).pending->choice.seed == before.seed);
  for (int i = 0; i < 20; ++i) CHECK(school.do_step(0, i % 3 != 0).next.id.find(item) == std::string::npos);
}

}  // namespace trede::practice
