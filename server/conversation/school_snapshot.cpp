#include "server/conversation/school_snapshot.hpp"

#include "server/conversation/members.hpp"
#include "server/limits.hpp"
#include "server/practice/recall.hpp"

namespace trede::conversation {
namespace {

// The newest bank of this moment; what follows reads the same moment.
Result<practice::BankPointer> begin_reading(store::Database& database, store::BankShelf& shelf) {
  const auto begun =
      store::guarded([&]() -> Result<std::int64_t> { return database.statement("BEGIN").exec(); });
  if (begun.has_error()) return begun.error();
  const auto newest = store::newest_bank(database);
  if (newest.has_error()) return newest.error();
  return shelf.at(*newest);
}

}  // namespace

Result<void> snapshot_school(const std::filesystem::path& database_file, Milliseconds now_ms) {
  const auto database = store::Database::open(database_file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  store::BankShelf shelf(**database);
  const auto bank = begin_reading(**database, shelf);
  if (bank.has_error()) return bank.error();
  const auto people = accounts::Directory::load(**database);
  if (people.has_error()) return people.error();
  const net::Loops loops(1);  // never started: nobody is served
  const Shards owned = shards_of(loops, **people, *bank);
  const auto shards = pointers_to(owned);
  practice::Learner learner({limits::publication_answers, 0}, *bank);
  const auto recalled = practice::recall(database_file, **database, shelf, shards, learner, now_ms);
  if (recalled.has_error()) return recalled.error();
  const auto kept = practice::keep(database_file, **database, *recalled, shards, learner, 1);
  if (kept == recalled->replayed.last) return {};
  return Error{ErrorCode::Unavailable, "no snapshot was saved"};
}

}  // namespace trede::conversation
