#include "server/store/database.hpp"

#include <sqlite3.h>

#include "server/store/private_file.hpp"
#include "server/store/sql.hpp"

namespace trede::store {

Database::Database(const std::filesystem::path& file, Mode mode)
    : connection_(file.string(), mode == Mode::ReadWrite ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                                         : SQLite::OPEN_READONLY) {
  connection_.setBusyTimeout(mode == Mode::ReadWrite ? 0 : 2000);
  if (mode == Mode::ReadWrite) {
    // FULL: a commit is on the disk when it returns. No automatic checkpoint: only the journal decides when.
    // secure_delete: what is deleted is overwritten with zeros, not only forgotten.
    connection_.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0");
    connection_.exec("PRAGMA secure_delete=ON");
  }
  connection_.exec("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF");
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode) {
  std::unique_ptr<Database> database;
  if (mode == Mode::ReadWrite) begin_private_file(file);  // SQLite gives the files beside it the same rights
  const auto opened = guarded([&]() -> Result<std::int64_t> {
    database.reset(new Database(file, mode));
    return 0;
  });
  if (opened.has_error())
    return Error{opened.error().code, "cannot open " + file.string() + ": " + opened.error().detail};
  return database;
}

SQLite::Statement& Database::statement(Sql sql) {
  const std::string_view text = sql.text();
  auto found = statements_.find(text.data());
  if (found == statements_.end())
    found = statements_.try_emplace(text.data(), connection_, std::string(text)).first;
  found->second.tryReset();  // reset() would throw once more what the last use has thrown
  found->second.clearBindings();
  return found->second;
}

void Database::execute(const std::string& text) {
  connection_.exec(text);
}

Result<std::int64_t> guarded(const std::function<Result<std::int64_t>()>& body) {
  try {
    return body();
  } catch (const SQLite::Exception& failure) {
    const bool constraint = failure.getErrorCode() == SQLITE_CONSTRAINT;
    return Error{constraint ? ErrorCode::Conflict : ErrorCode::Unavailable, failure.what()};
  }
}

Result<int> migrate(Database& database) {
  const auto outcome = guarded([&]() -> Result<std::int64_t> {
    const int newest = static_cast<int>(std::size(sql::migrations));
    const int present = database.connection().execAndGet("PRAGMA user_version").getInt();
    if (present > newest)
      return Error{ErrorCode::Conflict, "the data were written by a newer version of Trede (schema " +
                                            std::to_string(present) + ", this program knows " +
                                            std::to_string(newest) + "); please install that version"};
    for (int version = present; version < newest; ++version) {
      database.execute("BEGIN IMMEDIATE");
      database.execute(std::string(sql::migrations[version]));
      database.execute("PRAGMA user_version=" + std::to_string(version + 1));
      database.execute("COMMIT");
    }
    return newest;
  });
  if (outcome.has_error()) return outcome.error();
  return static_cast<int>(*outcome);
}

}  // namespace trede::store
