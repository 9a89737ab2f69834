// The nightly calibration with real processes: what a child may do, and that nothing else happens.
#include <signal.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <thread>

#include "server/practice/nightly.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds a_minute_ms = 60'000;
constexpr Milliseconds a_day_ms = 24 * 60 * a_minute_ms;
constexpr std::chrono::milliseconds nap{5};

std::filesystem::path program() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "trede";
}

std::vector<store::ParametersPublished> versions_in(const PracticeSchool& school) {
  std::vector<store::ParametersPublished> versions;
  for (const auto& event : school.events())
    if (event.kind == store::ParametersPublished::tag)
      versions.push_back(*protocol::decode<store::ParametersPublished>(event.payload));
  return versions;
}

// Two days of a class that gets right what its bank says, except for one exercise that nobody ever does.
std::string practise_two_days(PracticeSchool& school, int steps_a_day) {
  const std::string hard = school.shard().bank()->items.front().id;
  Random random(11);
  for (std::size_t pupil = 0; pupil < 3; ++pupil) school.hello(pupil);
  for (int day = 0; day < 2; ++day) {
    for (int i = 0; i < steps_a_day; ++i) {
      const auto pupil = static_cast<std::size_t>(i % 3);
      const auto& choice = school.pupil(pupil).pending->choice;
      school.do_step(pupil, choice.id != hard && random.uniform() < choice.predicted);
    }
    school.now_ms += a_day_ms;
  }
  return hard;
}

// Runs once with this child and waits until it is over.
void run_once(PracticeSchool& school, const std::filesystem::path& child,
              std::chrono::milliseconds time = limits::nightly_time) {
  const NightlyPlan plan{school.database(), std::nullopt, child, time};
  Nightly nightly(
      plan, [&] { return school.now_ms.load(); }, school.running().parameters());
  nightly.run_now();
  while (nightly.finished() == 0) std::this_thread::sleep_for(nap);
}

// What is queued for the owner of the parameters has happened when this returns.
void settle(PracticeSchool& school) {
  REQUIRE(school.run(school.running().parameters().publish_now()).has_value());
}

class Script {
 public:
  explicit Script(const std::string& body) {
    std::ofstream(file()) << "#!/bin/sh\n" << body << "\n";
    std::filesystem::permissions(file(), std::filesystem::perms::owner_all);
  }
  std::filesystem::path file() const { return folder_.path() / "child.sh"; }
  std::filesystem::path note() const { return folder_.path() / "note"; }

 private:
  testing::TemporaryFolder folder_;
};

NightlyReport good_report(std::int64_t items) {
  NightlyReport report;
  report.day = "2027-01-15";
  report.through = 3;
  report.answers = 1'000;
  report.last_day_answers = 500;
  report.log_loss_before = 0.6;
  report.log_loss_after = 0.5;
  report.iterations = 10;
  report.converged = true;
  report.items = items;
  return report;
}

Result<NightlyResult> through_file(const NightlyResult& result) {
  const testing::TemporaryFolder folder;
  REQUIRE(write_result(result, folder.path() / "result").has_value());
  return read_result(folder.path() / "result");
}

}  // namespace

TEST_CASE("nightly: an exercise that is harder than its author thought is published as such") {
  PracticeSchool school;
  const auto hard = practise_two_days(school, 400);
  run_once(school, program());
  settle(school);
  const auto versions = versions_in(school);
  REQUIRE(versions.size() == 1);
  CHECK(versions[0].origin == "nightly");
  const auto item = std::find_if(versions[0].items.begin(), versions[0].items.end(),
                                 [&](const auto& each) { return each.id == hard; });
  REQUIRE(item != versions[0].items.end());
  const auto& bank = *school.shard().bank();
  const auto index = static_cast<std::size_t>(*bank.find_item(hard));
  CHECK(item->difficulty > bank.catalogue.items[index].parameters.difficulty + 0.5);
  REQUIRE(school.reopen().has_value());
  const auto& learned = school.shard().model()->parameters->items;
  CHECK(learned.at(hard).difficulty == Approx(item->difficulty));
}

TEST_CASE("nightly: a day with few answers decides nothing") {
  PracticeSchool school;
  practise_two_days(school, 20);
  run_once(school, program());
  settle(school);
  for (const auto& version : versions_in(school)) CHECK(version.origin != "nightly");
}

TEST_CASE("nightly: a child that fails, dies, hangs, writes nonsense or is not there changes nothing") {
  PracticeSchool school;
  school.hello(0);
  const Script fails("exit 3"), dies("kill -9 $$"), hangs("exec sleep 600"), talks("echo '{}' > \"$5\""),
      silent("exit 0");
  using std::chrono::milliseconds;
  run_once(school, fails.file());
  run_once(school, dies.file());
  run_once(school, hangs.file(), milliseconds{50});
  run_once(school, talks.file());
  run_once(school, silent.file());
  run_once(school, "/no/such/program");
  settle(school);
  CHECK(versions_in(school).empty());
  school.do_step(0, true);
}

TEST_CASE("nightly: a stop of the server ends the child") {
  PracticeSchool school;
  const Script hangs(
      "echo $$ > \"$(dirname \"$0\")/making\"; mv \"$(dirname \"$0\")/making\" \"$(dirname \"$0\")/note\"; "
      "exec sleep 600");
  {
    const NightlyPlan plan{school.database(), std::nullopt, hangs.file()};
    Nightly nightly(
        plan, [&] { return school.now_ms.load(); }, school.running().parameters());
    nightly.run_now();
    while (!std::filesystem::exists(hangs.note())) std::this_thread::sleep_for(nap);
  }
  pid_t child = 0;
  std::ifstream(hangs.note()) >> child;
  REQUIRE(child > 0);
  CHECK(kill(child, 0) == -1);
}

TEST_CASE("nightly: the hour is in UTC, and the next one is always ahead") {
  const Milliseconds midnight = 20'000 * a_day_ms;
  CHECK(next_time(midnight, 180) == midnight + 180 * a_minute_ms);
  CHECK(next_time(midnight + 179 * a_minute_ms, 180) == midnight + 180 * a_minute_ms);
  CHECK(next_time(midnight + 180 * a_minute_ms, 180) == midnight + a_day_ms + 180 * a_minute_ms);
}

TEST_CASE("nightly: a result is believed only when it is whole, better and possible") {
  const store::LearnedItem item{"half-of-amount", 0.2, 1.0, 0.04, 0.01, 0.03, 40, 3.0, 0.25, 30};
  const auto read = through_file({good_report(1), {item}});
  REQUIRE(read.has_value());
  CHECK(read->items[0].difficulty == Approx(1.0));
  CHECK(through_file({good_report(0), {}})->items.empty());

  const auto refused = [&](auto change) {
    NightlyResult result{good_report(1), {item}};
    change(result);
    return through_file(result).has_error();
  };
  CHECK(refused([](auto& result) { result.report.items = 2; }));
  CHECK(refused([](auto& result) { result.report.log_loss_after = 0.6; }));
  CHECK(refused([](auto& result) { result.report.last_day_answers = 5; }));
  CHECK(refused([](auto& result) { result.items[0].difficulty = 40; }));
  CHECK(refused([](auto& result) { result.items[0].log_slope = -9; }));
  CHECK(refused([](auto& result) { result.items[0].difficulty_variance = -0.1; }));
  CHECK(refused([](auto& result) { result.items[0].covariance = 1; }));
  CHECK(refused([](auto& result) { result.items[0].answers = 0; }));
}

TEST_CASE("nightly: other work has its own hour, every night") {
  PracticeSchool school;
  std::atomic<int> times = 0;
  NightlyPlan plan{school.database(), std::nullopt};
  plan.other_minute_of_day = 150;
  plan.other_work = [&] { ++times; };
  Nightly nightly(
      plan, [&] { return school.now_ms.load(); }, school.running().parameters());
  for (int night = 1; night <= 2; ++night) {
    std::this_thread::sleep_for(20 * nap);  // it has seen the clock
    nightly.look();
    CHECK(times == night - 1);
    school.now_ms += a_day_ms;
    nightly.look();
    while (times < night) std::this_thread::sleep_for(nap);
  }
}

}  // namespace trede::practice
