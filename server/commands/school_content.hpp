// The content of a school as its folders hold it: the newest bank in the database, and where the files of its videos
// lie. For the commands that bring content in and out; one thread.
#pragma once

#include <boost/json/object.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>

#include "content/loader.hpp"

namespace trede::commands {

struct SchoolBank {
  content::Source source;
  std::int64_t version = 0;
};
// Only reads; its server may run. NotFound, in one sentence: there is no school, or it has no content yet.
Result<SchoolBank> newest_bank_in(const std::filesystem::path& data);

// The document of a video; none when there is none that can be read.
std::optional<boost::json::object> video_in(const content::Source& source, const std::string& path);

// A video as a school keeps it: its files are named by their content, as an author's uploads are.
struct KeptVideo {
  boost::json::object document;
  std::map<std::string, std::filesystem::path> files;  // by these names
};
using FindFile =
    std::function<std::filesystem::path(const std::string& name)>;  // "" = not there, the name stays
Result<KeptVideo> kept(boost::json::object video, const FindFile& find);

// A folder of content with its videos as the school keeps them; those the school has already in the school's words.
// first_content (places.hpp): where `trede serve` finds what is not named by its content.
struct KeptContent {
  content::Source source;
  std::map<std::string, std::filesystem::path> uploads;  // paths of the source → the files in the folder
};
Result<KeptContent> as_kept(content::Source source, const std::filesystem::path& folder,
                            const content::Source& school, const std::filesystem::path& first_content);

}  // namespace trede::commands
