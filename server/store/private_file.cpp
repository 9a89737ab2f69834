#include "server/store/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace trede::store {

namespace fs = std::filesystem;

void begin_private_file(const fs::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return;  // it is there already, or whoever writes to it tells why not
  ::fchmod(made, 0600);
  ::close(made);
}

void make_private(const fs::path& path) {
  std::error_code failure;
  const bool folder = fs::is_directory(path, failure);
  fs::permissions(path, folder ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write,
                  failure);
}

}  // namespace trede::store
