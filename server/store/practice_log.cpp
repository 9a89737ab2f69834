#include "server/store/practice_log.hpp"

#include <initializer_list>

#include "server/store/event_log.hpp"
#include "server/store/sql.hpp"

namespace trede::store {
namespace {

std::int64_t number(SQLite::Statement& row, int column) {
  return row.getColumn(column).getInt64();
}

double real(SQLite::Statement& row, int column) {
  return row.getColumn(column).getDouble();
}

std::string text(SQLite::Statement& row, int column) {
  return row.getColumn(column).getString();
}

// Calls visit for each row of the statement with these parameters. The result is the number of rows.
Result<std::int64_t> each_row(Database& database, Sql statement, std::initializer_list<std::int64_t> bound,
                              const std::function<void(SQLite::Statement&)>& visit) {
  return guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(statement);
    int place = 0;
    for (const std::int64_t value : bound) rows.bind(++place, value);
    std::int64_t count = 0;
    for (; rows.executeStep(); ++count) visit(rows);
    return count;
  });
}

}  // namespace

Result<std::int64_t> steps_since(Database& database, Sequence after,
                                 const std::function<void(const StepDone&)>& visit) {
  return each_row(database, sql::steps_since, {after}, [&](SQLite::Statement& row) {
    visit({number(row, 0), number(row, 1), number(row, 2), text(row, 3), number(row, 4), real(row, 5),
           number(row, 6) != 0, number(row, 7) != 0, number(row, 8) != 0, real(row, 9), text(row, 10),
           real(row, 11), text(row, 12)});
  });
}

Result<std::int64_t> answers_since(Database& database, PupilId pupil, Milliseconds from_ms,
                                   const std::function<void(const AnswerGiven&)>& visit) {
  return each_row(database, sql::answers_since, {pupil.value, from_ms}, [&](SQLite::Statement& row) {
    visit({number(row, 0), text(row, 1), number(row, 2) != 0, real(row, 3)});
  });
}

Result<std::vector<ItemSaid>> items_said(Database& database) {
  std::vector<ItemSaid> said;
  const auto read = each_row(database, sql::items_said, {}, [&](SQLite::Statement& row) {
    said.push_back({text(row, 0), number(row, 1), number(row, 2), text(row, 3), number(row, 4)});
  });
  if (read.has_error()) return read.error();
  return said;
}

Result<std::map<std::string, std::int64_t>> unchanged_since(Database& database, std::int64_t version) {
  std::map<std::string, std::int64_t> since;
  const auto read = each_row(database, sql::unchanged_since, {version},
                             [&](SQLite::Statement& row) { since.emplace(text(row, 0), number(row, 1)); });
  if (read.has_error()) return read.error();
  return since;
}

Result<std::vector<protocol::GapCount>> gaps_since(Database& database, Milliseconds at_ms) {
  const auto begin = beginning_of(database, at_ms);
  if (begin.has_error()) return begin.error();
  std::vector<protocol::GapCount> gaps;
  const auto read = each_row(database, sql::gaps_since, {*begin, at_ms}, [&](SQLite::Statement& row) {
    gaps.push_back({text(row, 0), text(row, 1), number(row, 2)});
  });
  if (read.has_error()) return read.error();
  return gaps;
}

}  // namespace trede::store
