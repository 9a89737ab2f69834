// The journal: one thread that alone writes and checkpoints the database. Changes wait in a bounded queue;
// all that wait are written in one transaction (group commit), so a busy school pays one flush for many
// answers and a quiet one does not wait. write() may be called from any thread. What it acknowledges is on
// disk (WAL, synchronous=FULL).
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "server/store/high_water.hpp"
#include "server/store/journal_figures.hpp"

namespace trede::store {

// What to do inside the transaction; its result (a sequence, a row id) reaches the caller after the commit.
// An error undoes this change only.
using Change = std::function<Result<std::int64_t>(Database&)>;

class Journal {
 public:
  using Done = std::function<void(Result<std::int64_t>)>;

  // Opens or creates the database file of a school, migrates it and compares it with its high-water mark (the
  // same name, .mark). What is missing is told in the log and kept as an event; Conflict: this journal is
  // another one than the mark's.
  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& file);
  ~Journal();  // writes what waits, then stops

  // Queues the change; done is called once, on the journal's thread, after the commit (or with the error).
  // Full queue: done is called at once with TooMany. A failed commit fails its whole group.
  void write(Change change, Done done);

  // The same, waiting: for start-up, commands and tests; never from a loop that serves people.
  Result<std::int64_t> write_and_wait(Change change);

  const std::filesystem::path& file() const { return file_; }
  Sequence newest() const { return newest_; }  // the last event on disk; any thread
  const JournalFigures& figures() const { return figures_; }

 private:
  struct Waiting {
    Change change;
    Done done;
  };

  Journal(std::filesystem::path file, std::unique_ptr<Database> database, HighWater mark, Sequence newest);
  std::deque<Waiting> next_group(std::stop_token stop);
  void run(std::stop_token stop);
  void commit(std::deque<Waiting> group);
  void checkpoint_when_due();
  void try_disk();

  std::filesystem::path file_;
  std::unique_ptr<Database> database_;  // used by thread_ only
  HighWater mark_;                      // used by thread_ only
  int wal_pages_ = 0;                   // used by thread_ only: pages in the WAL after the last commit
  std::atomic<Sequence> newest_ = 0;
  JournalFigures figures_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Waiting> queue_;  // guarded by mutex_
  std::jthread thread_;        // last member: writes what waits and joins before the rest goes
};

}  // namespace trede::store
