#include "server/store/erasure.hpp"

#include "server/retention.hpp"
#include "server/store/erased_event.hpp"
#include "server/store/event_log.hpp"
#include "server/store/hash.hpp"
#include "server/store/sql.hpp"
#include "server/store/words.hpp"

namespace trede::store {
namespace {

std::vector<Event> unsealed_of(Database& database, PupilId pupil) {
  std::vector<Event> found;
  auto& rows = database.statement(sql::unsealed_words);
  rows.bind(1, pupil.value);
  while (rows.executeStep())
    found.push_back({rows.getColumn(0).getInt64(), 0, rows.getColumn(1).getString(), pupil.value, 0,
                     rows.getColumn(2).getString()});
  return found;
}

// From before words were sealed: the payload itself must go.
std::vector<ClearedEvent> clear_unsealed(Database& database, PupilId pupil) {
  std::vector<ClearedEvent> done;
  for (Event& event : unsealed_of(database, pupil)) {
    if (take_words(event).empty()) continue;
    auto& clear = database.statement(sql::clear_payload);
    clear.bind(1, event.payload);
    clear.bind(2, event.sequence);
    clear.exec();
    done.push_back({event.sequence, hash_of(event.payload)});
  }
  return done;
}

std::vector<Event> told(PupilId pupil, AccountId by, Milliseconds at_ms, std::vector<ClearedEvent> cleared) {
  std::vector<Event> events;
  auto from = cleared.begin();
  do {
    const auto left = static_cast<std::size_t>(cleared.end() - from);
    const auto to = from + static_cast<std::ptrdiff_t>(std::min(left, limits::cleared_events));
    events.push_back(event_of(at_ms, pupil.value, 0, PupilErased{by.value, {from, to}}));
    from = to;
  } while (from != cleared.end());
  return events;
}

std::int64_t remove(Database& database, Sql statement, PupilId pupil) {
  auto& rows = database.statement(statement);
  rows.bind(1, pupil.value);
  return rows.exec();
}

}  // namespace

Change erase_pupil(PupilId pupil, AccountId by, Milliseconds at_ms) {
  return [=](Database& database) -> Result<std::int64_t> {
    auto cleared = clear_unsealed(database, pupil);
    for (const Sql statement : std::initializer_list<Sql>{sql::erase_pupil_key, sql::erase_sessions,
                                                          sql::erase_enrolments, sql::erase_guardianships})
      remove(database, statement, pupil);
    if (remove(database, sql::erase_account, pupil) == 0)
      return Error{ErrorCode::NotFound, "there is no such pupil"};
    return append_all(told(pupil, by, at_ms, std::move(cleared)))(database);
  };
}

Result<std::int64_t> compact(Database& database) {
  return guarded([&]() -> Result<std::int64_t> {
    database.execute("VACUUM");
    if (database.connection().execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0)
      return Error{ErrorCode::Conflict, "somebody is reading the database"};
    return 0;
  });
}

Result<std::int64_t> compact(const std::filesystem::path& file) {
  const auto database = Database::open(file, Database::Mode::ReadWrite);
  if (database.has_error()) return database.error();
  std::filesystem::remove(std::filesystem::path(file).replace_extension(".snapshot"));
  return compact(**database);
}

}  // namespace trede::store
