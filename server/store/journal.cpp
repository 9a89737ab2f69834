#include "server/store/journal.hpp"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <future>

#include "server/limits.hpp"

namespace trede::store {

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& file) {
  auto database = Database::open(file, Database::Mode::ReadWrite);
  if (database.has_error()) return database.error();
  const auto migrated = migrate(**database);
  if (migrated.has_error()) return migrated.error();
  return std::unique_ptr<Journal>(new Journal(file, std::move(*database)));
}

Journal::Journal(std::filesystem::path file, std::unique_ptr<Database> database)
    : file_(std::move(file)), database_(std::move(database)) {
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
  }
  if (full) return done(Error{ErrorCode::TooMany, "the journal's queue is full"});
  wake_.notify_one();
}

Result<std::int64_t> Journal::write_and_wait(Change change) {
  std::promise<Result<std::int64_t>> promise;
  write(std::move(change), [&](Result<std::int64_t> result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

void Journal::run(std::stop_token stop) {
  while (true) {
    std::deque<Waiting> group;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, stop, [&] { return !queue_.empty(); });
      if (queue_.empty()) break;  // asked to stop and nothing left to write
      while (!queue_.empty() && group.size() < limits::journal_group) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    commit(std::move(group));
    checkpoint_when_due();
  }
}

void Journal::commit(std::deque<Waiting> group) {
  std::vector<Result<std::int64_t>> results;
  results.reserve(group.size());
  const auto committed = guarded([&]() -> Result<std::int64_t> {
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
  for (std::size_t i = 0; i < group.size(); ++i)
    group[i].done(committed.has_error() ? Result<std::int64_t>(committed.error()) : results[i]);
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
