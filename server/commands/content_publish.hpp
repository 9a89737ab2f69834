// `trede content publish FOLDER --data DATA`: a folder of content comes into a school that is stopped, as the next
// version of its bank. Called once by the content command, and by tests.
#pragma once

#include <CLI/CLI.hpp>

#include "content/merge.hpp"
#include "server/ids.hpp"

namespace trede {

struct PublishOptions {
  std::string folder;
  std::string data = "data";
  std::string content;  // as of `trede serve`: where the videos lie that the school began with
  bool replace = false;
  bool only_try = false;
};

struct Publication {
  std::vector<content::Difference> differences;
  content::Problems problems;  // what must be mended first; nothing was changed
  std::int64_t version = 0;    // of the bank that was made; 0 = none
};

// Media are on disk before the version that names them. NotFound: no school, no content; Conflict: its server runs.
Result<Publication> publish_content(const PublishOptions& options, Milliseconds now_ms);

void add_content_publish(CLI::App& content);

}  // namespace trede
