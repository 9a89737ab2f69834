// The machine's clock, handed to the server by the commands that run it. Nothing else asks the machine what
// time it is.
#pragma once

#include <chrono>

#include "server/ids.hpp"

namespace trede::commands {

inline Milliseconds system_time() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace trede::commands
