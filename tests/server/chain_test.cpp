// What the journal notices of damage: changed events, a write-ahead log that lost its end, another database.
#include "server/store/chain.hpp"

#include <fstream>

#include "engine/random.hpp"
#include "server/protocol/codec.hpp"
#include "server/store/event_log.hpp"
#include "server/store/sql.hpp"
#include "tests/server/journal_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::store {
namespace {

using testing::TemporaryFolder;
namespace fs = std::filesystem;

Event hint(std::int64_t number) {
  return event_of(1'000 + number, 1, number, HintTaken{number});
}

void write_hints(Journal& journal, std::int64_t from, std::int64_t to) {
  for (std::int64_t number = from; number <= to; ++number)
    REQUIRE(journal.write_and_wait(append(hint(number))).has_value());
}

std::unique_ptr<Database> opened(const fs::path& file, Database::Mode mode) {
  auto database = Database::open(file, mode);
  REQUIRE(database.has_value());
  return std::move(*database);
}

void execute(const fs::path& file, const std::string& sql) {
  opened(file, Database::Mode::ReadWrite)->execute(sql);
}

// A school whose last events are in the write-ahead log only, as after a crash.
void crashed_school(const fs::path& folder, std::int64_t events) {
  const TemporaryFolder alive;
  auto journal = Journal::open(alive.path() / "school.db");
  REQUIRE(journal.has_value());
  write_hints(**journal, 1, events);
  fs::remove_all(folder);
  fs::copy(alive.path(), folder);
}

void damage_wal(const fs::path& folder, Random& random) {
  const fs::path wal = folder / "school.db-wal";
  const auto size = static_cast<std::int64_t>(fs::file_size(wal));
  const auto at = static_cast<std::int64_t>(random.uniform() * static_cast<double>(size));
  const int kind = random.below(3);
  if (kind == 0) return fs::resize_file(wal, static_cast<std::uintmax_t>(at));
  std::fstream file(wal, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const char byte = kind == 1 ? static_cast<char>(file.get() ^ 0x10) : '\0';
  const auto zeros = kind == 1 ? 1 : std::min<std::int64_t>(4096, size - at);
  file.seekp(at);
  for (std::int64_t i = 0; i < zeros; ++i) file.put(byte);
}

// Whether the damage lost anything; what it lost must be told.
bool loses_and_tells(const fs::path& school, Random& random) {
  constexpr std::size_t written = 60;
  crashed_school(school, written);
  damage_wal(school, random);
  { REQUIRE(Journal::open(school / "school.db").has_value()); }
  const std::vector<Event> events = events_in(school / "school.db");
  REQUIRE_FALSE(events.empty());
  if (events.back().kind != EventsLost::tag) {
    CHECK(events.size() == written);
    return false;
  }
  const auto loss = protocol::decode<EventsLost>(events.back().payload);
  REQUIRE(loss.has_value());
  CHECK(loss->expected == written);
  CHECK(loss->found == static_cast<Sequence>(events.size()) - 1);
  CHECK(check_chain(*opened(school / "school.db", Database::Mode::ReadOnly)).has_value());
  return true;
}

// Of so many damages, those that lost something.
int losses_of(int damages, std::uint64_t seed) {
  const TemporaryFolder folder;
  Random random{seed};
  int losses = 0;
  for (int n = 0; n < damages; ++n) losses += loses_and_tells(folder.path() / "school", random) ? 1 : 0;
  return losses;
}

}  // namespace

TEST_CASE("journal: an event that was changed, taken out or put in between is named") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "school.db";
  write_hints(**Journal::open(file), 1, 9);
  CHECK(*check_chain(*opened(file, Database::Mode::ReadOnly)) == 9);
  const auto complaint = [&](const std::string& sql) {
    const auto copy = folder.path() / "copy.db";
    fs::copy_file(file, copy, fs::copy_options::overwrite_existing);
    execute(copy, sql);
    const auto checked = check_chain(*opened(copy, Database::Mode::ReadOnly));
    REQUIRE(checked.has_error());
    return checked.error().detail.substr(0, 8);
  };
  CHECK(complaint("UPDATE event SET payload = '{\"number\":7}' WHERE sequence = 4") == "event 4 ");
  CHECK(complaint("UPDATE event SET at_ms = at_ms + 1 WHERE sequence = 5") == "event 5 ");
  CHECK(complaint("DELETE FROM event WHERE sequence = 6") == "event 7 ");
  CHECK(complaint("UPDATE event SET sequence = 20 WHERE sequence = 3") == "event 4 ");
}

TEST_CASE("journal: whatever a damaged write-ahead log lost is reported at the next start") {
  CHECK(losses_of(30, 12) > 15);
}

TEST_CASE("journal: two hundred damages of the write-ahead log, none silent", "[faults][.slow]") {
  const int losses = losses_of(200, 1);
  testing::figure("reliability", "12: damages of 200 that lost something, all told", "0 silent", losses);
  CHECK(losses > 100);
}

TEST_CASE("journal: a number that was acknowledged and lost is not given again") {
  const TemporaryFolder folder;
  const auto school = folder.path() / "school";
  crashed_school(school, 20);
  fs::resize_file(school / "school.db-wal", fs::file_size(school / "school.db-wal") / 2);
  auto journal = Journal::open(school / "school.db");
  REQUIRE(journal.has_value());
  CHECK(*(*journal)->write_and_wait(append(hint(99))) == 22);
}

TEST_CASE("journal: another database under the same name is refused in a sentence") {
  const TemporaryFolder folder;
  const auto one = folder.path() / "one", other = folder.path() / "other";
  fs::create_directory(one);
  fs::create_directory(other);
  write_hints(**Journal::open(one / "school.db"), 1, 5);
  write_hints(**Journal::open(other / "school.db"), 11, 18);
  fs::copy_file(other / "school.db", one / "school.db", fs::copy_options::overwrite_existing);
  const auto refused = Journal::open(one / "school.db");
  REQUIRE(refused.has_error());
  CHECK(refused.error().detail.find("does not belong to") != std::string::npos);
  fs::remove(one / "school.mark");
  CHECK(Journal::open(one / "school.db").has_value());
}

TEST_CASE("journal: half a mark counts as none, and a new one is made") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "school.db";
  write_hints(**Journal::open(file), 1, 3);
  fs::resize_file(folder.path() / "school.mark", 50);
  { REQUIRE(Journal::open(file).has_value()); }
  const auto mark = HighWater::open(folder.path() / "school.mark");
  REQUIRE(mark.has_value());
  REQUIRE(mark->read().has_value());
  CHECK(mark->read()->sequence == 3);
}

TEST_CASE("journal: events of an older program are linked at the first start") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "school.db";
  execute(file, std::string(sql::migrations[0]) + "; PRAGMA user_version=1");
  execute(file,
          "INSERT INTO event (at_ms, kind, subject, number, payload) VALUES (1, 'hint-taken', 1, 1, "
          "'{\"number\":1}'), "
          "(2, 'hint-taken', 1, 2, '{\"number\":2}')");
  write_hints(**Journal::open(file), 3, 3);
  CHECK(*check_chain(*opened(file, Database::Mode::ReadOnly)) == 3);
}

}  // namespace trede::store
