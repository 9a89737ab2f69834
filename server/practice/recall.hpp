// The pupils' states at a start: from the snapshot, if it counts, and from the events after it; else from all events.
// Before the loops run, on the one thread that owns the shards.
#pragma once

#include "server/practice/snapshot.hpp"

namespace trede::practice {

struct Recalled {
  Replayed replayed;
  Sequence snapshot = 0;  // the event the snapshot was of, 0 = none that counts
};

// shards: with members and without a past. A snapshot that does not count is taken away.
Result<Recalled> recall(const std::filesystem::path& database_file, store::Database& database,
                        store::BankShelf& shelf, const std::vector<Shard*>& shards, Learner& learner,
                        Milliseconds now_ms);

// Saves a snapshot of it when `least` events were read after the last one; the event of the one there is now. A failure
// is logged only: the journal has all.
Sequence keep(const std::filesystem::path& database_file, store::Database& database, const Recalled& recalled,
              const std::vector<Shard*>& shards, const Learner& learner, std::int64_t least);

}  // namespace trede::practice
