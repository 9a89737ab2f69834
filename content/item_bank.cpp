#include "content/item_bank.hpp"

#include <algorithm>

#include "content/result.hpp"

namespace trede::content {
namespace {

// Blind guessing: only a single choice can be hit by chance often enough to count.
double guessing(const Item& item) {
  if (item.answer.type != AnswerType::Single) return 0.0;
  return 1.0 / static_cast<double>(item.answer.options.size());
}

CatalogueItem catalogue_item(const Item& item, const std::vector<Topic>& topics) {
  CatalogueItem entry;
  const double level = topics[static_cast<std::size_t>(item.topic)].level;
  entry.parameters = {item.discrimination, level + item.step, guessing(item)};
  entry.loadings = {{item.topic, 1.0}};
  for (const Secondary& secondary : item.also) entry.loadings.push_back({secondary.topic, secondary.weight});
  entry.status = item.status;
  entry.minutes = item.minutes;
  entry.enrichment = item.enrichment;
  entry.varies = item.is_drawn();
  return entry;
}

CatalogueTopic catalogue_topic(const Topic& topic) {
  CatalogueTopic entry;
  entry.domain = topic.domain;
  entry.level = topic.level;
  entry.prerequisites = topic.prerequisites;
  entry.enrichment = topic.enrichment;
  return entry;
}

template <class Map>
std::optional<int> find(const Map& places, std::string_view id) {
  const auto found = places.find(id);
  return found == places.end() ? std::nullopt : std::optional{found->second};
}

template <class Things, class Map>
void number(const Things& things, Map& places) {
  places.clear();
  for (std::size_t i = 0; i < things.size(); ++i) places.emplace(things[i].id, static_cast<int>(i));
  ENSURE(places.size() == things.size());
}

}  // namespace

void ItemBank::index() {
  constexpr double seconds_per_minute = 60.0;
  number(items, item_by_id_);
  number(topics, topic_by_id_);
  number(videos, video_by_id_);
  catalogue = {};
  for (const Topic& topic : topics) catalogue.topics.push_back(catalogue_topic(topic));
  for (const Item& item : items) catalogue.items.push_back(catalogue_item(item, topics));
  for (const Video& video : videos)
    catalogue.videos.push_back({video.topic, video.seconds / seconds_per_minute});
  complete(catalogue);
}

std::optional<int> ItemBank::find_item(std::string_view item) const {
  return find(item_by_id_, item);
}

std::optional<int> ItemBank::find_topic(std::string_view topic) const {
  return find(topic_by_id_, topic);
}

std::optional<int> ItemBank::find_video(std::string_view video) const {
  return find(video_by_id_, video);
}

std::optional<int> ItemBank::find_school_year(std::string_view school_year) const {
  const auto found = std::find_if(school_years.begin(), school_years.end(),
                                  [&](const SchoolYear& year) { return year.id == school_year; });
  if (found == school_years.end()) return std::nullopt;
  return static_cast<int>(found - school_years.begin());
}

}  // namespace trede::content
