// Files and folders for the user alone that the program runs as, whatever the umask. Any thread.
#pragma once

#include <filesystem>

namespace trede::store {

// An empty file where none is.
void begin_private_file(const std::filesystem::path& file);
// A file (0600) or folder (0700) that is there; nothing happens to another owner's.
void make_private(const std::filesystem::path& path);

}  // namespace trede::store
