#include "content/video_document.hpp"

#include <algorithm>

namespace trede::content {
namespace {

void add_text(boost::json::value* name, std::vector<boost::json::string*>& names) {
  if (name && name->is_string()) names.push_back(&name->get_string());
}

}  // namespace

std::vector<boost::json::string*> file_names(boost::json::object& video) {
  std::vector<boost::json::string*> names;
  add_text(video.if_contains("poster"), names);
  if (auto* captions = video.if_contains("captions"); captions && captions->is_object())
    for (auto& caption : captions->get_object()) add_text(&caption.value(), names);
  if (auto* media = video.if_contains("media"); media && media->is_array())
    for (auto& medium : media->get_array())
      if (medium.is_object()) add_text(medium.get_object().if_contains("file"), names);
  return names;
}

std::string video_folder(const std::string& path) {
  const bool is_video = path.starts_with("videos/") && path.ends_with("/video.json") &&
                        std::count(path.begin(), path.end(), '/') == 2;
  return is_video ? path.substr(0, path.rfind('/') + 1) : "";
}

}  // namespace trede::content
