#include "server/protocol/present.hpp"

#include <algorithm>

#include "content/draw.hpp"
#include "content/present.hpp"

namespace trede::protocol {
namespace {

constexpr std::size_t preview_bytes = 90;

// A fraction reads "3/4", everything else as its characters.
std::string characters_of(std::string_view mathml) {
  std::string text;
  bool in_fraction = false;
  for (std::size_t i = 0; i < mathml.size(); ++i) {
    if (mathml[i] != '<') {
      text += mathml[i];
      continue;
    }
    const std::size_t end = mathml.find('>', i);
    const std::string_view tag = mathml.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
    if (tag.starts_with("mfrac")) in_fraction = true;
    const bool child_ends = tag == "/mn" || tag == "/mrow" || tag == "/mi";
    if (in_fraction && child_ends) {
      text += '/';
      in_fraction = false;
    }
    if (end == std::string_view::npos) break;
    i = end;
  }
  return text;
}

}  // namespace

std::vector<TopicRow> topic_rows(const content::ItemBank& bank, Language language) {
  std::vector<TopicRow> rows;
  for (std::size_t k = 0; k < bank.topics.size(); ++k) {
    const content::Topic& topic = bank.topics[k];
    const CatalogueTopic& numbers = bank.catalogue.topics[k];
    TopicRow row;
    row.id = topic.id;
    row.title = topic.title.in(language);
    row.goal = topic.goal.in(language);
    row.domain = bank.domains[static_cast<std::size_t>(topic.domain)].title.in(language);
    row.school_year = bank.school_years[static_cast<std::size_t>(topic.school_year)].title.in(language);
    row.reference = bank.references[static_cast<std::size_t>(topic.reference)].id;
    row.level = topic.level;
    row.cut = numbers.cut;
    for (const int before : topic.prerequisites)
      row.prerequisites.push_back(bank.topics[static_cast<std::size_t>(before)].id);
    row.enrichment = topic.enrichment;
    row.items = std::count_if(numbers.items.begin(), numbers.items.end(), [&](int item) {
      return bank.catalogue.items[static_cast<std::size_t>(item)].status != ItemStatus::Retired;
    });
    if (!numbers.videos.empty()) row.video = bank.videos[static_cast<std::size_t>(numbers.videos.front())].id;
    rows.push_back(std::move(row));
  }
  return rows;
}

bool is_content_hash(std::string_view file) {
  const std::string_view stem = file.substr(0, file.find('.'));
  return stem.size() == 64 && stem.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string media_url(const content::Video& video, std::string_view file) {
  return "/media/" + (is_content_hash(file) ? std::string(file) : video.folder + "/" + std::string(file));
}

VideoView video_view(const content::ItemBank& bank, int index, Language language) {
  const content::Video& video = bank.videos[static_cast<std::size_t>(index)];
  VideoView view;
  view.id = video.id;
  view.title = video.title.in(language);
  view.seconds = video.seconds;
  for (const auto& medium : video.media) view.sources.push_back({media_url(video, medium.file), medium.mime});
  if (!video.poster.empty()) view.poster = media_url(video, video.poster);
  for (const Language caption : {Language::Nl, Language::En})
    if (!video.captions.in(caption).empty())
      view.captions.push_back({caption, media_url(video, video.captions.in(caption))});
  for (const auto& chapter : video.chapters)
    view.chapters.push_back({chapter.at_s, chapter.title.in(language)});
  return view;
}

std::string plain_text(const RichText& text) {
  std::string plain;
  for (const auto& segment : text) {
    if (segment.kind == "math")
      plain += characters_of(segment.value);
    else if (segment.kind == "line" || segment.kind == "paragraph")
      plain += plain.empty() ? "" : " ";
    else
      plain += segment.value;
  }
  return plain;
}

std::string preview_of(const content::Item& item, Language language) {
  const auto instance = content::draw(item, 1);
  if (instance.has_error()) return "";
  std::string text = plain_text(content::project(item, *instance, language).body);
  if (text.size() <= preview_bytes) return text;
  std::size_t end = preview_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // between characters
  return text.substr(0, end) + "…";
}

std::vector<ItemName> item_names(const content::ItemBank& bank, const std::set<std::string>& ids,
                                 Language language) {
  std::vector<ItemName> names;
  for (const std::string& id : ids) {
    const auto index = bank.find_item(id);
    if (!index) continue;
    const content::Item& item = bank.items[static_cast<std::size_t>(*index)];
    names.push_back({id, bank.topics[static_cast<std::size_t>(item.topic)].id, preview_of(item, language)});
  }
  return names;
}

}  // namespace trede::protocol
