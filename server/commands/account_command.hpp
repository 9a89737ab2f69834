// `trede account`: makes schools, classes and people in the data folder of a server that is not running, and
// prints the generated codes, PINs and passwords, once. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_account_command(CLI::App& app);

}  // namespace trede
