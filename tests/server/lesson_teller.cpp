#include "tests/server/lesson_teller.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "engine/policy/placement.hpp"
#include "server/net/loops.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds minute_ms = 60'000;
constexpr Milliseconds hour_ms = 60 * minute_ms;
constexpr Milliseconds day_ms = 24 * hour_ms;
constexpr double forgotten_meanwhile = 1e-5;  // logits in the seconds of one answer

Words words_of(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// "a, b; c" → "a, b" and "c", without what stands around them.
std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::istringstream stream(text);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, separator);) {
    const auto begin = part.find_first_not_of(' ');
    if (begin != std::string::npos)
      parts.push_back(part.substr(begin, part.find_last_not_of(' ') - begin + 1));
  }
  return parts;
}

// What stands at the stars of the shape, null when the words do not fit.
std::optional<Words> fitted(const std::string& shape, const Words& words) {
  const Words pattern = words_of(shape);
  Words holes;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == "…") {
      std::string rest;
      for (std::size_t j = i; j < words.size(); ++j) rest += (rest.empty() ? "" : " ") + words[j];
      holes.push_back(rest);
      return holes;
    }
    if (i >= words.size()) return std::nullopt;
    if (pattern[i] == "*")
      holes.push_back(words[i]);
    else if (pattern[i] != words[i])
      return std::nullopt;
  }
  if (words.size() != pattern.size()) return std::nullopt;
  return holes;
}

// Three of four right is what exercises of the right level give.
std::string outcome(const std::string& how, int answer) {
  if (how == "well") return answer % 4 == 3 ? "wrong" : "right";
  return how;
}

auto for_reason(const std::string& reason) {
  return [reason](const store::StoredChoice& choice) { return choice.reason == reason; };
}

auto not_of(const std::string& topic) {
  return [topic](const store::StoredChoice& choice) { return choice.topic != topic; };
}

bool is_video(const store::StoredChoice& choice) {
  return choice.kind == "video";
}

std::vector<std::string> all_but_one(const content::ItemBank& bank, const std::string& topic) {
  std::vector<std::string> ids;
  for (const auto& item : bank.items)
    if (bank.topics[static_cast<std::size_t>(item.topic)].id == topic) ids.push_back(item.id);
  ids.pop_back();
  return ids;
}

protocol::Steering steering_in(const std::string& text, const content::ItemBank& bank) {
  protocol::Steering steering;
  for (const std::string& part : parts_of(text, ';')) {
    const auto space = part.find(' ');
    const std::string what = part.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : part.substr(space + 1);
    if (what == "topics")
      steering.topics = parts_of(rest, ',');
    else if (what == "first")
      steering.must_do = parts_of(rest, ',');
    else if (what == "until")
      steering.until = rest;
    else if (what == "one-exercise-of")
      steering.blocked_items = all_but_one(bank, rest);
    else if (what == "level")
      steering.level = rest;
    else if (what == "pause")
      steering.paused = true;
    else if (what != "nothing")
      FAIL("the teacher cannot fix: " << part);
  }
  return steering;
}

}  // namespace

void LessonTeller::tell(const std::string& line) {
  const bool sight = line.starts_with(' ');
  Words words = words_of(line);
  if (words.back().ends_with('.')) words.back().pop_back();
  if (words.front() == "The") words.front() = "the";
  for (const Sentence& sentence : sight ? sights() : deeds())
    if (const auto holes = fitted(sentence.shape, words)) return sentence.act(*this, *holes);
  FAIL("nobody knows this sentence");
}

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
      {"* minutes pass", [](T& t, const Words& w) { t.school_.now_ms += std::stoi(w[0]) * minute_ms; }},
      {"* days pass", [](T& t, const Words& w) { t.school_.now_ms += std::stoi(w[0]) * day_ms; }},
      {"the clock goes back * hours",
       [](T& t, const Words& w) { t.school_.now_ms -= std::stoi(w[0]) * hour_ms; }},
      {"the server starts anew", [](T& t, const Words&) { t.start_anew(); }},
  };
  return all;
}

const std::vector<LessonTeller::Sentence>& LessonTeller::sights() {
  using T = LessonTeller;
  static const std::vector<Sentence> all = {
      {"a first look is offered", [](T& t, const Words&) { CHECK(t.placement_given() == 0); }},
      {"the first look goes on", [](T& t, const Words&) { CHECK(t.placement_given() > 0); }},
      {"there is no first look", [](T& t, const Words&) { CHECK(t.placement_given() == -1); }},
      {"the first look is over", [](T& t, const Words&) { CHECK(t.judged_.value().placement_ended); }},
      {"the next step is *", [](T& t, const Words& w) { CHECK(t.step().kind == w[0]); }},
      {"the next step is what it was", [](T& t, const Words&) { CHECK(t.step().id == t.seen_); }},
      {"there is a next step", [](T& t, const Words&) { CHECK(t.step().kind != "nothing"); }},
      {"the reason is *", [](T& t, const Words& w) { CHECK(t.step().reason.code == w[0]); }},
      {"the topic is *", [](T& t, const Words& w) { CHECK(t.choice().topic == w[0]); }},
      {"the exercise is another one", [](T& t, const Words&) { CHECK(t.step().id != t.seen_); }},
      {"the exercise is the same one", [](T& t, const Words&) { CHECK(t.step().id == t.seen_); }},
      {"the next * exercises are of *",
       [](T& t, const Words& w) { t.follow(std::stoi(w[0]), [&] { CHECK(t.choice().topic == w[1]); }); }},
      {"among the next * steps one is for *",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), "well", for_reason(w[1]))); }},
      {"among the next * steps none is for *",
       [](T& t, const Words& w) { CHECK_FALSE(t.meets(std::stoi(w[0]), "well", for_reason(w[1]))); }},
      {"among the next * * steps one is for *",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), w[1], for_reason(w[2]))); }},
      {"among the next * * steps one is a video",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), w[1], is_video)); }},
      {"among the next * steps one is on another topic than *",
       [](T& t, const Words& w) { CHECK(t.meets(std::stoi(w[0]), "well", not_of(w[1]))); }},
      {"the next * exercises come right with chance * to *",
       [](T& t, const Words& w) {
         const double share = t.mean_predicted(std::stoi(w[0]));
         CHECK(share >= std::stod(w[1]));
         CHECK(share <= std::stod(w[2]));
       }},
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
      {"the topic * wants refreshing",
       [](T& t, const Words& w) { CHECK(t.standing(w[0]).wants_refreshing); }},
      {"the teacher finds * report", [](T& t, const Words& w) { CHECK(t.reports() == std::stoi(w[0])); }},
  };
  return all;
}

// ---- deeds ----

std::size_t LessonTeller::pupil_named(const std::string& name) {
  const std::vector<std::string> names = {"Noor", "Sem", "Amira", "Daan"};
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) FAIL("there is no pupil " << name);
  pupil_ = static_cast<std::size_t>(found - names.begin());
  if (school_.pupil(pupil_).pending) seen_ = step().id;
  refused_.reset();
  return pupil_;
}

void LessonTeller::answer(std::size_t pupil, const std::string& how, int times) {
  for (int i = 0; i < times; ++i) {
    if (choice().kind != "exercise") FAIL("no exercise waits but a " << choice().kind);
    before_ = school_.pupil(pupil).belief->posterior();
    school_.now_ms += 20'000;
    Shard& home = school_.shard_of(pupil);
    protocol::SubmitAnswer submitted = school_.answer_to_pending(pupil, how == "right");
    if (how == "too-quickly") submitted.elapsed_ms = 600;
    const auto judged =
        school_.run_on(home, school_.service().judge(home, school_.pupils[pupil], submitted, Language::Nl));
    REQUIRE(judged.has_value());
    judged_ = *judged;
  }
}

void LessonTeller::watch(std::size_t pupil) {
  if (choice().kind != "video") FAIL("no video waits but a " << choice().kind);
  judged_ = school_.do_step(pupil, true);
}

void LessonTeller::work(std::size_t pupil, const std::string& how, int times) {
  for (int done = 0; done < times;) {
    if (choice().kind == "video") {
      watch(pupil);
      continue;
    }
    answer(pupil, outcome(how, done++), 1);
  }
}

void LessonTeller::work_until(std::size_t pupil, const std::string& how, const std::string& news,
                              const std::string& topic) {
  constexpr int most = 400, a_session = 12;
  for (int done = 1; done <= most; ++done) {
    const std::string about = choice().topic;
    work(pupil, how, 1);
    if (judged_->topic_news == news && about == topic) return;
    if (done % a_session == 0) school_.now_ms += day_ms;
  }
  FAIL("that news did not come in " << most << " exercises");
}

void LessonTeller::end_placement(std::size_t pupil) {
  for (int left = policy::placement_most; step().placement; --left) {
    if (left == 0) FAIL("the first look does not end");
    answer(pupil, outcome("well", left), 1);
  }
}

void LessonTeller::choose_level(std::size_t pupil, const std::string& level) {
  Shard& home = school_.shard_of(pupil);
  note(school_.run_on(
      home, school_.service().choose_level(home, school_.pupils[pupil], {"level", level}, Language::Nl)));
}

void LessonTeller::put_aside(std::size_t pupil, const std::string& why) {
  Shard& home = school_.shard_of(pupil);
  const protocol::Step now = step();
  note(school_.run_on(home, school_.service().put_aside(home, school_.pupils[pupil],
                                                        {"aside", now.number, now.id, why}, Language::Nl)));
}

void LessonTeller::report(std::size_t pupil) {
  Shard& home = school_.shard_of(pupil);
  const protocol::ReportItem report{"report", step_id(school_.pupil(pupil).last.value().step.choice)};
  note(school_.run_on(home, school_.service().report_item(home, school_.pupils[pupil], report)));
}

void LessonTeller::steer(std::optional<PupilId> only, const std::string& what) {
  heard_.clear();
  school_.listen(pupil_, heard_);
  refused_.reset();
  if (step().kind != "nothing") seen_ = step().id;
  auto steering = steering_in(what, *school_.shard().bank());
  note(school_.run(school_.service().steer(school_.shard(), school_.teacher, school_.class_id, only,
                                           std::move(steering))));
}

void LessonTeller::plan_lesson(const std::string& topic, int days) {
  const protocol::PlanLesson plan{"plan", school_.class_id.value, topic,
                                  date_of(school_.now_ms + days * day_ms)};
  note(school_.run(school_.service().plan_lesson(school_.shard(), school_.teacher, plan)));
}

void LessonTeller::start_anew() {
  const auto opened = school_.reopen();
  if (opened.has_error()) FAIL(opened.error().detail);
}

// ---- sights ----

protocol::Step LessonTeller::step() {
  return step_of(school_.pupil(pupil_), Language::Nl);
}

const store::StoredChoice& LessonTeller::choice() {
  return school_.pupil(pupil_).pending.value().choice;
}

std::int64_t LessonTeller::placement_given() {
  const auto placement = step().placement;
  return placement ? placement->given : -1;
}

void LessonTeller::follow(int count, const std::function<void()>& check) {
  for (int i = 0; i < count; ++i) {
    while (choice().kind == "video") watch(pupil_);
    check();
    answer(pupil_, outcome("well", i), 1);
  }
}

bool LessonTeller::meets(int steps, const std::string& how, const Wanted& wanted) {
  for (int i = 0; i < steps; ++i) {
    if (wanted(choice())) return true;
    if (choice().kind == "nothing") return false;
    if (choice().kind == "video")
      watch(pupil_);
    else
      answer(pupil_, outcome(how, i), 1);
  }
  return false;
}

double LessonTeller::mean_predicted(int count) {
  double sum = 0;
  follow(count, [&] { sum += choice().predicted; });
  return sum / count;
}

double LessonTeller::growth() {
  const Belief& now = *school_.pupil(pupil_).belief;
  const auto topic = now.bank->find_topic(school_.pupil(pupil_).last.value().step.choice.topic);
  return now.posterior().mean(*topic) - before_.mean(*topic);
}

protocol::Standing LessonTeller::standing(const std::string& topic) {
  for (const auto& each : standings_of(school_.pupil(pupil_), *school_.shard().model(), Language::Nl))
    if (each.topic == topic) return each;
  FAIL("there is no topic " << topic);
  return {};
}

int LessonTeller::reports() {
  const auto found = school_.run(school_.running().school().history.reports(Language::Nl));
  REQUIRE(found.has_value());
  return static_cast<int>(found->size());
}

}  // namespace trede::practice
