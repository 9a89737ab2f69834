// `trede protocol`: prints the TypeScript types of the protocol. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_protocol_command(CLI::App& app);

}  // namespace trede
