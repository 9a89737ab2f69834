// What the disk holds about one pupil beyond the account: for the export. Any thread with a connection of its own;
// reads the whole journal, seconds in a large school.
#pragma once

#include <set>
#include <vector>

#include "server/store/database.hpp"
#include "server/store/events.hpp"

namespace trede::store {

// Everything that happened to the pupil, or to one of the classes as a whole, oldest first.
Result<std::vector<Event>> events_about(Database& database, PupilId pupil, const std::set<ClassId>& classes);

// Until when the account is signed in, device by device.
Result<std::vector<Milliseconds>> sessions_of(Database& database, AccountId account);

}  // namespace trede::store
