// What must be mended in a bank, file by file, on standard output. For commands, at their end.
#pragma once

#include <string>

#include "content/problem.hpp"

namespace trede::commands {

// Returns what they come to: "3 findings in 2 files".
std::string print_by_file(const content::Problems& problems);

}  // namespace trede::commands
