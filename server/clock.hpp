// The clock of the server, handed in at the start: nothing else asks the machine what time it is, so a test
// or a simulation decides how time passes. May be called from any thread.
#pragma once

#include <functional>

#include "server/ids.hpp"

namespace trede {

using Clock = std::function<Milliseconds()>;  // since 1970, UTC

}  // namespace trede
