// Writing and reading the facts of events.hpp. Changes run on the journal's thread; readers bring their own
// read-only connection.
#pragma once

#include <functional>
#include <limits>

#include "server/protocol/codec.hpp"
#include "server/protocol/parts.hpp"
#include "server/store/events.hpp"
#include "server/store/journal.hpp"

namespace trede::store {

// Appends the event; its result is the sequence it got: the next, or a later one that it asks for. Conflict: the
// pupil's running number is taken.
Change append(Event event);

// Appends several at once, one after the other; its result is the sequence of the last. Precondition: not empty.
Change append_all(std::vector<Event> events);

template <class Fact>
Event event_of(Milliseconds at_ms, std::int64_t subject, std::int64_t number, const Fact& fact) {
  return {0, at_ms, std::string(Fact::tag), subject, number, protocol::encode_plain(fact)};
}

// Calls visit for every event after `from`, up to and with `through`, in order, until it returns an error. The result
// is the last sequence read.
Result<std::int64_t> read_events(Database& database, Sequence from,
                                 const std::function<Result<void>(const Event&)>& visit,
                                 Sequence through = std::numeric_limits<Sequence>::max());

// The same for the events of one kind that are no steps.
Result<std::int64_t> read_kind(Database& database, std::string_view kind,
                               const std::function<Result<void>(const Event&)>& visit);

// The newest step of anybody, or the one so many steps before it. NotFound when there are not so many.
Result<Event> step_back(Database& database, std::int64_t steps);
// Where the events of this time and later begin, found by halving: a few look-ups among millions. Where a clock was set
// back, events before it may be as late. One past the newest when there are none.
Result<Sequence> beginning_of(Database& database, Milliseconds at_ms);
// The first step at this time or later, from there on.
Result<Event> first_step_since(Database& database, Milliseconds at_ms);

// The pupil's last steps with a running number below `before`, newest first.
Result<std::vector<Event>> steps_of(Database& database, PupilId pupil, std::int64_t before,
                                    std::size_t limit);

}  // namespace trede::store
