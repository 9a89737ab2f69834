// A school whose memory runs out, at the start or in the middle of answers: an error or an end with a sentence, never a
// crash, and what was acknowledged is there afterwards.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>

#include "engine/random.hpp"
#include "server/commands/out_of_memory.hpp"
#include "server/store/chain.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/failing_memory.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

namespace trede::practice {
namespace {

constexpr int refused_to_open = 1;
constexpr long allocations = 2'000;
constexpr unsigned patience_s = 20;  // with a sitting of some milliseconds

enum class From { Start, Answers };

// What the child tells its parent, also when it ends at once.
class Acknowledged {
 public:
  Acknowledged()
      : count_(static_cast<std::atomic<int>*>(::mmap(
            nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
  ~Acknowledged() { ::munmap(count_, sizeof(std::atomic<int>)); }
  Acknowledged(const Acknowledged&) = delete;
  Acknowledged& operator=(const Acknowledged&) = delete;
  std::atomic<int>& operator*() { return *count_; }

 private:
  std::atomic<int>* count_;
};

// The exit code of a process that opens the school, answers six times and closes it.
int sit(PracticeSchool& school, long failing, From from, std::atomic<int>& acknowledged) noexcept {
  commands::end_when_memory_runs_out();
  if (from == From::Start) testing::fail_allocation(failing);
  if (school.reopen().has_error()) return refused_to_open;
  if (from == From::Answers) testing::fail_allocation(failing);
  for (std::size_t i = 0; i < 6; ++i) {
    const std::size_t pupil = i % 2;
    Shard& home = school.shard_of(pupil);
    if (school.pupil(pupil).pending->choice.kind != "exercise") continue;
    const auto judged =
        school.run_on(home, school.service().judge(home, school.pupils[pupil],
                                                   school.answer_to_pending(pupil, i % 3 > 0), Language::Nl));
    if (judged.has_value()) ++acknowledged;
  }
  school.close();
  return 0;
}

std::string text_of(int file) {
  std::string text(64 * 1024, '\0');
  const auto length = ::pread(file, text.data(), text.size(), 0);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  return text;
}

// Whether the process ended as it should: with an exit code that we know, or by glibc, which says so and aborts when it
// has no memory to note the end of a thread's variable.
bool ended_in_order(int status, const std::string& said) {
  if (WIFSIGNALED(status))
    return WTERMSIG(status) == SIGABRT && said.find("Fatal glibc error") != std::string::npos &&
           said.find("out of memory") != std::string::npos;
  const int code = WEXITSTATUS(status);
  return code == 0 || code == refused_to_open || code == commands::out_of_memory_exit;
}

bool sits_in_order(PracticeSchool& school, long failing, From from, std::atomic<int>& acknowledged) {
  const int said = ::memfd_create("said", 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::alarm(patience_s);
    ::signal(SIGABRT, SIG_DFL);  // Catch would tell it as a failure of its own
    ::dup2(said, STDOUT_FILENO);
    ::dup2(said, STDERR_FILENO);
    ::_exit(sit(school, failing, from, acknowledged));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  const std::string text = text_of(said);
  ::close(said);
  const bool in_order = ended_in_order(status, text);
  if (!in_order) UNSCOPED_INFO("status " << status << ", said:\n" << text);
  return in_order;
}

std::int64_t sound_steps_in(const PracticeSchool& school) {
  const auto database = store::Database::open(school.database(), store::Database::Mode::ReadOnly);
  REQUIRE(database.has_value());
  CHECK(store::check_chain(**database).has_value());
  std::int64_t steps = 0;
  for (const auto& event : school.events()) steps += event.kind == store::StepTaken::tag;
  return steps;
}

void check_allocation(PracticeSchool& school, long failing, From from) {
  INFO("allocation " << failing << (from == From::Start ? " of a start" : " while answers come"));
  const std::int64_t before = sound_steps_in(school);
  Acknowledged acknowledged;
  REQUIRE(sits_in_order(school, failing, from, *acknowledged));
  CHECK(sound_steps_in(school) >= before + *acknowledged);
}

std::unique_ptr<PracticeSchool> closed_school() {
  auto school = std::make_unique<PracticeSchool>();
  for (std::size_t pupil = 0; pupil < 2; ++pupil) {
    school->hello(pupil);
    school->skip_placement(pupil);
  }
  school->close();  // no thread is left that a fork would lose
  return school;
}

}  // namespace

TEST_CASE("memory: any allocation may fail, and nothing acknowledged is lost", "[faults]") {
  if (!testing::memory_can_fail()) return;
  const auto school = closed_school();
  Random random(7);
  constexpr int drawn = 50;
  for (int i = 0; i < drawn; ++i)
    check_allocation(*school, 1 + random.below(allocations), i % 2 == 0 ? From::Start : From::Answers);
}

TEST_CASE("memory: each of the first two thousand allocations fails, of a start and of answers",
          "[faults][.slow]") {
  if (!testing::memory_can_fail()) return;
  const auto school = closed_school();
  for (const From from : {From::Start, From::Answers})
    for (long failing = 1; failing <= allocations; ++failing) check_allocation(*school, failing, from);
  testing::figure("reliability", "11: failing allocations without a crash or a loss", "2,000",
                  2.0 * static_cast<double>(allocations), 6);
}

}  // namespace trede::practice
