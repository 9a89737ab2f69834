#include "server/net/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "server/net/http.hpp"

namespace trede::net {
namespace {

namespace fs = std::filesystem;

bool lies_inside(const fs::path& folder, const fs::path& file) {
  const auto [end, unused] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return end == folder.end();
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    plain += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return plain;
}

bool is_harmless_name(std::string_view name) {
  if (name.empty() || name.front() == '.') return false;
  return std::none_of(name.begin(), name.end(),
                      [](unsigned char c) { return c < 0x20 || c == 0x7F || c == '\\'; });
}

}  // namespace

std::shared_ptr<const File> File::open(const fs::path& folder, const std::string& relative) {
  std::error_code failure;
  const fs::path root = fs::canonical(folder, failure);
  if (failure) return nullptr;
  const fs::path path = fs::canonical(root / relative, failure);
  if (failure || !lies_inside(root, path)) return nullptr;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return nullptr;
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return nullptr;
  }
  char etag[64];
  std::snprintf(etag, sizeof etag, "\"%llx-%llx.%lx\"", static_cast<unsigned long long>(status.st_size),
                static_cast<unsigned long long>(status.st_mtim.tv_sec),
                static_cast<unsigned long>(status.st_mtim.tv_nsec));
  return std::shared_ptr<const File>(new File(descriptor, static_cast<std::uint64_t>(status.st_size), etag));
}

File::~File() {
  ::close(descriptor_);
}

std::size_t File::read(std::uint64_t offset, char* into, std::size_t room) const {
  const ssize_t count = ::pread(descriptor_, into, room, static_cast<off_t>(offset));
  return count < 0 ? 0 : static_cast<std::size_t>(count);
}

std::optional<std::string> relative_path(std::string_view target) {
  const auto path = unescaped(path_of(target));
  if (!path || path->empty() || path->front() != '/') return std::nullopt;
  std::string_view rest = std::string_view(*path).substr(1);
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    if (!is_harmless_name(rest.substr(0, slash))) return std::nullopt;
    rest = slash == rest.npos ? std::string_view() : rest.substr(slash + 1);
  }
  return path->substr(1);
}

std::string_view mime_of(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> table[] = {
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"mjs", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"webmanifest", "application/manifest+json"},
      {"txt", "text/plain; charset=utf-8"},
      {"vtt", "text/vtt; charset=utf-8"},
      {"svg", "image/svg+xml"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"webp", "image/webp"},
      {"ico", "image/x-icon"},
      {"woff2", "font/woff2"},
      {"woff", "font/woff"},
      {"webm", "video/webm"},
      {"mp4", "video/mp4"},
  };
  const std::size_t dot = name.rfind('.');
  const std::string_view ending = dot == name.npos ? std::string_view() : name.substr(dot + 1);
  for (const auto& [known, mime] : table)
    if (known == ending) return mime;
  return "application/octet-stream";
}

}  // namespace trede::net
