// `trede content export --data DATA --to FOLDER`: the newest bank of a school, in use or not, as a folder that authors
// work on. Called once by the content command, and by tests.
#pragma once

#include <CLI/CLI.hpp>

#include "content/result.hpp"

namespace trede {

struct ExportOptions {
  std::string data = "data";
  std::string to;       // new or empty
  std::string content;  // as of `trede serve`: where the videos lie that the school began with
};

struct Exported {
  std::size_t documents = 0, media = 0;
  std::int64_t version = 0;
};

// Writes nothing when a file of a video is missing (NotFound names it) or the folder holds something (Conflict).
Result<Exported> export_content(const ExportOptions& options);

void add_content_export(CLI::App& content);

}  // namespace trede
