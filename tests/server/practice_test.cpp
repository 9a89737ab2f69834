#include "server/practice/practice_service.hpp"

#include <algorithm>

#include "engine/random.hpp"
#include "server/net/loops.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

std::int64_t count_of_steps(const std::vector<store::Event>& events) {
  return std::count_if(events.begin(), events.end(),
                       [](const auto& event) { return event.kind == store::StepTaken::tag; });
}

void check_same_belief(const Belief& first, const Belief& second) {
  CHECK((first.posterior().means - second.posterior().means).cwiseAbs().maxCoeff() < 1e-9);
  CHECK((first.posterior().covariances - second.posterior().covariances).cwiseAbs().maxCoeff() < 1e-9);
}

void change_database(const std::filesystem::path& file, const std::string& sql) {
  auto database = store::Database::open(file, store::Database::Mode::ReadWrite);
  REQUIRE(database.has_value());
  (*database)->execute(sql);
}

}  // namespace

TEST_CASE(
    "practice: an answer is judged, stored with the next choice as one event, and answered with the next "
    "step") {
  PracticeSchool school;
  const auto welcome = school.hello(0);
  CHECK(welcome.number == 0);
  CHECK(welcome.step.number == 1);
  CHECK_FALSE(welcome.lost);
  const auto judged = school.do_step(0, true);
  CHECK(judged.number == 1);
  CHECK(judged.next.number == 2);

  const auto events = school.events();
  REQUIRE(events.size() == 2);  // practice-started, step-taken
  CHECK(events[1].subject == school.pupils[0].value);
  CHECK(events[1].number == 1);
  const auto taken = protocol::decode<store::StepTaken>(events[1].payload);
  REQUIRE(taken.has_value());
  CHECK(taken->next.reason == judged.next.reason.code);
  CHECK(taken->next.probability > 0);
  CHECK(taken->next.probability <= 1);
  CHECK(taken->digest.size() == 4);
}

TEST_CASE("practice: right answers raise the belief, wrong ones lower it, and the feedback says which") {
  PracticeSchool school;
  school.hello(0);
  school.hello(1);
  for (int i = 0; i < 6; ++i) {
    const auto right = school.do_step(0, true);
    const auto wrong = school.do_step(1, false);
    if (right.feedback) CHECK(right.feedback->right);
    if (wrong.feedback) CHECK_FALSE(wrong.feedback->right);
    if (wrong.feedback) CHECK_FALSE(wrong.feedback->solution.empty());
  }
  CHECK(tracking::topic_means(school.pupil(0).belief->posterior()).sum() >
        tracking::topic_means(school.pupil(1).belief->posterior()).sum());
}

TEST_CASE("practice: an answer that cannot be read is invalid, not wrong, and changes nothing") {
  PracticeSchool school;
  school.hello(0);
  auto submitted = school.answer_to_pending(0, true);
  submitted.answer = {};
  const auto judged =
      school.run(school.service().judge(school.shard(), school.pupils[0], submitted, Language::Nl));
  REQUIRE(judged.has_error());
  CHECK(judged.error().code == ErrorCode::Invalid);
  CHECK(school.pupil(0).number == 0);
  CHECK(count_of_steps(school.events()) == 0);
  CHECK(school.do_step(0, true).number == 1);
}

TEST_CASE("practice: the same message twice is one event and the same reply, also after a restart") {
  PracticeSchool school;
  school.hello(0);
  const auto submitted = school.answer_to_pending(0, false);
  const auto judge = [&] {
    return school.run(school.service().judge(school.shard(), school.pupils[0], submitted, Language::Nl));
  };
  const auto first = judge();
  const auto second = judge();
  REQUIRE(first.has_value());
  REQUIRE(second.has_value());
  CHECK(protocol::encode(*first) == protocol::encode(*second));
  REQUIRE(school.reopen().has_value());
  auto third = judge();
  REQUIRE(third.has_value());
  // The journal's text gives a number back to the last digit but one.
  CHECK(third->next.reason.probability == Approx(first->next.reason.probability).epsilon(1e-12));
  third->next.reason = first->next.reason;
  CHECK(protocol::encode(*first) == protocol::encode(*third));
  CHECK(count_of_steps(school.events()) == 1);

  auto other = submitted;
  other.request = "another page of the same pupil";
  CHECK(school.run(school.service().judge(school.shard(), school.pupils[0], other, Language::Nl))
            .error()
            .code == ErrorCode::Conflict);
}

TEST_CASE("practice: an answer to another step than the one on the screen is refused") {
  PracticeSchool school;
  school.hello(0);
  auto submitted = school.answer_to_pending(0, true);
  submitted.number += 1;
  CHECK(school.run(school.service().judge(school.shard(), school.pupils[0], submitted, Language::Nl))
            .error()
            .code == ErrorCode::Conflict);
  submitted.number -= 1;
  submitted.step = "1:exercise:half-of-amount:0000000000000001";
  CHECK(school.run(school.service().judge(school.shard(), school.pupils[0], submitted, Language::Nl))
            .error()
            .code == ErrorCode::Conflict);
  CHECK(count_of_steps(school.events()) == 0);
}

TEST_CASE("practice: replay gives back the very same state") {
  PracticeSchool school;
  for (std::size_t pupil = 0; pupil < 3; ++pupil) school.hello(pupil);
  Random random(5);
  for (int i = 0; i < 60; ++i) {
    if (i % 20 == 19) school.now_ms += 3 * 86'400'000;  // days without practice
    school.do_step(static_cast<std::size_t>(random.below(3)), random.uniform() < 0.7);
  }
  std::vector<PupilState> before;
  for (std::size_t pupil = 0; pupil < 3; ++pupil) before.push_back(school.pupil(pupil));
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().replayed().steps == 60);
  for (std::size_t pupil = 0; pupil < 3; ++pupil) {
    const PupilState& after = school.pupil(pupil);
    check_same_belief(*before[pupil].belief, *after.belief);
    CHECK(after.number == before[pupil].number);
    CHECK(after.answers_today == before[pupil].answers_today);
    CHECK(step_of(after, Language::En).id == step_of(before[pupil], Language::En).id);
    CHECK(after.pending->choice.probability ==
          Approx(before[pupil].pending->choice.probability).epsilon(1e-12));
    CHECK(protocol::encode_plain(row_of(after, *school.shard().model(), school.now_ms)) ==
          protocol::encode_plain(row_of(before[pupil], *school.shard().model(), school.now_ms)));
  }
}

TEST_CASE("practice: a class that moved to the next school year is replayed as it was") {
  PracticeSchool school;
  school.hello(0);
  for (int i = 0; i < 5; ++i) school.do_step(0, true);
  const Belief before = *school.pupil(0).belief;
  school.close();
  change_database(school.database(), "UPDATE class SET school_year = 'groep6'");
  REQUIRE(school.reopen().has_value());
  check_same_belief(before, *school.pupil(0).belief);
  const double mean_of_groep6 = school.pupil(0).school_year_mean;
  CHECK(mean_of_groep6 < -0.7);
}

TEST_CASE("practice: a journal whose outcome was changed afterwards is noticed at the start") {
  PracticeSchool school;
  school.hello(0);
  for (int i = 0; i < 5; ++i) school.do_step(0, true);
  school.close();
  change_database(
      school.database(),
      "UPDATE event SET payload = replace(payload, '\"right\":true', '\"right\":false') WHERE number = "
      "(SELECT MIN(number) FROM event WHERE payload LIKE '%\"right\":true%')");
  const auto reopened = school.reopen();
  REQUIRE(reopened.has_error());
  CHECK(reopened.error().detail.find("after step ") != std::string::npos);
}

TEST_CASE("practice: steps that the journal lost are asked for again and taken from the browser") {
  PracticeSchool school;
  school.hello(0);
  school.do_step(0, true);
  std::vector<protocol::SubmitAnswer> kept;  // as the browser keeps them
  while (kept.size() < 3) {
    if (school.pupil(0).pending->choice.kind == "exercise")
      kept.push_back(school.answer_to_pending(0, kept.size() != 1));
    else
      kept.clear();
    const bool right = kept.empty() || kept.size() != 2;
    school.do_step(0, right);
  }
  const auto number = school.pupil(0).number;
  school.close();
  change_database(school.database(), "DELETE FROM event WHERE number > " + std::to_string(number - 3));
  REQUIRE(school.reopen().has_value());

  const auto welcome = school.hello(0, number);
  CHECK(welcome.lost);
  CHECK(welcome.number == number - 3);
  for (const auto& answer : kept) {
    const auto judged =
        school.run(school.service().judge(school.shard(), school.pupils[0], answer, Language::Nl));
    if (judged.has_error()) FAIL(judged.error().detail);
    CHECK(judged->number == answer.number);
  }
  CHECK_FALSE(school.hello(0, number).lost);
}

TEST_CASE("practice: a planned lesson offers its video first and then three exercises as a readiness check") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  const auto& bank = *school.shard().bank();
  REQUIRE_FALSE(bank.videos.empty());
  const std::string topic = bank.topics[static_cast<std::size_t>(bank.videos.front().topic)].id;
  const protocol::PlanLesson plan{"p", school.class_id.value, topic, date_of(school.now_ms + 86'400'000)};
  const auto lesson = school.run(school.service().plan_lesson(school.shard(), school.teacher, plan));
  REQUIRE(lesson.has_value());

  auto judged = school.do_step(0, true);  // the step that was already on the screen
  CHECK(judged.next.kind == "video");
  CHECK(judged.next.reason.code == "lesson-video");
  CHECK(judged.next.lesson_date == plan.date);
  for (int check = 0; check < readiness_exercises; ++check) {
    judged = school.do_step(0, true);
    CHECK(judged.next.kind == "exercise");
    CHECK(judged.next.reason.code == "readiness-check");
  }
  judged = school.do_step(0, false);
  CHECK(judged.next.reason.code != "readiness-check");

  REQUIRE(school.reopen().has_value());
  const auto* room = school.shard().classroom(school.class_id);
  const auto page = room->dashboard().lesson_page(lesson->id, *school.shard().bank(), Language::Nl);
  REQUIRE(page.has_value());
  const auto noor = std::find_if(page->pupils.begin(), page->pupils.end(),
                                 [](const auto& each) { return each.name == "Noor"; });
  REQUIRE(noor != page->pupils.end());
  CHECK(noor->watched == 1.0);
  CHECK(noor->checks_done == 3);
  CHECK(noor->checks_right == 2);
}

TEST_CASE(
    "practice: a lesson in the past or on an unknown topic is refused, a cancelled one is no longer "
    "offered") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  const auto& bank = *school.shard().bank();
  const std::string topic = bank.topics[static_cast<std::size_t>(bank.videos.front().topic)].id;
  const auto plan = [&](const std::string& of, const std::string& date) {
    return school.run(
        school.service().plan_lesson(school.shard(), school.teacher, {"p", school.class_id.value, of, date}));
  };
  CHECK(plan(topic, "2000-01-01").error().code == ErrorCode::Invalid);
  CHECK(plan(topic, "2099-13-01").error().code == ErrorCode::Invalid);
  CHECK(plan(topic, "tomorrow").error().code == ErrorCode::Invalid);
  CHECK(plan("no-such-topic", "2099-01-01").error().code == ErrorCode::NotFound);
  const auto lesson = plan(topic, "2099-01-01");
  REQUIRE(lesson.has_value());
  REQUIRE(
      school.run(school.service().cancel_lesson(school.shard(), school.teacher, school.class_id, lesson->id))
          .has_value());
  CHECK(school.do_step(0, true).next.reason.code != "lesson-video");
}

TEST_CASE("practice: of two lessons the one that is held first is prepared first, whenever it was planned") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  const auto& bank = *school.shard().bank();
  const std::string with_video = bank.topics[static_cast<std::size_t>(bank.videos.front().topic)].id;
  for (const std::string date : {"2099-01-08", "2099-01-01"})
    REQUIRE(school
                .run(school.service().plan_lesson(school.shard(), school.teacher,
                                                  {"p", school.class_id.value, with_video, date}))
                .has_value());
  CHECK(school.do_step(0, true).next.lesson_date == "2099-01-01");
}

TEST_CASE("practice: a question reaches the lesson's page with its moment, also after a restart") {
  PracticeSchool school;
  school.hello(0);
  const auto& bank = *school.shard().bank();
  const std::string topic = bank.topics[static_cast<std::size_t>(bank.videos.front().topic)].id;
  const auto lesson = school.run(school.service().plan_lesson(
      school.shard(), school.teacher, {"p", school.class_id.value, topic, "2099-01-01"}));
  REQUIRE(lesson.has_value());
  const protocol::AskQuestion question{"q", bank.videos.front().id, 20.0, "  Waarom is dat zo?"};
  REQUIRE(school.run(school.service().ask_question(school.shard(), school.pupils[0], question)).has_value());
  const protocol::AskQuestion blank{"q", bank.videos.front().id, 20.0, "  \n"};
  CHECK(school.run(school.service().ask_question(school.shard(), school.pupils[0], blank)).error().code ==
        ErrorCode::Invalid);
  for (int restart = 0; restart < 2; ++restart) {
    const auto page = school.shard()
                          .classroom(school.class_id)
                          ->dashboard()
                          .lesson_page(lesson->id, *school.shard().bank(), Language::Nl);
    REQUIRE(page.has_value());
    REQUIRE(page->questions.size() == 1);
    CHECK(page->questions[0].name == "Noor");
    CHECK(page->questions[0].at_s == 20.0);
    CHECK(page->questions[0].text == "Waarom is dat zo?");
    REQUIRE(school.reopen().has_value());
  }
}

TEST_CASE("practice: hints come one by one, are counted, and never beyond the last") {
  PracticeSchool school;
  school.hello(0);
  const auto item =
      school.pupil(0).pending->bank->items[static_cast<std::size_t>(school.pupil(0).pending->index)];
  const auto take = [&] {
    return school.run(school.service().take_hint(school.shard(), school.pupils[0], {"h", 1}, Language::Nl));
  };
  for (std::size_t left = item.hints.size(); left-- > 0;) {
    const auto hint = take();
    REQUIRE(hint.has_value());
    CHECK(hint->left == static_cast<std::int64_t>(left));
  }
  CHECK(take().error().code == ErrorCode::NotFound);
  school.do_step(0, true);
  const auto taken = protocol::decode<store::StepTaken>(school.events().back().payload);
  CHECK(taken->hints == static_cast<std::int64_t>(item.hints.size()));
}

TEST_CASE(
    "practice: when the disk is full nothing is acknowledged and memory stays as it was; with room again it "
    "goes on") {
  PracticeSchool school;
  school.hello(0);
  const auto allow_pages = [&](const std::string& pages) {
    REQUIRE(school.running()
                .journal()
                .write_and_wait([pages](store::Database& database) -> Result<std::int64_t> {
                  database.execute("PRAGMA max_page_count=" + pages);
                  return 0;
                })
                .has_value());
  };
  allow_pages("1");  // no page more than there are now
  std::optional<Error> failure;
  while (!failure) {
    REQUIRE(school.pupil(0).number < 100);
    const auto step = step_of(school.pupil(0), Language::Nl);
    if (step.kind == "video") {
      allow_pages("1000000");
      school.do_step(0, true);
      allow_pages("1");
      continue;
    }
    const auto judged = school.run(school.service().judge(school.shard(), school.pupils[0],
                                                          school.answer_to_pending(0, true), Language::Nl));
    if (judged.has_error()) failure = judged.error();
  }
  CHECK(failure->code == ErrorCode::Unavailable);
  CHECK(count_of_steps(school.events()) == school.pupil(0).number);
  const auto number = school.pupil(0).number;
  allow_pages("1000000");
  school.do_step(0, true);
  CHECK(school.pupil(0).number == number + 1);
  REQUIRE(school.reopen().has_value());
  CHECK(school.pupil(0).number == number + 1);
}

}  // namespace trede::practice
