// `trede policy evaluate`: would another policy have taught a school's pupils more? Judged from the choices in its
// journal.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_policy_command(CLI::App& app);

}  // namespace trede
