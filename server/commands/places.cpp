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

std::filesystem::path first_content(const std::string& named) {
  return named.empty() ? shipped("content/starter") : std::filesystem::path(named);
}

Result<std::filesystem::path> bank_folder(const std::string& named) {
  const std::filesystem::path folder = first_content(named);
  if (folder.empty())
    return Error{ErrorCode::NotFound,
                 "the starter content is not beside the program; --content names a bank"};
  if (!std::filesystem::exists(folder / "bank.json"))
    return Error{ErrorCode::NotFound, "there is no bank in " + folder.string() + ": it has no bank.json"};
  return folder;
}

}  // namespace trede::commands
