// `trede account export-pupil` and `trede account erase-pupil`: the rights of a pupil over the data, for the
// administrator of a server that is stopped. Called once by account_command.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_pupil_data_commands(CLI::App& account);

}  // namespace trede
