// The log as JSON, one object a line with time, level and message, for those who collect logs by machine. Called once,
// before other threads write to the log.
#pragma once

namespace trede::commands {

void log_as_json();

}  // namespace trede::commands
