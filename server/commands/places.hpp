// Where the program finds what ships with it: the built pages and the starter content. Looked up from the
// program's own place, so that a build folder and an installed tree both work. Called by commands at their
// start.
#pragma once

#include <filesystem>
#include <string>

#include "content/result.hpp"

namespace trede::commands {

std::filesystem::path shipped(
    const std::filesystem::path& relative);  // e.g. "web/dist"; empty when it is nowhere

// The folder that --content names, or the starter content's; empty when none is named and it is nowhere.
std::filesystem::path first_content(const std::string& named);

// The same where a bank must be. NotFound when none is there.
Result<std::filesystem::path> bank_folder(const std::string& named);

}  // namespace trede::commands
