#include "server/practice/dates.hpp"
#include "server/practice/steering_past.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds day = 86'400'000;

protocol::Steering fixed_level(std::string level) {
  protocol::Steering steering;
  steering.level = std::move(level);
  return steering;
}

void steer_now(PracticeSchool& school, const protocol::Steering& steering) {
  REQUIRE(school
              .run(school.service().steer(school.shard(), school.teacher, school.class_id, std::nullopt,
                                          steering))
              .has_value());
}

boost::json::array past_of(PracticeSchool& school) {
  TeacherDesk desk(school);
  return desk.ask(protocol::OpenSteeringPast{"past", school.class_id.value}).at("periods").as_array();
}

std::int64_t answers(const boost::json::value& period, const char* when) {
  return period.at(when).at("answers").to_number<std::int64_t>();
}

store::Event decided(Milliseconds at_ms, std::int64_t subject, const char* scope,
                     const protocol::Steering& steering) {
  return store::event_of(at_ms, subject, 0, store::SteeringSet{1, scope, steering});
}

}  // namespace

TEST_CASE("past of steering: a fixed level is shown with what was practised then and just before") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  for (int i = 0; i < 5; ++i) school.do_step(0, i % 2 == 0);
  CHECK(past_of(school).empty());
  steer_now(school, fixed_level("easy"));
  for (int i = 0; i < 9; ++i) school.do_step(0, i % 3 != 0);
  const auto held = past_of(school);
  REQUIRE(held.size() == 1);
  CHECK(held[0].at("steering").at("level") == "easy");
  CHECK(held[0].at("to_ms") == 0);
  const std::int64_t during = answers(held[0], "during");
  CHECK(during >= 7);  // a video may be among the nine steps
  CHECK(answers(held[0], "before") > 0);
  CHECK(held[0].at("during").at("pupils") == 1);
  steer_now(school, {});
  for (int i = 0; i < 4; ++i) school.do_step(0, true);
  const auto over = past_of(school);
  REQUIRE(over.size() == 1);
  CHECK(over[0].at("to_ms") != 0);
  CHECK(answers(over[0], "during") == during);
}

TEST_CASE("past of steering: it stays with the class, and another's class is not found") {
  PracticeSchool school;
  TeacherDesk desk(school);
  CHECK(desk.outcome(protocol::OpenSteeringPast{"past", school.class_id.value + 1}) == "not-found");
}

TEST_CASE("past of steering: topics are weighed by their own answers, until their last day") {
  const Milliseconds start = test_start_ms / day * day;
  SteeringPast past(ClassId{1}, {PupilId{2}}, start + 6 * day);
  protocol::Steering week;
  week.must_do = {"adding"};
  week.until = date_of(start + day);
  REQUIRE(past.decide(decided(start, 1, "class", week)).has_value());
  REQUIRE(past.decide(decided(start, 1, "pupil", fixed_level("hard"))).has_value());  // a pupil with that id
  const auto answered = [&](Milliseconds at_ms, const char* topic, bool right, double mean) {
    past.answer(PupilId{2}, {at_ms, topic, right, mean});
  };
  answered(start - 1000, "adding", true, 0.0);
  answered(start + 1000, "halves", true, 1.0);
  answered(start + 2000, "adding", true, 0.25);
  answered(start + 3000, "adding", false, 0.125);
  answered(start + 3 * day, "adding", true, 2.0);
  const auto periods = past.periods();
  REQUIRE(periods.size() == 1);
  CHECK(periods[0].pupil == 0);
  CHECK(periods[0].to_ms == start + 2 * day);
  CHECK(periods[0].during.answers == 2);
  CHECK(periods[0].during.right == 1);
  CHECK(periods[0].during.gain == Approx(0.125));
  CHECK(periods[0].before.answers == 1);
  CHECK(periods[0].before.gain == Approx(0.0));
}

}  // namespace trede::practice
