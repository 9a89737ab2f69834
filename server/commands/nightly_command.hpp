// `trede nightly`: estimates a school's items again from its journal and says whether they predict the last day
// better. Reads only; the server runs it each night, people may at any time. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_nightly_command(CLI::App& app);

}  // namespace trede
