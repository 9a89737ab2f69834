// `trede cat`: an adaptive test on answers that are fixed beforehand. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_cat_command(CLI::App& app);

}  // namespace trede
