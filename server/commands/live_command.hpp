// `trede live`: some pupils of the demo class practise at a child's pace on a running server, so that a
// newcomer sees the teacher's page move. Called once by main.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_live_command(CLI::App& app);

}  // namespace trede
