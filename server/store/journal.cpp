#include "server/store/journal.hpp"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <future>

#include "server/limits.hpp"
#include "server/store/event_log.hpp"

namespace trede::store {
namespace {

constexpr std::uintmax_t room_to_go_on = 4 * 1024 * 1024;  // a full group of answers with its pages

constexpr std::chrono::seconds mark_is_synced_within{1};

// The events that the mark knows of and the journal has not: told, and kept as a fact of their own.
Result<std::int64_t> tell_of_loss(Database& database, const Loss& loss) {
  spdlog::error(
      "{} events are missing: the journal ends at event {} and {} was acknowledged. The disk or the database "
      "file was "
      "damaged; browsers of pupils that still know their last steps send them again. trede verify checks "
      "what is "
      "left.",
      loss.expected - loss.found, loss.found, loss.expected);
  Event event = event_of(0, 0, 0, EventsLost{loss.found, loss.expected});
  event.sequence = loss.expected + 1;
  return guarded([&] { return append(event)(database); });
}

Result<std::int64_t> compare_with_mark(Database& database, HighWater& mark) {
  const auto loss = compare(database, mark.read());
  if (loss.has_error()) return loss.error();
  if (*loss)
    if (const auto told = tell_of_loss(database, **loss); told.has_error()) return told;
  return guarded([&]() -> Result<std::int64_t> {
    const Tip tip = tip_of(database);
    mark.write(tip);
    mark.sync();
    return tip.sequence;
  });
}

// Who goes on writing to a file without a name loses everything at the end, and nothing would tell.
bool was_taken_away(Database& database) {
  int moved = 0;
  sqlite3_file_control(database.connection().getHandle(), nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& file) {
  auto database = Database::open(file, Database::Mode::ReadWrite);
  if (database.has_error()) return database.error();
  const auto migrated = migrate(**database);
  if (migrated.has_error()) return migrated.error();
  const auto linked = link_older_events(**database);
  if (linked.has_error()) return linked.error();
  const auto mark_file = std::filesystem::path(file).replace_extension(".mark");
  auto mark = HighWater::open(mark_file);
  if (mark.has_error()) return mark.error();
  const auto compared = compare_with_mark(**database, *mark);
  if (compared.has_error())
    return Error{
        compared.error().code,
        compared.error().detail + ": " + file.string() + " does not belong to " + mark_file.string() +
            ". Put the right database back, or remove the mark if this database is a copy you mean to use."};
  return std::unique_ptr<Journal>(new Journal(file, std::move(*database), std::move(*mark), *compared));
}

Journal::Journal(std::filesystem::path file, std::unique_ptr<Database> database, HighWater mark,
                 Sequence newest)
    : file_(std::move(file)), database_(std::move(database)), mark_(std::move(mark)), newest_(newest) {
  const auto remember_pages = [](void* journal, sqlite3*, const char*, int pages) {
    static_cast<Journal*>(journal)->wal_pages_ = pages;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_->connection().getHandle(), remember_pages, this);
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Journal::~Journal() = default;

void Journal::write(Change change, Done done) {
  bool full = false;
  {
    const std::lock_guard lock(mutex_);
    full = queue_.size() >= limits::journal_queue;
    if (!full) queue_.push_back({std::move(change), std::move(done)});
    figures_.waiting.set(static_cast<std::int64_t>(queue_.size()));
  }
  if (full) return done(Error{ErrorCode::TooMany, "the journal's queue is full"});
  wake_.notify_one();
}

Result<std::int64_t> Journal::write_and_wait(Change change) {
  std::promise<Result<std::int64_t>> promise;
  write(std::move(change), [&](Result<std::int64_t> result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

// What waits; none when a second passed without and something is to be done each second, or when asked to stop and
// nothing is left to write.
std::deque<Journal::Waiting> Journal::next_group(std::stop_token stop) {
  const auto something_waits = [&] { return !queue_.empty(); };
  std::unique_lock lock(mutex_);
  if (mark_.synced() && figures_.failing.value() == 0)
    wake_.wait(lock, stop, something_waits);
  else
    wake_.wait_for(lock, stop, mark_is_synced_within, something_waits);
  std::deque<Waiting> group;
  while (!queue_.empty() && group.size() < limits::journal_group) {
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  figures_.waiting.set(static_cast<std::int64_t>(queue_.size()));
  return group;
}

void Journal::run(std::stop_token stop) {
  auto synced = std::chrono::steady_clock::now();
  while (true) {
    std::deque<Waiting> group = next_group(stop);
    if (group.empty() && stop.stop_requested()) break;
    if (!group.empty()) {
      commit(std::move(group));
      checkpoint_when_due();
      figures_.wal_pages.set(wal_pages_);
    } else if (figures_.failing.value() != 0) {
      try_disk();
    }
    if (const auto now = std::chrono::steady_clock::now(); now - synced >= mark_is_synced_within) {
      mark_.sync();
      synced = now;
    }
  }
}

void Journal::commit(std::deque<Waiting> group) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<Result<std::int64_t>> results;
  results.reserve(group.size());
  const auto committed = guarded([&]() -> Result<std::int64_t> {
    if (was_taken_away(*database_))
      return Error{ErrorCode::Unavailable, "the database " + file_.string() + " was moved or taken away"};
    database_->statement("BEGIN IMMEDIATE").exec();
    for (auto& waiting : group) {
      database_->statement("SAVEPOINT change").exec();
      results.push_back(guarded([&] { return waiting.change(*database_); }));
      if (results.back().has_error()) {
        if (sqlite3_get_autocommit(database_->connection().getHandle()) != 0)
          return results.back().error();  // a full disk ends all
        database_->statement("ROLLBACK TO change").exec();
      }
      database_->statement("RELEASE change").exec();
    }
    database_->statement("COMMIT").exec();
    return 0;
  });
  if (committed.has_error()) {
    spdlog::error("journal: a group of {} changes was not written: {}", group.size(),
                  committed.error().detail);
    if (sqlite3_get_autocommit(database_->connection().getHandle()) == 0)
      (void)guarded([&]() -> Result<std::int64_t> { return database_->statement("ROLLBACK").exec(); });
  }
  if (committed.has_value())
    (void)guarded([&]() -> Result<std::int64_t> {
      const Tip tip = tip_of(*database_);
      mark_.write(tip);
      return newest_ = tip.sequence;
    });
  figures_.commit.add(std::chrono::steady_clock::now() - began);
  figures_.failing.set(committed.has_error());
  (committed.has_error() ? figures_.failed_groups : figures_.groups).add();
  if (committed.has_value()) figures_.changes.add(group.size());
  for (std::size_t i = 0; i < group.size(); ++i)
    group[i].done(committed.has_error() ? Result<std::int64_t>(committed.error()) : results[i]);
}

// Writes what is there already: whoever waits for the server to be ready again sees it without an answer being risked.
void Journal::try_disk() {
  const auto written = guarded([&]() -> Result<std::int64_t> {
    if (was_taken_away(*database_)) return Error{ErrorCode::Unavailable, "taken away"};
    // A page may still find room in the log where the next answers do not.
    std::error_code unknown;
    if (std::filesystem::space(file_.parent_path(), unknown).available < room_to_go_on)
      return Error{ErrorCode::Unavailable, "full"};
    database_->statement("BEGIN IMMEDIATE").exec();
    database_->execute("PRAGMA application_id=0x54726564");  // "Tred"; nobody reads it
    database_->statement("COMMIT").exec();
    return 0;
  });
  if (written.has_error())
    return (void)guarded([&]() -> Result<std::int64_t> { return database_->statement("ROLLBACK").exec(); });
  figures_.failing.set(0);
  spdlog::info("journal: the disk takes writes again");
}

// PASSIVE never waits for readers and lets the WAL be overwritten in place afterwards, so the file keeps its
// size: appending to it would cost a journal commit of the file system each time.
void Journal::checkpoint_when_due() {
  bool idle = false;
  {
    const std::lock_guard lock(mutex_);
    idle = queue_.empty();
  }
  if (wal_pages_ < (idle ? limits::wal_pages / 4 : limits::wal_pages)) return;
  sqlite3_wal_checkpoint_v2(database_->connection().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                            nullptr);
  wal_pages_ = 0;
}

}  // namespace trede::store
