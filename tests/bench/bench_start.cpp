// bench_start SCHOOL COPIES FOLDER: how long a start takes after very many answers. Copies the pupils of a stopped
// school (the demo's) so many times, event by event, into a new school in FOLDER, and then starts that one: from the
// whole journal, and from a snapshot with a tail. Prints rows for docs/RELIABILITY.md; processor seconds, one core.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "server/conversation/members.hpp"
#include "server/limits.hpp"
#include "server/practice/recall.hpp"
#include "server/protocol/codec.hpp"
#include "server/store/event_log.hpp"

namespace trede {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t apart = 1'000'000;               // between the ids of a pupil and its copy
constexpr std::int64_t tail = limits::snapshot_events;  // that a start reads after the snapshot

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void need(const Result<void>& result) {
  if (result.has_value()) return;
  fmt::print(stderr, "bench_start: {}\n", result.error().detail);
  std::exit(1);
}

template <class T>
T need(Result<T> result) {
  if (result.has_error()) need(Result<void>(result.error()));
  return std::move(*result);
}

void copy_people(store::Database& database, int copies) {
  for (int i = 1; i < copies; ++i) {
    const std::string by = std::to_string(i * apart), own = "id < " + std::to_string(apart);
    database.execute("INSERT INTO class (id, school, name, code, school_year, demo) SELECT id + " + by +
                     ", school, name, code || " + by + ", school_year, demo FROM class WHERE " + own);
    database.execute("INSERT INTO account (id, school, role, name, secret) SELECT id + " + by +
                     ", school, role, name, secret FROM account WHERE role = 'pupil' AND " + own);
    database.execute(
        "INSERT INTO enrolment (class, account) SELECT class + " + by + ", account + " + by +
        " FROM enrolment JOIN account ON account.id = account WHERE role = 'pupil' AND account." + own);
  }
}

// Copies events one after the other; a version of the parameters goes on naming the event it learned through.
class Copying {
 public:
  Copying(store::Database& database, int copies) : database_(database), copies_(copies) {}

  void copy(const store::Event& event) {
    Sequence newest = 0;
    for (int i = 0; i < (event.subject == 0 ? 1 : copies_); ++i) {
      store::Event copied = event;
      copied.sequence = 0;
      if (copied.subject > 0) copied.subject += i * apart;
      if (copied.kind == store::ParametersPublished::tag) rename_through(copied);
      newest = need(store::append(std::move(copied))(database_));
    }
    newest_copy_[event.sequence] = newest;
  }

 private:
  void rename_through(store::Event& event) const {
    auto version = need(protocol::decode<store::ParametersPublished>(event.payload));
    if (const auto found = newest_copy_.find(version.through); found != newest_copy_.end())
      version.through = found->second;
    event.payload = protocol::encode_plain(version);
  }

  store::Database& database_;
  int copies_;
  std::map<Sequence, Sequence> newest_copy_;  // of each event
};

void multiply(const fs::path& school, const fs::path& file, int copies) {
  fs::copy_file(school / "school.db", file);
  const auto from = need(store::Database::open(school / "school.db", store::Database::Mode::ReadOnly));
  const auto to = need(store::Database::open(file, store::Database::Mode::ReadWrite));
  to->execute("PRAGMA synchronous=OFF; BEGIN; DELETE FROM event");
  copy_people(*to, copies);
  Copying copying(*to, copies);
  std::int64_t events = 0;
  need(store::read_events(*from, 0, [&](const store::Event& event) -> Result<void> {
    copying.copy(event);
    if (++events % 500 == 0) to->execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE); BEGIN");
    return {};
  }));
  to->execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

// A start without the serving.
struct Start {
  explicit Start(const fs::path& file)
      : database(need(store::Database::open(file, store::Database::Mode::ReadOnly))),
        shelf(*database),
        bank(need(shelf.at(need(store::newest_bank(*database))))),
        people(need(accounts::Directory::load(*database))),
        owned(conversation::shards_of(loops, *people, bank)),
        learner({limits::publication_answers, 0}, bank) {}

  std::vector<practice::Shard*> shards() const { return conversation::pointers_to(owned); }

  net::Loops loops{1};
  std::unique_ptr<store::Database> database;
  store::BankShelf shelf;
  practice::BankPointer bank;
  std::shared_ptr<const accounts::Directory> people;
  conversation::Shards owned;
  practice::Learner learner;
};

// Saves a snapshot of the event `tail` before the last; the seconds of reading all before it, and of saving.
std::pair<double, double> read_and_save(const fs::path& file) {
  Start start(file);
  const Sequence last =
      need(store::guarded([&]() -> Result<std::int64_t> { return store::tip_of(*start.database).sequence; }));
  const double begun = processor_seconds();
  const auto replayed = need(practice::replay(*start.database, start.shelf, start.shards(), start.learner, 0,
                                              {.through = last - tail}));
  const double read = processor_seconds();
  need(practice::save_snapshot(practice::snapshot_of(file), *start.database, start.shards(), start.learner,
                               replayed));
  return {read - begun, processor_seconds() - read};
}

void measure(const fs::path& file) {
  const auto [reading, saving] = read_and_save(file);
  Start start(file);
  const double begun = processor_seconds();
  const auto recalled =
      need(practice::recall(file, *start.database, start.shelf, start.shards(), start.learner, 0));
  const double whole = processor_seconds() - begun;
  const auto read_before = static_cast<double>(recalled.replayed.events - tail);
  const double bytes = static_cast<double>(fs::file_size(practice::snapshot_of(file)));
  const auto pupils = static_cast<double>(start.people->accounts().size());
  fmt::print("| journal | {} events, {} steps, {:.0f} pupils, {:.2f} GB |\n", recalled.replayed.events,
             recalled.replayed.steps, pupils, static_cast<double>(fs::file_size(file)) / 1e9);
  fmt::print("| reading all events | {:.1f} s ({:.1f} µs an event) |\n", reading,
             1e6 * reading / read_before);
  fmt::print("| saving the snapshot | {:.2f} s, {:.1f} MB ({:.1f} KB a pupil) |\n", saving, bytes / 1e6,
             bytes / 1e3 / pupils);
  fmt::print("| start from the snapshot with {} events after it | {:.2f} s |\n", tail, whole);
}

}  // namespace
}  // namespace trede

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "bench_start SCHOOL COPIES FOLDER\n");
    return 2;
  }
  const trede::fs::path file = trede::fs::path(argv[3]) / "school.db";
  trede::fs::create_directories(argv[3]);
  if (!trede::fs::exists(file)) trede::multiply(argv[1], file, std::atoi(argv[2]));
  trede::measure(file);
  return 0;
}
