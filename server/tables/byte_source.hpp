// The bytes of a file, plain or gzip, in pieces: what is compressed shows in the first bytes, not in the
// name. One owner, one thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "content/result.hpp"

namespace trede::tables {

class ByteSource {
 public:
  // Error: no such file, a folder, not readable.
  static Result<ByteSource> open(const std::filesystem::path& file);

  // Up to room bytes; 0 at the end. Error: the disk fails, the gzip is damaged or ends too early.
  Result<std::size_t> read(char* into, std::size_t room);

 private:
  struct Close {
    void operator()(void* file) const;
  };
  using Handle = std::unique_ptr<void, Close>;
  ByteSource(Handle handle, std::string name) : handle_(std::move(handle)), name_(std::move(name)) {}

  Handle handle_;
  std::string name_;
};

}  // namespace trede::tables
