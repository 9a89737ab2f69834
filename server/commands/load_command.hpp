// `trede load`: measures a running server with simulated pupils; ./dev bench calls it. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_load_command(CLI::App& app);

}  // namespace trede
