// `trede calibrate`: item parameters from a table of answers. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_calibrate_command(CLI::App& app);

}  // namespace trede
