#include "server/store/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "server/store/file_hash.hpp"

namespace trede::store {
namespace {

constexpr std::size_t piece = 1 << 20;
constexpr std::size_t hash_bytes = crypto_generichash_BYTES;

}  // namespace

WholeFile::WholeFile(std::filesystem::path file) : file_(std::move(file)), beside_(file_) {
  beside_ += ".new";
  descriptor_ = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  failed_ = descriptor_ < 0;
  crypto_generichash_init(&hash_, nullptr, 0, hash_bytes);
}

WholeFile::~WholeFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(beside_.c_str());
}

void WholeFile::add(std::string_view section) {
  const std::uint64_t size = section.size();
  waiting_.append(reinterpret_cast<const char*>(&size), sizeof size).append(section);
  if (waiting_.size() < piece) return;
  write(waiting_.data(), waiting_.size());
  waiting_.clear();
}

void WholeFile::write(const void* bytes, std::size_t size) {
  const auto* next = static_cast<const unsigned char*>(bytes);
  crypto_generichash_update(&hash_, next, size);
  while (size > 0 && !failed_) {
    const auto written = ::write(descriptor_, next, size);
    failed_ = written < 0 && errno != EINTR;
    if (written <= 0) continue;
    next += written;
    size -= static_cast<std::size_t>(written);
  }
}

Result<void> WholeFile::put_in_place() {
  write(waiting_.data(), waiting_.size());
  std::array<unsigned char, hash_bytes> hash;
  crypto_generichash_final(&hash_, hash.data(), hash.size());
  write(hash.data(), hash.size());
  const bool placed =
      !failed_ && ::fdatasync(descriptor_) == 0 && ::rename(beside_.c_str(), file_.c_str()) == 0;
  if (!placed)
    return Error{ErrorCode::Unavailable, "cannot write " + file_.string() + ": " + std::strerror(errno)};
  ::close(std::exchange(descriptor_, -1));
  return {};
}

Result<void> read_whole(const std::filesystem::path& file,
                        const std::function<Result<void>(const std::string& section)>& visit) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return Error{ErrorCode::NotFound, "there is no " + file.string()};
  const Error not_whole{ErrorCode::Invalid, file.string() + " is not whole"};
  std::error_code failure;
  const std::uint64_t size = std::filesystem::file_size(file, failure);
  if (failure || size < hash_bytes) return not_whole;
  const std::string hash = hash_of(stream, size - hash_bytes);
  std::string written(hash_bytes, '\0');
  if (!stream.read(written.data(), hash_bytes) || written != hash) return not_whole;

  stream.seekg(0);
  std::string section;
  for (std::uint64_t left = size - hash_bytes; left > 0;) {
    std::uint64_t length = 0;
    if (left < sizeof length || !stream.read(reinterpret_cast<char*>(&length), sizeof length))
      return not_whole;
    left -= sizeof length;
    if (length > left) return not_whole;
    section.resize(length);
    if (!stream.read(section.data(), static_cast<std::streamsize>(length))) return not_whole;
    left -= length;
    if (const auto visited = visit(section); visited.has_error()) return visited.error();
  }
  return {};
}

}  // namespace trede::store
