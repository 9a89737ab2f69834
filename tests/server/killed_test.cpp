// A server that is killed with kill −9 while it learns: a process of its own, so nothing is closed, flushed or told.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "engine/random.hpp"
#include "server/protocol/codec.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

constexpr int first_publication = 20, killed_after = 35, last_step = 60;
constexpr std::size_t practising = 3;

net::awaitable<std::int64_t> version_on_loop(Shard& shard) {
  co_return shard.model()->parameters->version;
}

void publish_all(PracticeSchool& school) {
  const auto published = school.run(school.running().parameters().publish_now());
  REQUIRE(published.has_value());
  while (school.run(version_on_loop(school.shard())) < *published)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

// The number of a step decides who does it, when, and whether it is right.
template <class Told>
void live(PracticeSchool& school, int from, int to, const Told& told) {
  for (int step = from; step < to; ++step) {
    if (step == first_publication) publish_all(school);
    school.now_ms = test_start_ms + step * Milliseconds{20'000};
    school.do_step(static_cast<std::size_t>(step) % practising,
                   Random(static_cast<std::uint64_t>(step)).uniform() < 0.6);
    told();
  }
}

void begin_all(PracticeSchool& school) {
  for (std::size_t pupil = 0; pupil < practising; ++pupil) school.hello(pupil);
}

template <class Kind>
std::vector<Kind> all_of(const PracticeSchool& school) {
  std::vector<Kind> found;
  for (const auto& event : school.events()) {
    if (event.kind != Kind::tag) continue;
    const auto read = protocol::decode<Kind>(event.payload);
    REQUIRE(read.has_value());
    found.push_back(*read);
  }
  return found;
}

// Opens the school in a child that writes a byte a step, and kills it in the middle of the next one.
void live_until_killed(PracticeSchool& school) {
  school.close();
  int told[2];
  REQUIRE(pipe(told) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      if (school.reopen().has_error()) _exit(1);
      begin_all(school);
      live(school, 0, last_step * 1'000, [&] {
        if (write(told[1], "", 1) != 1) _exit(2);
      });
    } catch (...) {
    }
    _exit(3);
  }
  close(told[1]);
  char byte = 0;
  int steps = 0;
  while (steps < killed_after && read(told[0], &byte, 1) == 1) ++steps;
  kill(child, SIGKILL);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  close(told[0]);
  REQUIRE(steps == killed_after);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(school.reopen().has_value());
}

}  // namespace

TEST_CASE("parameters: killed in the middle of a window, a server learns what it would have learned") {
  const auto nothing = [] {};
  PracticeSchool whole, killed;
  begin_all(whole);
  live(whole, 0, last_step, nothing);
  publish_all(whole);

  live_until_killed(killed);
  const auto durable = static_cast<int>(all_of<store::StepTaken>(killed).size());
  REQUIRE(durable >= killed_after);
  REQUIRE(durable < last_step);
  CHECK(killed.run(version_on_loop(killed.shard())) == 1);
  live(killed, durable, last_step, nothing);
  publish_all(killed);

  const auto steps = all_of<store::StepTaken>(whole), again = all_of<store::StepTaken>(killed);
  REQUIRE(steps.size() == again.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CHECK(steps[i].next.id == again[i].next.id);
    CHECK(steps[i].parameters == again[i].parameters);
    REQUIRE(steps[i].digest.size() == again[i].digest.size());
    for (std::size_t k = 0; k < steps[i].digest.size(); ++k)
      CHECK(steps[i].digest[k] == Approx(again[i].digest[k]).margin(1e-9));
  }
  const auto first = all_of<store::ParametersPublished>(whole);
  const auto second = all_of<store::ParametersPublished>(killed);
  REQUIRE(first.size() == 2);
  REQUIRE(second.size() == 2);
  REQUIRE(first[1].items.size() == second[1].items.size());
  for (std::size_t i = 0; i < first[1].items.size(); ++i) {
    CHECK(first[1].items[i].id == second[1].items[i].id);
    CHECK(first[1].items[i].difficulty == Approx(second[1].items[i].difficulty).margin(1e-9));
    CHECK(first[1].items[i].log_slope == Approx(second[1].items[i].log_slope).margin(1e-9));
    CHECK(first[1].items[i].answers == second[1].items[i].answers);
  }
  REQUIRE(first[1].effects.size() == second[1].effects.size());
  for (std::size_t i = 0; i < first[1].effects.size(); ++i)
    CHECK(first[1].effects[i].value == Approx(second[1].effects[i].value).margin(1e-9));
}

}  // namespace trede::practice
