// Every event carries a hash of itself and of all before it, so that an event that was changed, taken out or put in
// between shows, and so that 32 bytes stand for the whole journal:
//   link_n = BLAKE2b-256(link_(n−1), sequence, at_ms, subject, number, kind, payload),   link_0 = 32 zeros
// Integers are 8 bytes, lowest first; texts are preceded by their length. On the connection's thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "server/store/database.hpp"
#include "server/store/events.hpp"

namespace trede::store {

using Link = std::array<std::uint8_t, 32>;

// How far the journal is: its last event and that event's link. {0, zeros}: empty.
struct Tip {
  Sequence sequence = 0;
  Link link{};

  friend bool operator==(const Tip&, const Tip&) = default;
};

Link link_of(const Link& before, const Event& event);

// Throws SQLite::Exception; use inside guarded().
Tip tip_of(Database& database);
// The link of this event, if it is there. Throws likewise.
std::optional<Link> link_at(Database& database, Sequence sequence);

// Links the events that an older program wrote without. The result is how many.
Result<std::int64_t> link_older_events(Database& database);

// Recomputes every link. Conflict names the first event that is not what was written. The result is how many events
// there are.
Result<std::int64_t> check_chain(Database& database);

}  // namespace trede::store
