#include "server/practice/snapshot_keeper.hpp"

#include <spdlog/spdlog.h>

namespace trede::practice {

SnapshotKeeper::SnapshotKeeper(SnapshotPlan plan, const store::Journal& journal, Sequence begun)
    : plan_(std::move(plan)), journal_(journal), saved_(begun) {
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

SnapshotKeeper::~SnapshotKeeper() {
  thread_.request_stop();
  waker_.wake();
}

void SnapshotKeeper::run(std::stop_token stop) {
  const std::vector<std::string> arguments{plan_.program.string(), "snapshot", "--data",
                                           journal_.file().parent_path().string()};
  auto earliest = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    waker_.wait(plan_.look);
    const auto now = std::chrono::steady_clock::now();
    if (stop.stop_requested() || now < earliest || journal_.newest() - saved_ < plan_.events) continue;
    const Sequence newest = journal_.newest();
    const auto status = run_child(arguments, limits::snapshot_time, stop);
    if (!succeeded(status))
      spdlog::error("no snapshot was saved: the child failed; the next start reads more of the journal");
    saved_ = newest;  // after a failure too: trying again at once would fail again
    earliest = now + plan_.pause;
  }
}

}  // namespace trede::practice
