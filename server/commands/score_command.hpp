// `trede score`: abilities of people from a table of answers. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_score_command(CLI::App& app);

}  // namespace trede
