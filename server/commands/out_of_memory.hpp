// What the program does when memory runs out: it says so and ends, to be started anew by whoever runs it (the service
// of packaging/ does). What was acknowledged is on disk; to go on would be to guess which work was cut short.
#pragma once

namespace trede::commands {

inline constexpr int out_of_memory_exit = 71;  // EX_OSERR of sysexits.h

// From now on, for all threads.
void end_when_memory_runs_out();

}  // namespace trede::commands
