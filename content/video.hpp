// An instruction video: what the page needs to play it. A value; the files lie beside video.json.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "content/localised.hpp"

namespace trede::content {

struct Medium {
  std::string file;
  std::string mime;
};
BOOST_DESCRIBE_STRUCT(Medium, (), (file, mime))

struct Chapter {
  double at_s = 0.0;
  Localised title;
};
BOOST_DESCRIBE_STRUCT(Chapter, (), (at_s, title))

struct Video {
  std::string id;
  int topic = 0;  // index in ItemBank::topics
  Localised title;
  double seconds = 0.0;
  std::vector<Medium> media;  // in order of preference; files relative to folder
  std::string poster;
  Localised captions;  // a .vtt file a language
  std::vector<Chapter> chapters;
  std::string author, licence;
  std::string folder;  // "videos/<id>"
};

}  // namespace trede::content
