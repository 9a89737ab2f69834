// `trede serve`: the school on the network, until it is told to stop. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_serve_command(CLI::App& app);

}  // namespace trede
