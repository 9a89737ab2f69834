// One connection to the school's SQLite file. A thin layer over SQLiteCpp: pragmas, a cache of prepared
// statements, errors as values. A Database belongs to one thread. The journal owns the only writing one; all
// others are opened read-only.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "content/result.hpp"

namespace trede::store {

// A statement as the program has it. Only the compiler makes one, so none is put together from texts, and its text
// stays where it is as long as the program runs.
class Sql {
 public:
  consteval Sql(std::string_view text) : text_(text) {}
  consteval Sql(const char* text) : text_(text) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Database {
 public:
  enum class Mode { ReadWrite, ReadOnly };

  // Opens (ReadWrite: and creates) the file. WAL, synchronous=FULL, no automatic checkpoint, foreign keys on.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode);

  // The prepared statement, reset and without bindings; prepared once per connection.
  SQLite::Statement& statement(Sql sql);

  // Runs several statements without results.
  void execute(const std::string& sql);

  std::int64_t last_row_id() const { return connection_.getLastInsertRowid(); }
  SQLite::Database& connection() { return connection_; }

 private:
  Database(const std::filesystem::path& file, Mode mode);

  SQLite::Database connection_;
  std::map<const char*, SQLite::Statement> statements_;  // by where the text stands
};

// Runs body and turns SQLite::Exception into Error: Unavailable for a full or failing disk, Conflict for a
// broken constraint.
Result<std::int64_t> guarded(const std::function<Result<std::int64_t>()>& body);

// Brings the file to this program's schema, one migration after another; refuses a file that a newer program
// wrote.
Result<int> migrate(Database& database);

}  // namespace trede::store
