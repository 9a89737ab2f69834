// The journal on a disk that fails: every write, sync and opening in turn, a power cut at any moment, a full disk, a
// folder that is taken away. What was acknowledged is there afterwards, and nothing crashes.
#include <sys/wait.h>
#include <unistd.h>

#include <future>
#include <set>

#include "server/store/event_log.hpp"
#include "tests/server/faulty_disk.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/server/journal_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

namespace trede::store {
namespace {

namespace fs = std::filesystem;
using testing::FaultyDisk;
using testing::TemporaryFolder;
using Numbers = std::set<std::int64_t>;

// Every event that is there, and that they are a sound journal.
Numbers stored_in(const fs::path& file) {
  const auto database = Database::open(file, Database::Mode::ReadOnly);
  REQUIRE(database.has_value());
  CHECK((*database)->connection().execAndGet("PRAGMA integrity_check").getString() == "ok");
  CHECK(check_chain(**database).has_value());
  Numbers numbers;
  const auto read = read_events(**database, 0, [&](const Event& event) -> Result<void> {
    CHECK(event.kind == HintTaken::tag);  // and nothing was told lost
    CHECK(numbers.insert(event.number).second);
    return {};
  });
  CHECK(read.has_value());
  return numbers;
}

bool has_all(const Numbers& stored, const Numbers& acknowledged) {
  return std::includes(stored.begin(), stored.end(), acknowledged.begin(), acknowledged.end());
}

// Twice: open, write, some alone and some in groups, close. The numbers that were acknowledged; told as they are.
void write_in_two_sittings(const fs::path& file, Numbers& acknowledged) {
  constexpr int alone = 6, together = 6;
  for (int sitting = 0; sitting < 2; ++sitting) {
    auto journal = Journal::open(file);
    if (journal.has_error()) continue;
    std::int64_t next = 1 + sitting * (alone + together);
    for (int i = 0; i < alone; ++i, ++next)
      if ((*journal)->write_and_wait(append(numbered(next))).has_value()) acknowledged.insert(next);
    for (int i = 0; i < together; ++i, ++next)
      (*journal)->write(append(numbered(next)), [&acknowledged, next](const Result<std::int64_t>& written) {
        if (written.has_value()) acknowledged.insert(next);
      });
  }
}

int operations_of_two_sittings() {
  const TemporaryFolder folder;
  FaultyDisk disk;
  Numbers acknowledged;
  write_in_two_sittings(folder.path() / "school.db", acknowledged);
  CHECK(acknowledged.size() == 24);
  return disk.operations();
}

void check_fault(int operation, FaultyDisk::Fault fault, bool lasting) {
  INFO("operation " << operation << ", fault " << static_cast<int>(fault)
                    << (lasting ? ", lasting" : ", once"));
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "school.db";
  Numbers acknowledged;
  FaultyDisk disk;
  if (lasting)
    disk.fail_from(operation, fault);
  else
    disk.fail_once(operation, fault);
  write_in_two_sittings(file, acknowledged);
  disk.repair();
  {
    auto journal = Journal::open(file);
    REQUIRE(journal.has_value());
    if ((*journal)->write_and_wait(append(numbered(99))).has_value()) acknowledged.insert(99);
  }
  CHECK(acknowledged.contains(99));
  CHECK(has_all(stored_in(file), acknowledged));
}

constexpr FaultyDisk::Fault kinds[] = {FaultyDisk::Fault::Io, FaultyDisk::Fault::Short,
                                       FaultyDisk::Fault::Full};

// The power goes before some operation of the two sittings.
void check_power_cut(std::uint64_t seed, int operations) {
  INFO("seed " << seed);
  const TemporaryFolder folder, left;
  Random random(seed);
  Numbers acknowledged, at_cut;
  FaultyDisk disk;
  disk.remember();
  disk.cut_at(1 + random.below(operations), [&] {
    disk.leave_behind(left.path(), random);
    const fs::path mark = folder.path() / "school.mark";
    if (fs::exists(mark) && random.uniform() < 0.5) fs::copy_file(mark, left.path() / "school.mark");
    at_cut = acknowledged;
  });
  write_in_two_sittings(folder.path() / "school.db", acknowledged);
  disk.cut_at_last();  // when fewer operations were needed this time: other groups, no checkpoint while idle
  const fs::path file = left.path() / "school.db";
  { REQUIRE(Journal::open(file).has_value()); }
  CHECK(has_all(stored_in(file), at_cut));
}

// Whether a process that may only read gets an error that names the file; root may write everything.
bool is_refused_to_strangers(const fs::path& file) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    constexpr uid_t nobody = 65'534;
    if (::geteuid() == 0 && ::setresuid(nobody, nobody, nobody) != 0) ::_exit(3);
    const auto journal = Journal::open(file);
    ::_exit(journal.has_error() && !journal.error().detail.empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

TEST_CASE("journal: any write, sync or opening may fail, once or for good, and no reply was false",
          "[faults]") {
  const int operations = operations_of_two_sittings();
  Random random(11);
  constexpr int drawn = 60;
  for (int i = 0; i < drawn; ++i)
    check_fault(1 + random.below(operations), kinds[random.below(3)], random.uniform() < 0.5);
}

TEST_CASE("journal: each write, sync and opening in turn fails in three ways, once and for good",
          "[faults][.slow]") {
  const int operations = operations_of_two_sittings();
  int faults = 0;
  for (int operation = 1; operation <= operations; ++operation)
    for (const auto kind : kinds)
      for (const bool lasting : {false, true}) {
        check_fault(operation, kind, lasting);
        ++faults;
      }
  testing::figure("reliability", "10: faults without a false reply or a crash", "all of ≥ 500", faults, 6);
  CHECK(faults >= 500);
}

TEST_CASE("journal: a power cut that keeps unsynced writes as it likes loses nothing acknowledged",
          "[faults]") {
  const int operations = operations_of_two_sittings();
  for (std::uint64_t seed = 1; seed <= 150; ++seed) check_power_cut(seed, operations);
}

TEST_CASE("journal: ten thousand power cuts lose nothing acknowledged", "[faults][.slow]") {
  const int operations = operations_of_two_sittings();
  constexpr std::uint64_t cuts = 10'000;
  for (std::uint64_t seed = 1'000; seed < 1'000 + cuts; ++seed) check_power_cut(seed, operations);
  testing::figure("reliability", "13: power cuts without a loss", "10,000", static_cast<double>(cuts), 6);
}

TEST_CASE("journal: a folder that is taken away is told, and what comes back goes on", "[faults]") {
  const TemporaryFolder folder;
  const fs::path school = folder.path() / "school", elsewhere = folder.path() / "elsewhere";
  fs::create_directory(school);
  auto journal = Journal::open(school / "school.db");
  REQUIRE(journal.has_value());
  REQUIRE((*journal)->write_and_wait(append(numbered(1))).has_value());
  fs::rename(school, elsewhere);
  const auto refused = (*journal)->write_and_wait(append(numbered(2)));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == ErrorCode::Unavailable);
  CHECK(refused.error().detail.find("taken away") != std::string::npos);
  CHECK((*journal)->figures().failing.value() == 1);  // /readyz says so
  fs::rename(elsewhere, school);
  while ((*journal)->figures().failing.value() == 1)  // it finds out by itself
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK((*journal)->write_and_wait(append(numbered(3))).has_value());
  journal->reset();
  CHECK(stored_in(school / "school.db") == Numbers{1, 3});
}

TEST_CASE("journal: a folder or a database that may not be written is told in a sentence", "[faults]") {
  const TemporaryFolder folder;
  const fs::path school = folder.path() / "school", file = school / "school.db";
  fs::create_directory(school);
  fs::permissions(folder.path(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  constexpr auto read_only =
      fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec;
  fs::permissions(school, read_only);
  CHECK(is_refused_to_strangers(file));  // there is none, and it cannot be made
  fs::permissions(school, fs::perms::owner_all);
  { REQUIRE(Journal::open(file).has_value()); }
  fs::permissions(file, fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(school, read_only);
  CHECK(is_refused_to_strangers(file));
  fs::permissions(school, fs::perms::owner_all);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  CHECK(Journal::open(file).has_value());
}

TEST_CASE("journal: the write-ahead log stays within its bound", "[faults]") {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "school.db";
  auto journal = Journal::open(file);
  REQUIRE(journal.has_value());
  constexpr int events = 3'000;
  std::promise<void> all;
  for (int i = 1; i <= events; ++i)
    (*journal)->write(append({0, 0, "hint-taken", 1, i, std::string(12'000, 'x')}),
                      [&all, i](const Result<std::int64_t>& written) {
                        CHECK(written.has_value());
                        if (i == events) all.set_value();
                      });
  all.get_future().wait();
  // A group may pass the bound before it is looked at: 512 events of 4 pages.
  constexpr std::uintmax_t page = 4'096, bound = (limits::wal_pages + 512 * 4 + 100) * (page + 24);
  CHECK(fs::file_size(file.string() + "-wal") <= bound);
  CHECK(fs::file_size(file) > 10'000'000);
}

}  // namespace trede::store

namespace trede::practice {

TEST_CASE("practice: a full disk is told to the pupil, and when there is room it goes on without a restart",
          "[faults]") {
  testing::FaultyDisk disk;
  PracticeSchool school;
  for (std::size_t pupil = 0; pupil < 3; ++pupil) school.hello(pupil);
  for (int i = 0; i < 9; ++i) school.do_step(static_cast<std::size_t>(i % 3), true);
  disk.fail_from(1, testing::FaultyDisk::Fault::Full);
  for (std::size_t pupil = 0; pupil < 3; ++pupil) {
    if (school.pupil(pupil).pending->choice.kind != "exercise") continue;
    const auto number = school.pupil(pupil).number;
    for (int attempt = 0; attempt < 2; ++attempt) {
      Shard& home = school.shard_of(pupil);
      const auto judged =
          school.run_on(home, school.service().judge(home, school.pupils[pupil],
                                                     school.answer_to_pending(pupil, true), Language::Nl));
      REQUIRE(judged.has_error());
      CHECK(judged.error().code == ErrorCode::Unavailable);
      CHECK(school.pupil(pupil).number == number);
    }
  }
  CHECK(disk.failed() > 0);
  disk.repair();
  for (int i = 0; i < 9; ++i) school.do_step(static_cast<std::size_t>(i % 3), false);
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().replayed().steps == 18);
  school.close();
}

}  // namespace trede::practice
