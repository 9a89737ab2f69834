#include "server/commands/places.hpp"

namespace trede::commands {

std::filesystem::path shipped(const std::filesystem::path& relative) {
  std::error_code failure;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
  for (auto folder = program.parent_path(); !failure && folder.has_relative_path();
       folder = folder.parent_path())
    for (const auto& candidate : {folder / relative, folder / "share" / "trede" / relative})
      if (std::filesystem::exists(candidate)) return candidate;
  return {};
}

}  // namespace trede::commands
