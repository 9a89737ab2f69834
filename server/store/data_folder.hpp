// The folder that holds everything a school owns: school.db, media/. One program at a time uses it, guarded
// by a lock that the system takes back when the program dies.
#pragma once

#include <filesystem>

#include "content/result.hpp"

namespace trede::store {

class DataFolder {
 public:
  // Makes the folder when it is missing. Unavailable, in one sentence for the administrator, when it cannot
  // be written; Conflict when another program uses it.
  static Result<DataFolder> open(const std::filesystem::path& folder);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder();

  std::filesystem::path database() const { return folder_ / "school.db"; }
  std::filesystem::path media() const { return folder_ / "media"; }

 private:
  DataFolder(std::filesystem::path folder, int lock) : folder_(std::move(folder)), lock_(lock) {}

  std::filesystem::path folder_;
  int lock_ = -1;  // file descriptor
};

}  // namespace trede::store
