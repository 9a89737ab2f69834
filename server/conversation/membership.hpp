// Brings what the administrator changed about classes and pupils to the shards while the school runs: new classes and
// pupils, names, and pupils who go to another class, with everything they did. Coroutines for any loop.
#pragma once

#include "server/conversation/school.hpp"

namespace trede::conversation {

// The class as practice must know it, without its pupils. Pure; any thread.
practice::ClassMembers room_of(const accounts::Class& school_class, const content::ItemBank& bank);

// The class as the directory has it now, with its pupils, those who come from elsewhere too. Unavailable: a pupil who
// moves is still busy; what is on disk holds, and a second call brings it about.
net::awaitable<Result<void>> settle_class(School& school, ClassId id);
net::awaitable<Result<void>> settle_pupil(School& school, PupilId id);

}  // namespace trede::conversation
