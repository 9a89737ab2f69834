// Forgetting one pupil (docs/PRIVACY.md): the account with its name, the sessions, the enrolments and the key to all
// that the pupil typed are gone; what was right and wrong stays under a number that leads to nobody, so that exercises
// keep their statistics and replay gives the same beliefs. A change of the journal; afterwards the file is written
// afresh.
#pragma once

#include "server/store/journal.hpp"

namespace trede::store {

// The result is the sequence of the event that says so. NotFound: no pupil with this number. by: account, 0 = the
// administrator at the machine itself.
Change erase_pupil(PupilId pupil, AccountId by, Milliseconds at_ms);

// Writes the database file afresh and empties its write-ahead log, so that no remnant of what was deleted stays on the
// disk. Outside of a transaction, on the connection that writes. Conflict: a reader held on to the log; try again.
Result<std::int64_t> compact(Database& database);

// The same for a school that nobody has open; what was kept beside the database for a quick start goes too.
Result<std::int64_t> compact(const std::filesystem::path& file);

}  // namespace trede::store
