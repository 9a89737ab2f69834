// What a video.json names, before it is read as a Video: for those who look after its files. Pure; any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace trede::content {

// The names of the files beside it: media, poster and captions, as far as they are texts. They live as long as the
// document does.
std::vector<boost::json::string*> file_names(boost::json::object& video);

// "videos/cake/video.json" → "videos/cake/"; empty for all other paths of a source.
std::string video_folder(const std::string& path);

}  // namespace trede::content
