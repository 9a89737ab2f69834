// `trede verify`: recomputes every belief from the journal and compares it with what was stored. Called once by
// main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_verify_command(CLI::App& app);

}  // namespace trede
