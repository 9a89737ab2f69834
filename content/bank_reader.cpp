#include "content/bank_reader.hpp"

#include <algorithm>

namespace trede::content {
namespace {

constexpr std::size_t most_topics = 500;
constexpr std::size_t most_labels = 100;

template <class Things>
std::optional<int> place_of(const Things& things, const std::string& id) {
  const auto found =
      std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.id == id; });
  if (found == things.end()) return std::nullopt;
  return static_cast<int>(found - things.begin());
}

// Names like "1F" and "2F+" are shown as they are, so they may have any sign.
template <class Label>
Label read_label(const Field& field, std::string_view kind) {
  Label label;
  if (!field.is_object_of(kind)) return label;
  if (const auto id = field.member("id")) label.id = id->string();
  if (const auto title = field.member("title")) label.title = title->localised();
  return label;
}

template <class Label>
void add_unless_known(const Field& field, Label label, std::vector<Label>& labels) {
  if (place_of(labels, label.id)) field.problem("The id \"" + label.id + "\" is used twice: choose another.");
  labels.push_back(std::move(label));
}

template <class Label>
void read_labels(const Field& root, const char* name, std::vector<Label>& labels) {
  const std::optional<Field> list = root.member(name);
  if (!list) return;
  for (const Field& field : list->elements(1, most_labels)) {
    add_unless_known(field, read_label<Label>(field, "label"), labels);
  }
}

template <class Labels>
int read_reference(const Field& topic, const char* name, const Labels& labels) {
  const std::optional<Field> field = topic.member(name);
  if (!field) return 0;
  const std::string id = field->string();
  const std::optional<int> place = place_of(labels, id);
  if (!place) field->problem("\"" + id + "\" is not in bank.json: add it there or choose another.");
  return place.value_or(0);
}

Topic read_topic(const Field& field, const ItemBank& bank) {
  Topic topic;
  if (!field.is_object_of("topic")) return topic;
  if (const auto id = field.member("id")) topic.id = id->identifier();
  if (const auto title = field.member("title")) topic.title = title->localised();
  if (const auto goal = field.member("goal")) topic.goal = goal->localised();
  topic.domain = read_reference(field, "domain", bank.domains);
  topic.school_year = read_reference(field, "school_year", bank.school_years);
  topic.reference = read_reference(field, "reference", bank.references);
  constexpr double most_level = 6.0;
  if (const auto level = field.member("level")) topic.level = level->number(-most_level, most_level);
  if (const auto enrichment = field.member("enrichment")) topic.enrichment = enrichment->boolean();
  return topic;
}

void read_prerequisites(const Field& field, Topic& topic, const std::vector<Topic>& topics) {
  const std::optional<Field> list = field.member("prerequisites");
  if (!list) return;
  for (const Field& entry : list->elements(0, most_labels)) {
    const std::string id = entry.string();
    const std::optional<int> place = place_of(topics, id);
    if (!place) entry.problem("The topic \"" + id + "\" does not exist: mend the id or take it out.");
    if (id == topic.id) entry.problem("A topic cannot be its own prerequisite: take it out.");
    if (place && id != topic.id) topic.prerequisites.push_back(*place);
  }
}

void tell_cycle(const Field& root, const std::vector<Topic>& topics) {
  std::string names;
  for (const int topic : find_cycle(topics)) names += topics[static_cast<std::size_t>(topic)].id + " needs ";
  if (names.empty()) return;
  names.resize(names.size() - std::string_view{" needs "}.size());
  root.problem("The prerequisites form a cycle (" + names + " needs the first): take one of them out.");
}

void read_media(const Field& root, Video& video) {
  constexpr std::size_t most_media = 4;
  const std::optional<Field> media = root.member("media");
  if (!media) return;
  for (const Field& field : media->elements(1, most_media)) {
    Medium medium;
    if (!field.is_object_of("medium")) continue;
    if (const auto file = field.member("file")) medium.file = file->string();
    if (const auto mime = field.member("mime")) {
      medium.mime = mime->string();
      if (!medium.mime.starts_with("video/")) mime->problem("The mime type of a video begins with video/.");
    }
    video.media.push_back(std::move(medium));
  }
}

void read_chapters(const Field& root, Video& video) {
  constexpr std::size_t most_chapters = 50;
  const std::optional<Field> chapters = root.member("chapters");
  if (!chapters) return;
  for (const Field& field : chapters->elements(0, most_chapters)) {
    Chapter chapter;
    if (!field.is_object_of("chapter")) continue;
    if (const auto at = field.member("at_s")) chapter.at_s = at->number(0.0, video.seconds);
    if (const auto title = field.member("title")) chapter.title = title->localised();
    if (!video.chapters.empty() && chapter.at_s <= video.chapters.back().at_s) {
      field.problem("The chapters must be in the order of time: move this one.");
    }
    video.chapters.push_back(std::move(chapter));
  }
}

// Only a plain name beside video.json: a path could lead out of the bank.
void demand_file(const Field& root, const Video& video, const std::string& name, const Source& source) {
  if (name.empty()) return;
  const bool plain_name =
      name.find('/') == std::string::npos && name.find('\\') == std::string::npos && name[0] != '.';
  if (!plain_name || !source.contains(video.folder + "/" + name)) {
    root.problem("The file \"" + name + "\" is not in " + video.folder + ": put it there or mend the name.");
  }
}

void demand_files(const Field& root, const Video& video, const Source& source) {
  for (const Medium& medium : video.media) demand_file(root, video, medium.file, source);
  demand_file(root, video, video.poster, source);
  demand_file(root, video, video.captions.nl, source);
  demand_file(root, video, video.captions.en, source);
}

}  // namespace

void read_bank(const Field& root, ItemBank& bank) {
  if (!root.is_object_of("bank")) return;
  if (const auto format = root.member("format")) {
    if (format->number(0, 1000) != 1.0) format->problem("This program reads format 1.");
  }
  if (const auto id = root.member("id")) bank.id = id->identifier();
  if (const auto title = root.member("title")) bank.title = title->localised();
  if (const auto licence = root.member("licence")) bank.licence = licence->string();
  read_labels(root, "domains", bank.domains);
  read_labels(root, "references", bank.references);
  const std::optional<Field> years = root.member("school_years");
  if (!years) return;
  constexpr double most_mean = 6.0;
  for (const Field& field : years->elements(1, most_labels)) {
    SchoolYear year = read_label<SchoolYear>(field, "school-year");
    if (const auto mean = field.member("mean")) year.mean = mean->number(-most_mean, most_mean);
    add_unless_known(field, std::move(year), bank.school_years);
  }
}

void read_topics(const Field& root, ItemBank& bank) {
  const std::vector<Field> fields = root.elements(1, most_topics);
  for (const Field& field : fields) add_unless_known(field, read_topic(field, bank), bank.topics);
  for (std::size_t i = 0; i < fields.size(); ++i) read_prerequisites(fields[i], bank.topics[i], bank.topics);
  tell_cycle(root, bank.topics);
}

std::optional<Video> read_video(const Field& root, const std::string& file, const ItemBank& bank,
                                const Source& source) {
  if (!root.is_object_of("video")) return std::nullopt;
  constexpr double most_seconds = 3600.0;
  Video video;
  video.folder = file.substr(0, file.rfind('/'));
  if (const auto id = root.member("id")) {
    video.id = id->identifier();
    if (video.folder != "videos/" + video.id)
      id->problem("The id must equal the name of the folder: mend one of them.");
  }
  if (const auto field = root.member("topic")) {
    const std::optional<int> topic = place_of(bank.topics, field->string());
    if (!topic) field->problem("The topic is not in topics.json: add it there or choose another.");
    video.topic = topic.value_or(0);
  }
  if (const auto title = root.member("title")) video.title = title->localised();
  if (const auto seconds = root.member("seconds")) video.seconds = seconds->number(1.0, most_seconds);
  read_media(root, video);
  if (const auto poster = root.member("poster")) video.poster = poster->string();
  if (const auto captions = root.member("captions")) video.captions = captions->localised();
  read_chapters(root, video);
  if (const auto author = root.member("author")) video.author = author->string();
  if (const auto licence = root.member("licence")) video.licence = licence->string();
  demand_files(root, video, source);
  return video;
}

}  // namespace trede::content
