// `trede evaluate`: how well the model predicts the next answer of pupils it has never seen, on a log of
// answers. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_evaluate_command(CLI::App& app);

}  // namespace trede
