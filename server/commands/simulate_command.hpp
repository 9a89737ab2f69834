// `trede simulate`: the laboratory. Compares policies on simulated pupils, or tries a bank on them, and writes a
// report.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_simulate_command(CLI::App& app);

}  // namespace trede
