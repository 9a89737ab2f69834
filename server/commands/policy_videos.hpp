// trede policy videos: what the videos of a school have been found to do.
#pragma once

#include <CLI/CLI.hpp>

namespace trede {

void add_policy_videos(CLI::App& policy);

}  // namespace trede
