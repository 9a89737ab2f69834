#include "tests/server/lesson_teller.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

#include "engine/policy/placement.hpp"
#include "server/net/loops.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds lesson_day_ms = 86'400'000;

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

void erase_where(boost::json::array& values, const char* member, const std::string& equals) {
  const auto is_meant = [&](const auto& value) { return value.at(member).as_string() == equals; };
  values.erase(std::remove_if(values.begin(), values.end(), is_meant), values.end());
}

// A bank without one of its subjects, its topics and all that is about these.
void take_out(content::Source& source, const std::string& subject) {
  auto bank = boost::json::parse(source["bank.json"]).as_object();
  erase_where(bank["domains"].as_array(), "id", subject);
  source["bank.json"] = boost::json::serialize(bank);
  auto topics = boost::json::parse(source["topics.json"]).as_array();
  std::set<std::string> gone;
  for (const auto& topic : topics)
    if (topic.at("domain").as_string() == subject) gone.emplace(topic.at("id").as_string());
  erase_where(topics, "domain", subject);
  source["topics.json"] = boost::json::serialize(topics);
  std::set<std::string> folders;
  for (const auto& [path, text] : source)
    if (path.starts_with("items/") || path.ends_with("video.json"))
      if (gone.contains(std::string(boost::json::parse(text).at("topic").as_string())))
        folders.insert(path.ends_with("video.json") ? path.substr(0, path.rfind('/')) : path);
  std::erase_if(source, [&](const auto& file) {
    return folders.contains(file.first) || folders.contains(file.first.substr(0, file.first.rfind('/')));
  });
}

}  // namespace

void LessonTeller::tell(const std::string& line) {
  const bool sight = line.starts_with(' ');
  Words words = words_of(line);
  if (words.back().ends_with('.')) words.back().pop_back();
  if (words.front() == "The") words.front() = "the";
  const auto tells = [&](const std::vector<Sentence>& known) {
    for (const Sentence& sentence : known)
      if (const auto holes = fitted(sentence.shape, words)) {
        sentence.act(*this, *holes);
        return true;
      }
    return false;
  };
  if (sight ? !tells(sights()) && !tells(outlooks()) : !tells(deeds())) FAIL("nobody knows this sentence");
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
    if (done % a_session == 0) school_.now_ms += lesson_day_ms;
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
                                  date_of(school_.now_ms + days * lesson_day_ms)};
  note(school_.run(school_.service().plan_lesson(school_.shard(), school_.teacher, plan)));
}

void LessonTeller::publish_without(const std::string& subject) {
  auto source = *content::read_folder(lesson_bank);
  if (!subject.empty()) take_out(source, subject);
  school_.publish(source);
}

void LessonTeller::retire_everything() {
  auto source = *content::read_folder(lesson_bank);
  for (auto& [path, text] : source) {
    if (!path.starts_with("items/")) continue;
    auto item = boost::json::parse(text).as_object();
    item["status"] = "retired";
    text = boost::json::serialize(item);
  }
  school_.publish(source);
}

void LessonTeller::set_status(const std::string& topic, int count, const std::string& status) {
  for (const auto& id : school_.items_of(topic))
    if (count-- > 0) school_.publish_status(id, status);
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

int LessonTeller::count(int steps, const Wanted& wanted) {
  int found = 0;
  for (int i = 0; i < steps; ++i) {
    found += wanted(choice());
    if (choice().kind == "video")
      watch(pupil_);
    else
      answer(pupil_, outcome("well", i), 1);
  }
  return found;
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

bool LessonTeller::is_told_of_gap(const std::string& topic, const std::string& lacks) {
  const auto model = school_.shard().model();
  const auto change = change_of(school_.pupil(pupil_), *model, school_.now_ms);
  const auto found = school_.run(school_.running().school().insight.of(model, Language::Nl));
  REQUIRE(found.has_value());
  const bool teacher = std::count(change.gaps.begin(), change.gaps.end(), std::pair(topic, lacks)) > 0;
  const bool author = std::any_of(found->gaps.begin(), found->gaps.end(),
                                  [&](const auto& gap) { return gap.topic == topic && gap.lacks == lacks; });
  return teacher && author;
}

int LessonTeller::reports() {
  const auto found = school_.run(school_.running().school().history.reports(Language::Nl));
  REQUIRE(found.has_value());
  return static_cast<int>(found->size());
}

}  // namespace trede::practice
