// Videos, captions and pictures: served with ranges from the folders that have them, and uploaded by authors
// into the first. An uploaded file is named by its content, so that it never changes and the same file is
// stored once.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "server/net/http.hpp"
#include "server/protocol/messages.hpp"

namespace trede::net {

// GET /media/<path>: webm, mp4, png, vtt only, whatever else the folders hold. Any thread.
Reply media_reply(std::span<const std::filesystem::path> folders, const Request& request);

// One upload, on one thread at a time. Destroyed without finish(), it leaves nothing behind.
class Upload {
 public:
  static Result<std::unique_ptr<Upload>> begin(const std::filesystem::path& folder);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  // TooLarge beyond limits::media_bytes, Unavailable when the disk is full.
  Result<void> take(std::string_view part);

  // On disk for good (fsync of file and folder; blocks, so not on a loop). Invalid for what is none of the
  // four types.
  Result<protocol::MediaStored> finish();

 private:
  struct State;
  explicit Upload(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The name that an upload of this file gets. Invalid for what is none of the four types, TooLarge.
Result<std::string> name_of_upload(const std::filesystem::path& file);

// Copies a file into the folder as an upload of it would; blocks.
Result<protocol::MediaStored> upload_file(const std::filesystem::path& file,
                                          const std::filesystem::path& folder);

// Removes what a killed program left of its uploads.
void remove_unfinished_uploads(const std::filesystem::path& folder);

}  // namespace trede::net
