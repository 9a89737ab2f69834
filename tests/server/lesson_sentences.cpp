#include <cmath>

#include "tests/server/lesson_teller.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds told_minute_ms = 60'000;
constexpr Milliseconds told_hour_ms = 60 * told_minute_ms;
constexpr Milliseconds told_day_ms = 24 * told_hour_ms;
constexpr double forgotten_meanwhile = 1e-5;  // logits in the seconds of one answer

auto for_reason(const std::string& reason) {
  return [reason](const store::StoredChoice& choice) { return choice.reason == reason; };
}

auto of_topic(const std::string& topic) {
  return [topic](const store::StoredChoice& choice) { return choice.topic == topic; };
}

auto not_of(const std::string& topic) {
  return [topic](const store::StoredChoice& choice) { return choice.topic != topic; };
}

bool is_withheld(const store::StoredChoice& choice) {
  return choice.withheld.has_value();
}

bool is_video(const store::StoredChoice& choice) {
  return choice.kind == "video";
}

}  // namespace

const std::vector<LessonTeller::Sentence>& LessonTeller::deeds() {
  using T = LessonTeller;
  static const std::vector<Sentence> all = {
      {"* comes in", [](T& t, const Words& w) { t.school_.hello(t.pupil_named(w[0])); }},
      {"* skips the first look", [](T& t, const Words& w) { t.school_.skip_placement(t.pupil_named(w[0])); }},
      {"* answers *", [](T& t, const Words& w) { t.answer(t.pupil_named(w[0]), w[1], 1); }},
      {"* answers * * times",
       [](T& t, const Words& w) { t.answer(t.pupil_named(w[0]), w[1], std::stoi(w[2])); }},
      {"* works * * times", [](T& t, const Words& w) { t.work(t.pupil_named(w[0]), w[1], std::stoi(w[2])); }},
      {"* works * until the news is * on *",
       [](T& t, const Words& w) { t.work_until(t.pupil_named(w[0]), w[1], w[2], w[3]); }},
      {"* ends the first look", [](T& t, const Words& w) { t.end_placement(t.pupil_named(w[0])); }},
      {"* watches what comes",
       [](T& t, const Words& w) {
         for (const auto pupil = t.pupil_named(w[0]); t.choice().kind == "video";) t.watch(pupil);
       }},
      {"* watches the video", [](T& t, const Words& w) { t.watch(t.pupil_named(w[0])); }},
      {"* chooses the level *", [](T& t, const Words& w) { t.choose_level(t.pupil_named(w[0]), w[1]); }},
      {"* puts the exercise aside as *",
       [](T& t, const Words& w) { t.put_aside(t.pupil_named(w[0]), w[1]); }},
      {"* reports the exercise", [](T& t, const Words& w) { t.report(t.pupil_named(w[0])); }},
      {"the teacher fixes for the class …", [](T& t, const Words& w) { t.steer(std::nullopt, w[0]); }},
      {"the teacher fixes for * …",
       [](T& t, const Words& w) { t.steer(t.school_.pupils[t.pupil_named(w[0])], w[1]); }},
      {"the teacher plans a lesson on * in * days",
       [](T& t, const Words& w) { t.plan_lesson(w[0], std::stoi(w[1])); }},
      {"the author puts * exercises of * on trial",
       [](T& t, const Words& w) { t.set_status(w[1], std::stoi(w[0]), "trial"); }},
      {"the author takes * exercises of * out of use",
       [](T& t, const Words& w) { t.set_status(w[1], std::stoi(w[0]), "retired"); }},
      {"the author takes everything out of use", [](T& t, const Words&) { t.retire_everything(); }},
      {"the bank is published without the subject *", [](T& t, const Words& w) { t.publish_without(w[0]); }},
      {"the whole bank is published", [](T& t, const Words&) { t.publish_without(""); }},
      {"* minutes pass", [](T& t, const Words& w) { t.school_.now_ms += std::stoi(w[0]) * told_minute_ms; }},
      {"* days pass", [](T& t, const Words& w) { t.school_.now_ms += std::stoi(w[0]) * told_day_ms; }},
      {"the clock goes back * hours",
       [](T& t, const Words& w) { t.school_.now_ms -= std::stoi(w[0]) * told_hour_ms; }},
      {"the server starts anew", [](T& t, const Words&) { t.start_anew(); }},
  };
  return all;
}

const std::vector<LessonTeller::Sentence>& LessonTeller::outlooks() {
  using T = LessonTeller;
  static const std::vector<Sentence> all = {
      {"the next * exercises are of *",
       [](T& t, const Words& w) { t.follow(std::stoi(w[0]), [&] { CHECK(t.choice().topic == w[1]); }); }},
      {"among the next * steps one is for *",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), "well", for_reason(w[1]))); }},
      {"among the next * steps none is for *",
       [](T& t, const Words& w) { CHECK_FALSE(t.meets(std::stoi(w[0]), "well", for_reason(w[1]))); }},
      {"among the next * * steps one is for *",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), w[1], for_reason(w[2]))); }},
      {"among the next * * steps none is for *",
       [](T& t, const Words& w) { CHECK_FALSE(t.meets(std::stoi(w[0]), w[1], for_reason(w[2]))); }},
      {"among the next * * steps one is a video",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), w[1], is_video)); }},
      {"among the next * * steps one comes in place of a video",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), w[1], is_withheld)); }},
      {"among the next * steps at most * are for *",
       [](T& t, const Words& w) { CHECK(t.count(std::stoi(w[0]), for_reason(w[2])) <= std::stoi(w[1])); }},
      {"among the next * steps at least * are for *",
       [](T& t, const Words& w) { CHECK(t.count(std::stoi(w[0]), for_reason(w[2])) >= std::stoi(w[1])); }},
      {"among the next * steps at least * are on *",
       [](T& t, const Words& w) { CHECK(t.count(std::stoi(w[0]), of_topic(w[2])) >= std::stoi(w[1])); }},
      {"among the next * steps none is on *",
       [](T& t, const Words& w) { CHECK(t.count(std::stoi(w[0]), of_topic(w[1])) == 0); }},
      {"among the next * steps one is on another topic than *",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), "well", not_of(w[1]))); }},
      {"the next * exercises come right with chance * to *",
       [](T& t, const Words& w) {
         const double share = t.mean_predicted(std::stoi(w[0]));
         CHECK(share >= std::stod(w[1]));
         CHECK(share <= std::stod(w[2]));
       }},
  };
  return all;
}

const std::vector<LessonTeller::Sentence>& LessonTeller::sights() {
  using T = LessonTeller;
  static const std::vector<Sentence> all = {
      {"a first look is offered", [](T& t, const Words&) { CHECK(t.placement_given() == 0); }},
      {"the first look goes on", [](T& t, const Words&) { CHECK(t.placement_given() > 0); }},
      {"there is no first look", [](T& t, const Words&) { CHECK(t.placement_given() == -1); }},
      {"the first look is about everything",
       [](T& t, const Words&) { CHECK(t.step().placement.value().subject.empty()); }},
      {"the first look is about *",
       [](T& t, const Words& w) { CHECK(t.step().placement.value().subject == w[0]); }},
      {"the first look is over", [](T& t, const Words&) { CHECK(t.judged_.value().placement_ended); }},
      {"the next step is *", [](T& t, const Words& w) { CHECK(t.step().kind == w[0]); }},
      {"the next step is what it was", [](T& t, const Words&) { CHECK(t.step().id == t.seen_); }},
      {"there is a next step", [](T& t, const Words&) { CHECK(t.step().kind != "nothing"); }},
      {"the reason is *", [](T& t, const Words& w) { CHECK(t.step().reason.code == w[0]); }},
      {"the topic is *", [](T& t, const Words& w) { CHECK(t.choice().topic == w[0]); }},
      {"the exercise is another one", [](T& t, const Words&) { CHECK(t.step().id != t.seen_); }},
      {"the exercise is the same one", [](T& t, const Words&) { CHECK(t.step().id == t.seen_); }},
      {"it will come right with chance * to *",
       [](T& t, const Words& w) {
         CHECK(t.choice().predicted >= std::stod(w[0]));
         CHECK(t.choice().predicted <= std::stod(w[1]));
       }},
      {"every choice says its chance and among how many",
       [](T& t, const Words&) {
         const protocol::Reason reason = t.step().reason;
         CHECK((reason.probability > 0 && reason.probability <= 1));
         CHECK(reason.candidates >= 1);
       }},
      {"the level is fixed", [](T& t, const Words&) { CHECK(t.step().level_fixed); }},
      {"the level is *", [](T& t, const Words& w) { CHECK(t.step().level == w[0]); }},
      {"the news is *", [](T& t, const Words& w) { CHECK(t.judged_.value().topic_news == w[0]); }},
      {"there is no news", [](T& t, const Words&) { CHECK(t.judged_.value().topic_news.empty()); }},
      {"* answers count today",
       [](T& t, const Words& w) { CHECK(t.judged_.value().answers_today == std::stoi(w[0])); }},
      {"that was too quick", [](T& t, const Words&) { CHECK(t.judged_.value().rapid); }},
      {"that was not too quick", [](T& t, const Words&) { CHECK_FALSE(t.judged_.value().rapid); }},
      {"is something wrong with it", [](T& t, const Words&) { CHECK(t.judged_.value().suspect); }},
      {"nothing is wrong with it", [](T& t, const Words&) { CHECK_FALSE(t.judged_.value().suspect); }},
      {"the ability is as it was",
       [](T& t, const Words&) { CHECK(std::abs(t.growth()) < forgotten_meanwhile); }},
      {"the ability is higher", [](T& t, const Words&) { CHECK(t.growth() > 0.0); }},
      {"the ability is lower", [](T& t, const Words&) { CHECK(t.growth() < 0.0); }},
      {"that is not refused", [](T& t, const Words&) { CHECK_FALSE(t.refused_.has_value()); }},
      {"that is refused", [](T& t, const Words&) { CHECK(t.refused_.has_value()); }},
      {"the open page hears of it",
       [](T& t, const Words&) { CHECK_FALSE(std::exchange(t.heard_, {}).empty()); }},
      {"the topic * is finished", [](T& t, const Words& w) { CHECK(t.standing(w[0]).finished); }},
      {"the topic * is not finished", [](T& t, const Words& w) { CHECK_FALSE(t.standing(w[0]).finished); }},
      {"the topic * is finished at a higher level",
       [](T& t, const Words& w) { CHECK(t.standing(w[0]).finished_higher); }},
      {"the topic * is not finished at a higher level",
       [](T& t, const Words& w) { CHECK_FALSE(t.standing(w[0]).finished_higher); }},
      {"the topic * wants refreshing",
       [](T& t, const Words& w) { CHECK(t.standing(w[0]).wants_refreshing); }},
      {"teacher and author hear that * exercises lack on *",
       [](T& t, const Words& w) { CHECK(t.is_told_of_gap(w[1], w[0])); }},
      {"the teacher finds * report", [](T& t, const Words& w) { CHECK(t.reports() == std::stoi(w[0])); }},
  };
  return all;
}

}  // namespace trede::practice
