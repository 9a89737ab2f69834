#include "server/store/chain.hpp"

#include <map>

#include "server/protocol/codec.hpp"
#include "server/store/erased_event.hpp"
#include "server/store/hash.hpp"
#include "server/store/sql.hpp"
#include "server/store/words.hpp"

namespace trede::store {
namespace {

Event event_in(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getString(),
          row.getColumn(3).getInt64(), row.getColumn(4).getInt64(), row.getColumn(5).getString()};
}

// Events that were cleared, with the hash of what must be left of them.
Result<std::int64_t> read_cleared(Database& database, std::map<Sequence, std::string>& cleared) {
  auto& rows = database.statement(sql::payloads_of_kind);
  rows.bind(1, std::string(PupilErased::tag));
  while (rows.executeStep()) {
    const auto erased = protocol::decode<PupilErased>(rows.getColumn(1).getString());
    if (erased.has_error()) return erased.error();
    for (const ClearedEvent& one : erased->cleared)
      if (one.sequence < rows.getColumn(0).getInt64()) cleared[one.sequence] = one.hash;
  }
  return 0;
}

Result<std::int64_t> check_links(Database& database) {
  std::map<Sequence, std::string> cleared;
  if (const auto read = read_cleared(database, cleared); read.has_error()) return read;
  std::int64_t events = 0;
  Link link{};
  auto& rows = database.statement(sql::links_from);
  rows.bind(1, 0);
  while (rows.executeStep()) {
    const Event event = event_in(rows);
    const auto stored = link_in(rows.getColumn(7));
    link = link_of(link, with_sealed(event, rows.getColumn(6).getString()));
    const auto known = cleared.find(event.sequence);
    if (stored && known != cleared.end() && known->second == hash_of(event.payload)) link = *stored;
    if (stored != link)
      return Error{ErrorCode::Conflict,
                   "event " + std::to_string(event.sequence) +
                       " is not what was written: it, or one before it, was changed or taken out"};
    ++events;
  }
  return events;
}

}  // namespace

Link link_of(const Link& before, const Event& event) {
  Hash hash;
  hash.add(before);
  hash.add(event.sequence);
  hash.add(event.at_ms);
  hash.add(event.subject);
  hash.add(event.number);
  hash.add(event.kind);
  hash.add(event.payload);
  return hash.result();
}

Tip tip_of(Database& database) {
  Tip tip;
  auto& row = database.statement(sql::newest_link);
  if (row.executeStep()) tip = {row.getColumn(0).getInt64(), link_in(row.getColumn(1)).value_or(Link{})};
  row.reset();
  return tip;
}

std::optional<Link> link_at(Database& database, Sequence sequence) {
  auto& row = database.statement(sql::link_at);
  row.bind(1, sequence);
  const auto link = row.executeStep() ? link_in(row.getColumn(0)) : std::nullopt;
  row.reset();
  return link;
}

Result<std::int64_t> link_older_events(Database& database) {
  return guarded([&]() -> Result<std::int64_t> {
    auto& any = database.statement(sql::unlinked);
    const bool none = !any.executeStep() || any.getColumn(0).getInt() == 0;
    any.reset();
    if (none) return 0;
    database.execute("BEGIN IMMEDIATE");
    std::int64_t linked = 0;
    Link link{};
    auto& rows = database.statement(sql::links_from);
    rows.bind(1, 0);
    while (rows.executeStep()) {
      const Event event = event_in(rows);
      link = link_of(link, event);
      auto& set = database.statement(sql::set_link);
      set.bind(1, link.data(), static_cast<int>(link.size()));
      set.bind(2, event.sequence);
      set.exec();
      ++linked;
    }
    rows.reset();
    database.execute("COMMIT");
    return linked;
  });
}

Result<std::int64_t> check_chain(Database& database) {
  return guarded([&] { return check_links(database); });
}

}  // namespace trede::store
