#include "server/store/event_log.hpp"

#include <initializer_list>

#include "server/store/chain.hpp"
#include "server/store/sql.hpp"
#include "server/store/words.hpp"

namespace trede::store {
namespace {

Event readable_event_in(SQLite::Statement& row) {
  Event event{row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getString(),
              row.getColumn(3).getInt64(), row.getColumn(4).getInt64(), row.getColumn(5).getString()};
  const auto key = row.getColumn(7);
  if (!key.isNull())
    if (const auto words = unseal(key.getString(), event.sequence, row.getColumn(6).getString()))
      put_words(event, *words);
  return event;
}

std::int64_t insert(Database& database, Event event) {
  const Tip tip = tip_of(database);
  if (event.sequence <= tip.sequence) event.sequence = tip.sequence + 1;
  const std::string words = take_words(event);
  const WordsKey key = words.empty() ? WordsKey() : key_of(database, PupilId{event.subject});
  const std::string sealed = key.empty() ? std::string() : seal(key, event.sequence, words);
  const Link link = link_of(tip.link, with_sealed(event, sealed));
  auto& statement = database.statement(sql::append_event);
  statement.bind(1, event.sequence);
  statement.bind(2, event.at_ms);
  statement.bind(3, event.kind);
  statement.bind(4, event.subject);
  statement.bind(5, event.number);
  statement.bind(6, event.payload);
  if (!sealed.empty()) statement.bind(7, sealed.data(), static_cast<int>(sealed.size()));
  statement.bind(8, link.data(), static_cast<int>(link.size()));
  statement.exec();
  return event.sequence;
}

Result<std::int64_t> visit_all(SQLite::Statement& rows, Sequence from,
                               const std::function<Result<void>(const Event&)>& visit) {
  Sequence last = from;
  while (rows.executeStep()) {
    const Event event = readable_event_in(rows);
    const auto visited = visit(event);
    if (visited.has_error()) return visited.error();
    last = event.sequence;
  }
  return last;
}

Result<Event> one_event(Database& database, Sql sql, std::initializer_list<std::int64_t> bound) {
  Event event;
  const auto found = guarded([&]() -> Result<std::int64_t> {
    auto& row = database.statement(sql);
    int place = 0;
    for (const std::int64_t value : bound) row.bind(++place, value);
    if (!row.executeStep()) return Error{ErrorCode::NotFound, "there is no such step"};
    event = readable_event_in(row);
    row.reset();
    return 0;
  });
  if (found.has_error()) return found.error();
  return event;
}

}  // namespace

Change append(Event event) {
  return [event = std::move(event)](Database& database) { return insert(database, event); };
}

Change append_all(std::vector<Event> events) {
  return [events = std::move(events)](Database& database) -> Result<std::int64_t> {
    std::int64_t last = 0;
    for (const Event& event : events) last = insert(database, event);
    return last;
  };
}

Result<std::int64_t> read_events(Database& database, Sequence from,
                                 const std::function<Result<void>(const Event&)>& visit, Sequence through) {
  return guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::events_from);
    rows.bind(1, from);
    rows.bind(2, through);
    return visit_all(rows, from, visit);
  });
}

Result<std::int64_t> read_kind(Database& database, std::string_view kind,
                               const std::function<Result<void>(const Event&)>& visit) {
  ENSURE(kind != StepTaken::tag);
  return guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::events_of_kind);
    rows.bind(1, std::string(kind));
    return visit_all(rows, 0, visit);
  });
}

Result<Event> step_back(Database& database, std::int64_t steps) {
  return one_event(database, sql::step_back, {steps});
}

Result<Sequence> beginning_of(Database& database, Milliseconds at_ms) {
  return guarded([&]() -> Result<std::int64_t> {
    Sequence begin = 0;
    Sequence end = tip_of(database).sequence + 1;
    auto& next = database.statement(sql::next_event);
    while (begin < end) {
      const Sequence middle = begin + (end - begin) / 2;
      next.reset();
      next.bind(1, middle);
      if (!next.executeStep() || next.getColumn(1).getInt64() >= at_ms)
        end = middle;
      else
        begin = next.getColumn(0).getInt64() + 1;
    }
    next.reset();
    return begin;
  });
}

Result<Event> first_step_since(Database& database, Milliseconds at_ms) {
  const auto begin = beginning_of(database, at_ms);
  if (begin.has_error()) return begin.error();
  return one_event(database, sql::first_step_since, {*begin, at_ms});
}

Result<std::vector<Event>> steps_of(Database& database, PupilId pupil, std::int64_t before,
                                    std::size_t limit) {
  std::vector<Event> events;
  const auto read = guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::history_of_pupil);
    rows.bind(1, pupil.value);
    rows.bind(2, before);
    rows.bind(3, static_cast<std::int64_t>(limit));
    while (rows.executeStep()) events.push_back(readable_event_in(rows));
    return 0;
  });
  if (read.has_error()) return read.error();
  return events;
}

}  // namespace trede::store
