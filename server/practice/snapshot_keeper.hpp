// Keeps the snapshot of a school that serves fresh: when the journal has so many events more, a niced child process
// (`trede snapshot`) takes the last snapshot, reads the events after it and saves a new one. The server itself only
// looks at a number. A child that fails changes nothing. One thread of its own; end it before the journal goes.
#pragma once

#include <filesystem>
#include <thread>

#include "server/limits.hpp"
#include "server/practice/child_process.hpp"
#include "server/store/journal.hpp"

namespace trede::practice {

struct SnapshotPlan {
  std::filesystem::path program = "/proc/self/exe";  // called as `PROGRAM snapshot --data …`
  std::int64_t events = limits::snapshot_events;
  std::chrono::milliseconds pause = limits::snapshot_pause;
  std::chrono::milliseconds look = std::chrono::seconds{20};  // between two looks at the journal
};

class SnapshotKeeper {
 public:
  // begun: the event of the snapshot there is, 0 = none.
  SnapshotKeeper(SnapshotPlan plan, const store::Journal& journal, Sequence begun);
  ~SnapshotKeeper();  // ends a child that runs

 private:
  void run(std::stop_token stop);

  SnapshotPlan plan_;
  const store::Journal& journal_;
  Sequence saved_;
  Waker waker_;
  std::jthread thread_;  // last member: ends before the rest goes
};

}  // namespace trede::practice
