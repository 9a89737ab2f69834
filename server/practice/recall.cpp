#include "server/practice/recall.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace trede::practice {
namespace {

using std::chrono::steady_clock;

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

}  // namespace

Result<Recalled> recall(const std::filesystem::path& database_file, store::Database& database,
                        store::BankShelf& shelf, const std::vector<Shard*>& shards, Learner& learner,
                        Milliseconds now_ms) {
  const auto begin = steady_clock::now();
  const auto file = snapshot_of(database_file);
  Recalled recalled;
  auto loaded = load_snapshot(file, database, shelf, shards, learner);
  if (loaded.has_value()) {
    recalled.replayed = std::move(*loaded);
    recalled.snapshot = recalled.replayed.last;
  } else if (loaded.error().code != ErrorCode::NotFound) {
    spdlog::warn("the snapshot is thrown away and the whole journal read: {}", loaded.error().detail);
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
  }
  const std::int64_t known = recalled.replayed.events;
  auto replayed = replay(database, shelf, shards, learner, now_ms, {.from = recalled.replayed});
  if (replayed.has_error()) return replayed.error();
  recalled.replayed = std::move(*replayed);
  spdlog::info(
      "{} events in {:.1f} s: {} from the snapshot, {} read; every belief that was read is as stored",
      recalled.replayed.events, seconds_since(begin), known, recalled.replayed.events - known);
  return recalled;
}

Sequence keep(const std::filesystem::path& database_file, store::Database& database, const Recalled& recalled,
              const std::vector<Shard*>& shards, const Learner& learner, std::int64_t least) {
  if (recalled.replayed.last - recalled.snapshot < least) return recalled.snapshot;
  const auto begin = steady_clock::now();
  const auto file = snapshot_of(database_file);
  const auto saved = save_snapshot(file, database, shards, learner, recalled.replayed);
  if (saved.has_error()) {
    spdlog::error("no snapshot was saved: {}", saved.error().detail);
    return recalled.snapshot;
  }
  std::error_code ignored;
  spdlog::info("snapshot of event {} saved in {:.1f} s, {:.1f} MB", recalled.replayed.last,
               seconds_since(begin), static_cast<double>(std::filesystem::file_size(file, ignored)) / 1e6);
  return recalled.replayed.last;
}

}  // namespace trede::practice
