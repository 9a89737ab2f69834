// All that replay has rebuilt as of one event, in a file beside the journal, so that a start reads the events after it
// only. Derived data never beats the journal: a snapshot counts only for the very program that wrote it, for
// a journal that has the event it is of with the same hash, and for pupils who are all still in their classes; any
// other is thrown away and everything is replayed. Written and read by the one thread that owns the shards, before the
// loops run.
#pragma once

#include <filesystem>

#include "server/practice/replay.hpp"

namespace trede::practice {

// Where the snapshot of a school's database lies.
std::filesystem::path snapshot_of(const std::filesystem::path& database);

// shards and learner: as replay left them at replayed.last, which must be an event of the database.
Result<void> save_snapshot(const std::filesystem::path& file, store::Database& database,
                           const std::vector<Shard*>& shards, const Learner& learner,
                           const Replayed& replayed);

// Fills shards that have members and no past, and the learner. NotFound: there is no snapshot; Conflict says why it
// does not count, and nothing was changed.
Result<Replayed> load_snapshot(const std::filesystem::path& file, store::Database& database,
                               store::BankShelf& shelf, const std::vector<Shard*>& shards, Learner& learner);

// The event a snapshot that counts is of. NotFound and Conflict as above.
Result<Sequence> sequence_of(const std::filesystem::path& file, store::Database& database,
                             const std::vector<Shard*>& shards);

// Conflict names the first pupil of the snapshot whose state is another one than in the shards, which replay has
// brought to the snapshot's event: a belief by more than 1e-9, or anything else at all.
Result<void> compare_snapshot(const std::filesystem::path& file, store::BankShelf& shelf,
                              const std::vector<Shard*>& shards, const Learner& learner,
                              const Replayed& replayed);

}  // namespace trede::practice
