// A published bank: immutable and versioned, shared by all threads as shared_ptr<const ItemBank>. Made by
// content/loader.hpp only. Positions in items, topics and videos equal the indices in its catalogue.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/item.hpp"
#include "content/localised.hpp"
#include "content/topic_graph.hpp"
#include "content/video.hpp"
#include "engine/catalogue/catalogue.hpp"

namespace trede::content {

struct SchoolYear {
  std::string id;
  Localised title;
  double mean = 0.0;  // ability of the average pupil at the end of that year, logits
};

struct Domain {
  std::string id;
  Localised title;
};

struct Reference {
  std::string id;
  Localised title;
};

class ItemBank {
 public:
  std::string id;
  Localised title;
  std::string licence;
  int version = 0;
  std::vector<SchoolYear> school_years;
  std::vector<Domain> domains;
  std::vector<Reference> references;
  std::vector<Topic> topics;
  std::vector<Item> items;
  std::vector<Video> videos;
  Catalogue catalogue;

  std::optional<int> find_item(std::string_view item) const;
  std::optional<int> find_topic(std::string_view topic) const;
  std::optional<int> find_video(std::string_view video) const;
  std::optional<int> find_school_year(std::string_view school_year) const;

  // Builds the catalogue and the look-up by id from the vectors; the loader calls it once, last.
  void index();

 private:
  std::map<std::string, int, std::less<>> item_by_id_, topic_by_id_, video_by_id_;
};

}  // namespace trede::content
