// `trede backup` and `trede restore`: a copy of a school while it serves, and the way back. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_backup_command(CLI::App& app);
void add_restore_command(CLI::App& app);

}  // namespace trede
