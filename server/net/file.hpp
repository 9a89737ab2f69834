// Files that the server gives away: opened inside a folder and never outside it, read in pieces. Any thread.
// The reads come from the page cache in all but the first seconds, so a loop may do them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace trede::net {

class File {
 public:
  // The regular file at folder/relative; nothing when there is none or when it lies outside the folder,
  // through a link for example.
  static std::shared_ptr<const File> open(const std::filesystem::path& folder, const std::string& relative);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::uint64_t size() const { return size_; }
  const std::string& etag() const { return etag_; }  // from size and time of change, with its quotes

  // Up to room bytes from offset on; 0 at the end or when the disk fails.
  std::size_t read(std::uint64_t offset, char* into, std::size_t room) const;

 private:
  File(int descriptor, std::uint64_t size, std::string etag)
      : descriptor_(descriptor), size_(size), etag_(std::move(etag)) {}

  int descriptor_;
  std::uint64_t size_;
  std::string etag_;
};

// The path inside a folder that a request asks for: "/a%20b/c.js?x" → "a b/c.js", "/" → "". Nothing for what
// no page of ours asks: broken escapes, control characters, backslashes, empty names, names that begin with a
// dot.
std::optional<std::string> relative_path(std::string_view target);

// By the name's ending; application/octet-stream for an unknown one.
std::string_view mime_of(std::string_view name);

}  // namespace trede::net
