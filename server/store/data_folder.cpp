#include "server/store/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "server/store/private_file.hpp"

namespace trede::store {
namespace {

namespace fs = std::filesystem;

// Somebody may have named a folder that others use too, such as /tmp; that one stays as it is.
bool is_for_all(const fs::path& folder) {
  std::error_code failure;
  return (fs::status(folder, failure).permissions() & fs::perms::sticky_bit) != fs::perms::none;
}

void shut(const fs::path& folder) {
  if (is_for_all(folder)) return;
  make_private(folder);
  for (const char* name :
       {"school.db", "school.db-wal", "school.db-shm", "school.mark", "school.snapshot", "server.key"})
    make_private(folder / name);  // those that are missing are made so later
}

}  // namespace

Result<DataFolder> DataFolder::open(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder / "media", failure);
  if (failure)
    return Error{ErrorCode::Unavailable,
                 "the data folder " + folder.string() + " cannot be made: " + failure.message()};
  shut(folder);
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
