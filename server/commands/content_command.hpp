// `trede content check DIR`: what the loader and the checker say of a bank, for authors at the command line;
// `trede content show DIR`: one draw of each of its items. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_content_command(CLI::App& app);

}  // namespace trede
