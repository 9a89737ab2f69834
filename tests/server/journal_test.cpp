#include "server/store/journal.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <set>

#include "server/store/bank_store.hpp"
#include "server/store/data_folder.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/journal_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::store {
namespace {

using testing::TemporaryFolder;

Event hint(std::int64_t pupil, std::int64_t step) {
  return event_of(1'000, pupil, 0, HintTaken{step});
}

// Writes numbered events as fast as the journal takes them and tells each acknowledged number through the
// pipe.
[[noreturn]] void write_until_killed(const std::filesystem::path& file, int pipe) {
  auto journal = Journal::open(file);
  for (std::int64_t number = 1;; ++number) {
    (*journal)->write(append(event_of(0, 1, number, HintTaken{number})),
                      [pipe, number](Result<std::int64_t> written) {
                        if (written.has_value() && ::write(pipe, &number, sizeof number) != sizeof number)
                          ::_exit(1);
                      });
    if (number % 64 == 0) ::usleep(500);
  }
}

}  // namespace

TEST_CASE("journal: sequences follow the order of writing and survive reopening") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "school.db";
  {
    auto journal = Journal::open(file);
    REQUIRE(journal.has_value());
    CHECK(*(*journal)->write_and_wait(append(hint(1, 1))) == 1);
    CHECK(*(*journal)->write_and_wait(append(hint(2, 1))) == 2);
  }
  auto again = Journal::open(file);
  REQUIRE(again.has_value());
  CHECK(*(*again)->write_and_wait(append(hint(3, 1))) == 3);
  CHECK(events_in(file).size() == 3);
}

TEST_CASE("journal: a change that fails is undone alone, its neighbours in the group stay") {
  const TemporaryFolder folder;
  auto journal = Journal::open(folder.path() / "school.db");
  REQUIRE(journal.has_value());
  const auto half_done = [](Database& database) -> Result<std::int64_t> {
    (void)append(hint(9, 9))(database);
    return Error{ErrorCode::Invalid, "changed its mind"};
  };
  std::promise<void> all_done;
  std::vector<bool> written;
  const auto note = [&](Result<std::int64_t> result) {
    written.push_back(result.has_value());
    if (written.size() == 3) all_done.set_value();
  };
  (*journal)->write(append(hint(1, 1)), note);
  (*journal)->write(half_done, note);
  (*journal)->write(append(hint(2, 1)), note);
  all_done.get_future().wait();
  CHECK(written == std::vector<bool>{true, false, true});
  const auto events = events_in((*journal)->file());
  REQUIRE(events.size() == 2);
  CHECK(events[0].subject == 1);
  CHECK(events[1].subject == 2);
}

TEST_CASE("journal: one running number of a pupil is never used twice") {
  const TemporaryFolder folder;
  auto journal = Journal::open(folder.path() / "school.db");
  REQUIRE(journal.has_value());
  const Event step = event_of(0, 5, 1, StepTaken{});
  CHECK((*journal)->write_and_wait(append(step)).has_value());
  CHECK((*journal)->write_and_wait(append(step)).error().code == ErrorCode::Conflict);
  CHECK((*journal)->write_and_wait(append(event_of(0, 6, 1, StepTaken{}))).has_value());
}

TEST_CASE("journal: what was acknowledged before kill -9 is there afterwards") {
  for (int round = 0; round < 3; ++round) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "school.db";
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) write_until_killed(file, ends[1]);
    ::close(ends[1]);
    std::set<std::int64_t> acknowledged;
    std::int64_t number = 0;
    while (acknowledged.size() < 500u + 300u * static_cast<unsigned>(round) &&
           ::read(ends[0], &number, sizeof number) == sizeof number)
      acknowledged.insert(number);
    ::kill(child, SIGKILL);
    while (::read(ends[0], &number, sizeof number) == sizeof number) acknowledged.insert(number);
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);

    auto journal = Journal::open(file);
    REQUIRE(journal.has_value());
    std::set<std::int64_t> stored;
    for (const auto& event : events_in(file)) CHECK(stored.insert(event.number).second);
    CHECK(std::includes(stored.begin(), stored.end(), acknowledged.begin(), acknowledged.end()));
  }
}

TEST_CASE("journal: a database of a newer program is refused in a sentence") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "school.db";
  {
    auto database = Database::open(file, Database::Mode::ReadWrite);
    REQUIRE(database.has_value());
    (*database)->execute("PRAGMA user_version=999");
  }
  const auto journal = Journal::open(file);
  REQUIRE(journal.has_error());
  CHECK(journal.error().detail.find("newer version of Trede") != std::string::npos);
}

TEST_CASE("journal: a failed commit is an error for everybody in the group and nothing is half there") {
  const TemporaryFolder folder;
  auto journal = Journal::open(folder.path() / "school.db");
  REQUIRE(journal.has_value());
  REQUIRE((*journal)->write_and_wait(append(hint(1, 1))).has_value());
  const auto no_more_pages = [](Database& database) -> Result<std::int64_t> {
    database.execute(
        "PRAGMA max_page_count=1");  // the smallest the file may still be: any growth now fails as on a full disk
    return 0;
  };
  REQUIRE((*journal)->write_and_wait(no_more_pages).has_value());
  const auto large = (*journal)->write_and_wait(append({0, 0, "note", 1, 0, std::string(1'000'000, 'x')}));
  REQUIRE(large.has_error());
  CHECK(large.error().code == ErrorCode::Unavailable);
  const auto more_pages = [](Database& database) -> Result<std::int64_t> {
    database.execute("PRAGMA max_page_count=1000000");
    return 0;
  };
  REQUIRE((*journal)->write_and_wait(more_pages).has_value());
  CHECK((*journal)->write_and_wait(append(hint(2, 1))).has_value());
  CHECK(events_in((*journal)->file()).size() == 2);
}

TEST_CASE("data folder: a second program is kept out, and a folder that cannot be made is named") {
  const TemporaryFolder folder;
  {
    const auto first = DataFolder::open(folder.path() / "school");
    REQUIRE(first.has_value());
    const auto second = DataFolder::open(folder.path() / "school");
    REQUIRE(second.has_error());
    CHECK(second.error().detail.find("another Trede program") != std::string::npos);
  }
  CHECK(DataFolder::open(folder.path() / "school").has_value());
  const auto impossible = DataFolder::open("/proc/no-such-folder");
  REQUIRE(impossible.has_error());
  CHECK(impossible.error().detail.find("/proc/no-such-folder") != std::string::npos);
}

TEST_CASE("bank store: versions share texts, and somebody else's newer version is never overwritten") {
  const TemporaryFolder folder;
  auto journal = Journal::open(folder.path() / "school.db");
  REQUIRE(journal.has_value());
  const content::Source first{{"a.json", "1"}, {"b.json", "2"}};
  const content::Source second{{"a.json", "1"}, {"b.json", "3"}};
  CHECK(*(*journal)->write_and_wait(save_bank(first, 0, std::nullopt, 0)) == 1);
  CHECK(*(*journal)->write_and_wait(save_bank(second, 1, AccountId{4}, 0)) == 2);
  CHECK((*journal)->write_and_wait(save_bank(first, 1, AccountId{5}, 0)).error().code == ErrorCode::Conflict);
  auto database = Database::open((*journal)->file(), Database::Mode::ReadOnly);
  REQUIRE(database.has_value());
  CHECK(*newest_bank(**database) == 2);
  CHECK(*read_bank(**database, 1) == first);
  CHECK(*read_bank(**database, 2) == second);
  CHECK((*database)->connection().execAndGet("SELECT COUNT(*) FROM document").getInt() == 3);
  CHECK(read_bank(**database, 3).error().code == ErrorCode::NotFound);
}

}  // namespace trede::store
