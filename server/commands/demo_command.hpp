// `trede demo`: fills an empty data folder with the demo school. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_demo_command(CLI::App& app);

}  // namespace trede
