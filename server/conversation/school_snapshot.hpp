// Saves a snapshot of a school that is in use or not: reads it in one transaction, from the last snapshot on, and never
// writes the database. Slow for a long journal: made for a process of its own. One thread.
#pragma once

#include <filesystem>

#include "content/result.hpp"
#include "server/ids.hpp"

namespace trede::conversation {

Result<void> snapshot_school(const std::filesystem::path& database_file, Milliseconds now_ms);

}  // namespace trede::conversation
