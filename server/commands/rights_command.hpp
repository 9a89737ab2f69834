// trede rights: the table of who may do what, as docs/SECURITY.md prints it.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_rights_command(CLI::App& app);

}  // namespace trede
