// Alerts on the answer path: raised by answers, held, acknowledged by a person, the same after a restart.
#include <fmt/format.h>

#include <algorithm>

#include "engine/random.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr std::int64_t as_fast_as_a_click = 600;

// Answers until so many exercises are done; each after so many milliseconds.
void practise(PracticeSchool& school, std::size_t pupil, int exercises, bool right, std::int64_t elapsed_ms) {
  while (exercises > 0) {
    if (school.pupil(pupil).pending->choice.kind != "exercise") {
      school.do_step(pupil, true);
      continue;
    }
    school.now_ms += elapsed_ms + 2'000;
    auto answer = school.answer_to_pending(pupil, right);
    answer.elapsed_ms = elapsed_ms;
    Shard& home = school.shard_of(pupil);
    const auto judged =
        school.run_on(home, school.service().judge(home, school.pupils[pupil], answer, Language::Nl));
    REQUIRE(judged.has_value());
    --exercises;
  }
}

std::vector<protocol::AlertRow> alerts_shown(PracticeSchool& school) {
  return school.shard().classroom(school.class_id)->dashboard().alerts();
}

const protocol::AlertRow* shown_of(const std::vector<protocol::AlertRow>& alerts, const std::string& kind) {
  const auto place =
      std::find_if(alerts.begin(), alerts.end(), [&](const auto& alert) { return alert.kind == kind; });
  return place == alerts.end() ? nullptr : &*place;
}

std::string as_text(const std::vector<protocol::AlertRow>& alerts) {
  std::string text;
  for (const auto& alert : alerts)
    text += fmt::format("{} {} {} {} {:.9f} {} {}\n", alert.pupil, alert.kind, alert.cause, alert.topic,
                        alert.probability, alert.evidence, alert.since_ms);
  return text;
}

protocol::AcknowledgeAlert seen(const protocol::AlertRow& alert) {
  return {"seen", alert.pupil, alert.kind, alert.topic, true};
}

}  // namespace

TEST_CASE("teaching: answers too fast to have been read are told to the teacher, with their evidence") {
  PracticeSchool school;
  school.hello(0);
  practise(school, 0, 8, true, 24'000);
  CHECK(alerts_shown(school).empty());
  practise(school, 0, 5, false, as_fast_as_a_click);
  const auto alerts = alerts_shown(school);
  const auto* told = shown_of(alerts, "disengaged");
  REQUIRE(told);
  CHECK(told->pupil == school.pupils[0].value);
  CHECK(told->probability > 0.8);
  CHECK(told->evidence >= 10);

  TeacherDesk desk(school);
  const auto page = desk.ask(protocol::WatchClass{"again", content::Language::Nl, 0});
  CHECK(page.at("alerts").as_array().size() == alerts.size());
}

TEST_CASE("teaching: an alert that was seen goes, and comes back only on evidence that is new") {
  PracticeSchool school;
  school.hello(0);
  practise(school, 0, 6, true, 24'000);
  practise(school, 0, 6, false, as_fast_as_a_click);
  TeacherDesk desk(school);
  REQUIRE(shown_of(alerts_shown(school), "disengaged"));
  const auto alert = *shown_of(alerts_shown(school), "disengaged");
  CHECK(desk.outcome(seen(alert)) == "noted");
  CHECK_FALSE(shown_of(alerts_shown(school), "disengaged"));
  CHECK(desk.outcome(seen(alert)) == "not-found");

  const auto events = school.events();
  const auto fact = protocol::decode<store::AlertAcknowledged>(events.back().payload);
  REQUIRE(fact.has_value());
  CHECK(events.back().subject == school.pupils[0].value);
  CHECK(fact->teacher == school.teacher.value);
  CHECK(fact->probability == Approx(alert.probability));

  practise(school, 0, new_evidence - 1, false, as_fast_as_a_click);
  CHECK_FALSE(shown_of(alerts_shown(school), "disengaged"));
  practise(school, 0, 1, false, as_fast_as_a_click);
  CHECK(shown_of(alerts_shown(school), "disengaged"));
}

TEST_CASE("teaching: an alert that nobody saw goes when as many new answers say otherwise") {
  PracticeSchool school;
  school.hello(0);
  practise(school, 0, 6, true, 24'000);
  practise(school, 0, 6, false, as_fast_as_a_click);
  REQUIRE(shown_of(alerts_shown(school), "disengaged"));
  practise(school, 0, 6, true, 24'000);
  CHECK(shown_of(alerts_shown(school), "disengaged"));
  practise(school, 0, 2 * new_evidence, true, 24'000);
  CHECK_FALSE(shown_of(alerts_shown(school), "disengaged"));
}

TEST_CASE("teaching: a restart tells the teacher exactly what was told before") {
  PracticeSchool school;
  Random random(8);
  for (std::size_t pupil = 0; pupil < 3; ++pupil) school.hello(pupil);
  for (int i = 0; i < 40; ++i) {
    practise(school, 0, 1, random.uniform() < 0.3, as_fast_as_a_click);
    practise(school, 1, 1, i < 20 || random.uniform() < 0.2, 24'000);
    practise(school, 2, 1, true, 24'000);
    if (i % 15 == 14) school.now_ms += 86'400'000;
    const auto alerts = alerts_shown(school);
    if (i != 20 || !shown_of(alerts, "disengaged")) continue;
    TeacherDesk desk(school);
    desk.ask(seen(*shown_of(alerts, "disengaged")));
  }
  const std::string before = as_text(alerts_shown(school));
  const auto watched = school.pupil(1).belief->watch;
  CHECK(before.find("disengaged") != std::string::npos);
  REQUIRE(school.reopen().has_value());
  CHECK(as_text(alerts_shown(school)) == before);
  const auto& again = school.pupil(1).belief->watch;
  CHECK(again.answers == watched.answers);
  CHECK(again.drop_odds == Approx(watched.drop_odds).epsilon(1e-9));
  REQUIRE(again.progress.size() == watched.progress.size());
  CHECK(again.progress[0].still.log_likelihood ==
        Approx(watched.progress[0].still.log_likelihood).epsilon(1e-9));
}

TEST_CASE("teaching: a hint that comes before reading is remembered as such, also over a restart") {
  PracticeSchool school;
  school.hello(0);
  while (school.pupil(0).pending->choice.kind != "exercise") school.do_step(0, true);
  const auto number = school.pupil(0).number + 1;
  const protocol::TakeHint quick{"hint", number, 900};
  REQUIRE(school.run(school.service().take_hint(school.shard(), school.pupils[0], quick, Language::Nl))
              .has_value());
  REQUIRE(school.reopen().has_value());
  school.hello(0);
  school.do_step(0, true);
  CHECK(insight::newest(school.pupil(0).belief->watch, 1).front().quick_hint);
  practise(school, 0, 1, true, 24'000);
  CHECK_FALSE(insight::newest(school.pupil(0).belief->watch, 1).front().quick_hint);
  REQUIRE(school.reopen().has_value());
  CHECK(insight::newest(school.pupil(0).belief->watch, 2).back().quick_hint);
}

TEST_CASE("teaching: a teacher acknowledges nothing of pupils who are not the teacher's") {
  PracticeSchool school;
  school.hello(3);
  practise(school, 3, 6, true, 24'000);
  practise(school, 3, 6, false, as_fast_as_a_click);
  REQUIRE(find(school.pupil(3).notices, "disengaged", "") != nullptr);
  TeacherDesk desk(school);
  const auto events = school.events().size();
  CHECK(desk.outcome(protocol::AcknowledgeAlert{"a", school.pupils[3].value, "disengaged", "", true}) ==
        "not-found");
  CHECK(desk.outcome(protocol::AcknowledgeAlert{"a", 999'999, "disengaged", "", true}) == "not-found");
  CHECK(desk.outcome(protocol::AcknowledgeAlert{"a", school.teacher.value, "stuck", "", true}) ==
        "not-found");
  CHECK(school.events().size() == events);
  CHECK(find(school.pupil(3).notices, "disengaged", "") != nullptr);
}

}  // namespace trede::practice
