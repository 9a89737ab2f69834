#include "server/store/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace trede::store {

Result<DataFolder> DataFolder::open(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder / "media", failure);
  if (failure)
    return Error{ErrorCode::Unavailable,
                 "the data folder " + folder.string() + " cannot be made: " + failure.message()};
  const int lock = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0)
    return Error{ErrorCode::Unavailable,
                 "the data folder " + folder.string() + " cannot be written: " + std::strerror(errno)};
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return Error{ErrorCode::Conflict,
                 "another Trede program uses the data folder " + folder.string() + "; stop it first"};
  }
  return DataFolder(folder, lock);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace trede::store
