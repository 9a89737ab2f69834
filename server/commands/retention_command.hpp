// `trede retention`: takes out what was kept long enough, for the administrator of a server that is stopped. Called
// once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_retention_command(CLI::App& app);

}  // namespace trede
