#include "server/net/media.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "server/limits.hpp"
#include "server/net/range.hpp"
#include "server/store/file_hash.hpp"

namespace trede::net {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view unfinished = ".upload-";

struct MediaType {
  std::string_view ending;
  std::string_view mime;
};

constexpr MediaType types[] = {
    {"webm", "video/webm"}, {"mp4", "video/mp4"}, {"png", "image/png"}, {"vtt", "text/vtt"}};

bool is_media(std::string_view path) {
  for (const MediaType& type : types)
    if (path.ends_with("." + std::string(type.ending))) return true;
  return false;
}

// By the first bytes: names and headers of an upload are only what somebody says.
const MediaType* type_of(std::string_view start) {
  using namespace std::string_view_literals;
  if (start.starts_with("\x1A\x45\xDF\xA3"sv)) return &types[0];
  if (start.size() >= 8 && start.substr(4, 4) == "ftyp") return &types[1];
  if (start.starts_with("\x89PNG\r\n\x1A\n"sv)) return &types[2];
  if (start.starts_with("WEBVTT"sv) || start.starts_with("\xEF\xBB\xBFWEBVTT"sv)) return &types[3];
  return nullptr;
}

Error no_media() {
  return {ErrorCode::Invalid, "a WebM or MP4 video, a PNG picture or WebVTT captions are needed"};
}

Error too_large() {
  return {ErrorCode::TooLarge, "a file may be 64 MiB"};
}

Error disk_error(std::string_view doing) {
  return {ErrorCode::Unavailable, std::string(doing) + ": " + std::strerror(errno)};
}

bool flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool flushed = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return flushed;
}

}  // namespace

Reply media_reply(std::span<const fs::path> folders, const Request& request) {
  constexpr std::string_view prefix = "media/";
  const auto path = relative_path(request.target);
  if (path && path->starts_with(prefix) && is_media(*path)) {
    const std::string relative = path->substr(prefix.size());
    for (const fs::path& folder : folders)
      if (auto file = File::open(folder, relative))
        return file_reply(request, std::move(file), mime_of(relative), "no-cache");
  }
  return refusal(request.target, 404, ErrorCode::NotFound, "no such file");
}

struct Upload::State {
  fs::path folder;
  fs::path file;  // empty once it has its name
  int descriptor = -1;
  std::uint64_t size = 0;
  std::string start;  // the first bytes, which tell the type
  crypto_generichash_state hash;
};

Result<std::unique_ptr<Upload>> Upload::begin(const fs::path& folder) {
  auto state = std::make_unique<State>();
  std::string name = (folder / unfinished).string() + "XXXXXX";
  state->descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (state->descriptor < 0) return disk_error("the upload cannot be stored");
  state->folder = folder;
  state->file = name;
  crypto_generichash_init(&state->hash, nullptr, 0, 32);
  return std::unique_ptr<Upload>(new Upload(std::move(state)));
}

Upload::Upload(std::unique_ptr<State> state) : state_(std::move(state)) {}

Upload::~Upload() {
  ::close(state_->descriptor);
  if (!state_->file.empty()) ::unlink(state_->file.c_str());
}

Result<void> Upload::take(std::string_view part) {
  state_->size += part.size();
  if (state_->size > limits::media_bytes) return too_large();
  if (state_->start.size() < 16) state_->start += part.substr(0, 16);
  crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  while (!part.empty()) {
    const ssize_t count = ::write(state_->descriptor, part.data(), part.size());
    if (count < 0 && errno != EINTR) return disk_error("the upload cannot be written");
    if (count > 0) part.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<protocol::MediaStored> Upload::finish() {
  const MediaType* type = type_of(state_->start);
  if (!type) return no_media();
  unsigned char hash[32];
  crypto_generichash_final(&state_->hash, hash, sizeof hash);
  char text[2 * sizeof hash + 1];
  sodium_bin2hex(text, sizeof text, hash, sizeof hash);
  const std::string name = std::string(text) + '.' + std::string(type->ending);
  // fsync before rename: a name in the folder always means a complete file.
  if (::fchmod(state_->descriptor, 0644) != 0 || ::fsync(state_->descriptor) != 0)
    return disk_error("the upload cannot be written");
  if (::rename(state_->file.c_str(), (state_->folder / name).c_str()) != 0)
    return disk_error("the upload cannot be named");
  state_->file.clear();
  if (!flush_folder(state_->folder)) return disk_error("the upload cannot be named");
  return protocol::MediaStored{name, std::string(type->mime)};
}

Result<std::string> name_of_upload(const fs::path& file) {
  std::error_code failure;
  if (fs::file_size(file, failure) > limits::media_bytes && !failure) return too_large();
  std::string start(16, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  const MediaType* type = type_of(start);
  if (!type) return no_media();
  const auto hash = store::hash_of_file(file);
  if (hash.has_error()) return hash.error();
  return *hash + '.' + std::string(type->ending);
}

Result<protocol::MediaStored> upload_file(const fs::path& file, const fs::path& folder) {
  auto upload = Upload::begin(folder);
  if (upload.has_error()) return upload.error();
  std::ifstream stream(file, std::ios::binary);
  std::string part(1 << 20, '\0');
  while (stream.read(part.data(), static_cast<std::streamsize>(part.size())), stream.gcount() > 0) {
    const std::string_view read(part.data(), static_cast<std::size_t>(stream.gcount()));
    if (const auto taken = (*upload)->take(read); taken.has_error()) return taken.error();
  }
  if (!stream.eof()) return Error{ErrorCode::Unavailable, "cannot read " + file.string()};
  return (*upload)->finish();
}

void remove_unfinished_uploads(const fs::path& folder) {
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure))
    if (entry.path().filename().string().starts_with(unfinished)) fs::remove(entry.path(), failure);
}

}  // namespace trede::net
