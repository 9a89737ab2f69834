// `trede content check DIR`: what the loader and the checker say of a bank, for authors at the command line;
// `trede content show DIR`: one draw of each of its items; and with the files beside this one, a school's bank as a
// folder (`export`) and the way back (`publish`). Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_content_command(CLI::App& app);

}  // namespace trede
