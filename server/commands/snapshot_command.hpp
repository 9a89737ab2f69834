// `trede snapshot`: saves what a school's journal says, so that its next start reads only what comes after. Reads the
// school in one transaction, in use or not; the server runs it now and then. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_snapshot_command(CLI::App& app);

}  // namespace trede
