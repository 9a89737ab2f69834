#include "server/store/chain.hpp"

#include <sodium.h>

#include <algorithm>

#include "server/store/sql.hpp"

namespace trede::store {
namespace {

static_assert(std::tuple_size_v<Link> == crypto_generichash_BYTES);

class Hash {
 public:
  Hash() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<Link>); }

  void add(const Link& link) { crypto_generichash_update(&state_, link.data(), link.size()); }
  void add(std::int64_t number) {
    std::array<unsigned char, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i));
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
  }
  void add(const std::string& text) {
    add(static_cast<std::int64_t>(text.size()));
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  Link result() {
    Link link;
    crypto_generichash_final(&state_, link.data(), link.size());
    return link;
  }

 private:
  crypto_generichash_state state_;
};

// Empty when the event has none.
std::optional<Link> link_in(const SQLite::Column& column) {
  Link link;
  if (column.isNull() || column.getBytes() != static_cast<int>(link.size())) return std::nullopt;
  const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
  std::copy_n(bytes, link.size(), link.begin());
  return link;
}

Event event_in(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getString(),
          row.getColumn(3).getInt64(), row.getColumn(4).getInt64(), row.getColumn(5).getString()};
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
  return guarded([&]() -> Result<std::int64_t> {
    std::int64_t events = 0;
    Link link{};
    auto& rows = database.statement(sql::links_from);
    rows.bind(1, 0);
    while (rows.executeStep()) {
      const Event event = event_in(rows);
      link = link_of(link, event);
      if (link_in(rows.getColumn(6)) != link)
        return Error{ErrorCode::Conflict,
                     "event " + std::to_string(event.sequence) +
                         " is not what was written: it, or one before it, was changed or taken out"};
      ++events;
    }
    return events;
  });
}

}  // namespace trede::store
