#include "server/tables/byte_source.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace trede::tables {
namespace {

constexpr unsigned buffer_bytes = 1 << 17;  // zlib's own 8 KiB costs a system call each
constexpr std::size_t largest_read = 1 << 30;

gzFile file_of(void* handle) {
  return static_cast<gzFile>(handle);
}

}  // namespace

void ByteSource::Close::operator()(void* file) const {
  gzclose_r(file_of(file));
}

Result<ByteSource> ByteSource::open(const std::filesystem::path& file) {
  std::error_code ignored;
  const std::string name = file.string();
  if (std::filesystem::is_directory(file, ignored))
    return Error{ErrorCode::Invalid, name + " is a folder, not a file"};
  errno = 0;
  const gzFile opened = gzopen(file.c_str(), "rb");
  if (opened == nullptr) {
    if (errno == ENOENT) return Error{ErrorCode::NotFound, "there is no file " + name};
    return Error{ErrorCode::Unavailable, "cannot open " + name + ": " + std::strerror(errno)};
  }
  gzbuffer(opened, buffer_bytes);
  return ByteSource(Handle(opened), name);
}

Result<std::size_t> ByteSource::read(char* into, std::size_t room) {
  const gzFile file = file_of(handle_.get());
  const int count = gzread(file, into, static_cast<unsigned>(std::min(room, largest_read)));
  if (count > 0) return static_cast<std::size_t>(count);
  int code = Z_OK;
  const char* what = gzerror(file, &code);
  // zlib hands out all it has before it tells that the stream was not complete.
  if (code == Z_BUF_ERROR)
    return Error{ErrorCode::Invalid, name_ + " is cut short: the compressed file ends too early"};
  if (code == Z_ERRNO)
    return Error{ErrorCode::Unavailable, "cannot read " + name_ + ": " + std::strerror(errno)};
  if (code != Z_OK) return Error{ErrorCode::Invalid, name_ + " is damaged: " + what};
  return std::size_t{0};
}

}  // namespace trede::tables
