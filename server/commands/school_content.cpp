#include "server/commands/school_content.hpp"

#include <boost/json/parse.hpp>
#include <optional>

#include "content/readable_json.hpp"
#include "content/video_document.hpp"
#include "server/commands/places.hpp"
#include "server/protocol/present.hpp"
#include "server/store/bank_store.hpp"
#include "server/store/file_hash.hpp"

namespace trede::commands {
namespace {

namespace fs = std::filesystem;

void copy_folder(const content::Source& from, const std::string& video, content::Source& to) {
  for (auto file = from.lower_bound(video); file != from.end() && file->first.starts_with(video); ++file)
    to.insert(*file);
}

// Whether the school shows this very video, its pictures and words included.
Result<bool> has_already(const content::Source& school, const std::string& video, const KeptVideo& theirs,
                         const fs::path& first_content) {
  const auto document = video_in(school, video + "video.json");
  if (!document) return false;
  const auto ours = kept(*document, [&](const std::string& name) {
    const fs::path file = first_content / video / name;
    std::error_code failure;
    return !protocol::is_content_hash(name) && fs::is_regular_file(file, failure) ? file : fs::path();
  });
  if (ours.has_error()) return ours.error();
  return ours->document == theirs.document;
}

}  // namespace

Result<SchoolBank> newest_bank_in(const fs::path& data) {
  const fs::path file = data / "school.db";
  std::error_code failure;
  if (!fs::exists(file, failure)) return Error{ErrorCode::NotFound, "there is no school in " + data.string()};
  const auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto newest = store::newest_bank(**database);
  if (newest.has_error()) return newest.error();
  if (*newest == 0)
    return Error{ErrorCode::NotFound, "the school in " + data.string() +
                                          " has no content yet; the first `trede serve` takes it in "
                                          "(--content names a folder of your own)"};
  auto source = store::read_bank(**database, *newest);
  if (source.has_error()) return source.error();
  return SchoolBank{std::move(*source), *newest};
}

std::optional<boost::json::object> video_in(const content::Source& source, const std::string& path) {
  const auto found = source.find(path);
  if (found == source.end()) return std::nullopt;
  boost::system::error_code failure;
  const auto json = boost::json::parse(found->second, failure);
  if (failure || !json.is_object()) return std::nullopt;
  return json.get_object();
}

Result<KeptVideo> kept(boost::json::object video, const FindFile& find) {
  KeptVideo result{std::move(video), {}};
  for (boost::json::string* name : content::file_names(result.document)) {
    const fs::path file = find(std::string(*name));
    if (file.empty()) continue;
    const auto hash = store::hash_of_file(file);
    if (hash.has_error()) return hash.error();
    *name = *hash + file.extension().string();
    result.files[std::string(*name)] = file;
  }
  return result;
}

Result<KeptContent> as_kept(content::Source source, const fs::path& folder, const content::Source& school,
                            const fs::path& first_content) {
  KeptContent result{source, {}};
  for (const auto& [path, text] : source) {
    const std::string video = content::video_folder(path);
    const auto document = video.empty() ? std::nullopt : video_in(source, path);
    if (!document) continue;
    const auto theirs = kept(*document, [&](const std::string& name) {
      return source.contains(video + name) ? folder / video / name : fs::path();
    });
    if (theirs.has_error()) return theirs.error();
    const auto known = has_already(school, video, *theirs, first_content);
    if (known.has_error()) return known.error();
    std::erase_if(result.source, [&](const auto& file) { return file.first.starts_with(video); });
    if (*known) {
      copy_folder(school, video, result.source);
      continue;
    }
    result.source[path] = content::readable_json(theirs->document);
    for (const auto& [name, file] : theirs->files) {
      result.source[video + name] = source.at(video + file.filename().string());  // empty for media
      result.uploads[video + name] = file;
    }
  }
  return result;
}

}  // namespace trede::commands
