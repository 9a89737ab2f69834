#include "server/commands/content_export.hpp"

#include <fmt/format.h>

#include <fstream>
#include <map>

#include "content/video_document.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/places.hpp"
#include "server/commands/school_content.hpp"
#include "server/protocol/present.hpp"

namespace trede {
namespace {

namespace fs = std::filesystem;

Error cannot_write(const fs::path& path) {
  return {ErrorCode::Unavailable, "cannot write " + path.string()};
}

Result<void> begin_folder(const fs::path& folder) {
  std::error_code failure;
  if (fs::exists(folder, failure) && !fs::is_empty(folder, failure))
    return Error{ErrorCode::Conflict, folder.string() + " holds something already; name a new folder"};
  fs::create_directories(folder, failure);
  if (failure) return cannot_write(folder);
  return {};
}

// The media that the bank's videos name: path in the bank → the file that the server serves.
Result<std::map<std::string, fs::path>> media_of(const content::Source& bank, const ExportOptions& options) {
  const fs::path first = commands::first_content(options.content);
  std::map<std::string, fs::path> files;
  for (const auto& [path, text] : bank) {
    const std::string video = content::video_folder(path);
    auto document = video.empty() ? std::nullopt : commands::video_in(bank, path);
    if (!document) continue;
    for (const auto* named : content::file_names(*document)) {
      const std::string name(*named);
      if (name.ends_with(".vtt")) continue;  // the bank has its text
      const fs::path file =
          protocol::is_content_hash(name) ? fs::path(options.data) / "media" / name : first / video / name;
      std::error_code failure;
      if (!fs::is_regular_file(file, failure))
        return Error{ErrorCode::NotFound, "there is no " + file.string() +
                                              "; if the school is served with --content, say so here too"};
      files[video + name] = file;
    }
  }
  return files;
}

Result<void> write_text(const fs::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) return cannot_write(file);
  return {};
}

}  // namespace

Result<Exported> export_content(const ExportOptions& options) {
  const auto bank = commands::newest_bank_in(options.data);
  if (bank.has_error()) return bank.error();
  const auto media = media_of(bank->source, options);
  if (media.has_error()) return media.error();
  const fs::path to = options.to;
  if (const auto begun = begin_folder(to); begun.has_error()) return begun.error();
  Exported exported{0, media->size(), bank->version};
  std::error_code failure;
  for (const auto& [path, text] : bank->source) {
    if (!path.ends_with(".json") && !path.ends_with(".vtt")) continue;  // only that it exists is known
    fs::create_directories((to / path).parent_path(), failure);
    if (const auto written = write_text(to / path, text); written.has_error()) return written.error();
    ++exported.documents;
  }
  for (const auto& [path, file] : *media)
    if (!fs::copy_file(file, to / path, failure)) return cannot_write(to / path);
  return exported;
}

void add_content_export(CLI::App& content) {
  CLI::App* command = content.add_subcommand(
      "export", "Write the newest bank of a school, in use or not, as a folder that authors work on");
  const auto options = std::make_shared<ExportOptions>();
  command->add_option("--data", options->data, "Folder of the school")->capture_default_str();
  command->add_option("--to", options->to, "New folder for the bank")->required();
  command->add_option("--content", options->content,
                      "The folder of `trede serve --content`, if the school began with one");
  command->callback([options] {
    const auto exported = export_content(*options);
    if (exported.has_error()) commands::fail(exported.error());
    fmt::print("Wrote version {} of the bank to {}: {} documents and {} files of videos.\n",
               exported->version, options->to, exported->documents, exported->media);
  });
}

}  // namespace trede
