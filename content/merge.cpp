#include "content/merge.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "content/document.hpp"
#include "content/limits.hpp"
#include "content/readable_json.hpp"
#include "content/video_document.hpp"

namespace trede::content {
namespace {

namespace json = boost::json;

constexpr std::pair<std::string_view, Part> lists[] = {
    {"domains", Part::Domain}, {"school_years", Part::SchoolYear}, {"references", Part::Reference}};

// None when there is no such document, or when it was told that it cannot be read.
std::optional<json::value> document_in(const Source& source, const std::string& path, Problems& problems) {
  const auto found = source.find(path);
  if (found == source.end()) return std::nullopt;
  const bool is_long = path == "formulas.json";
  const Document document{found->second, path, problems,
                          is_long ? limits::formula_file_bytes : limits::file_bytes};
  return document.value();
}

std::optional<std::string> id_of(const json::value& entry) {
  const json::object* object = entry.if_object();
  const json::value* id = object ? object->if_contains("id") : nullptr;
  if (!id || !id->is_string()) return std::nullopt;
  return std::string(id->get_string());
}

std::string stem_of(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

class Merging {
 public:
  Merging(const Source& school, const Source& folder, Differing differing)
      : school_(school), folder_(folder), differing_(differing) {
    merged_.source = school;
  }

  Merged run() {
    merge_members("bank.json", Part::Detail);
    merge_topics();
    merge_exercises();
    merge_videos();
    merge_members("formulas.json", Part::Formula);
    return std::move(merged_);
  }

 private:
  std::optional<json::value> folders(const std::string& path) {
    return document_in(folder_, path, merged_.problems);
  }
  // The school practises with it, so that it can be read.
  json::value schools(const std::string& path) const {
    Problems ignored;
    return document_in(school_, path, ignored).value_or(json::value());
  }

  void tell(const std::string& path, const std::string& message) {
    merged_.problems.push_back({path, "", message});
  }

  // Notes what is new or differs; says whether the folder's is taken.
  bool takes(Part part, const std::string& id, bool known, bool same) {
    if (same) return false;
    const bool stays = known && differing_ == Differing::StaysTheSchools;
    merged_.differences.push_back({part, id, !known ? Fate::Added : stays ? Fate::Left : Fate::Changed});
    return !stays;
  }

  // Each returns whether anything was taken.
  bool merge_list(Part part, const std::string& path, const json::array& from, json::array& into) {
    bool taken = false;
    for (const json::value& entry : from) {
      const auto id = id_of(entry);
      if (!id) {
        tell(path, "An entry of a list has no id: add it.");
        continue;
      }
      const auto known =
          std::find_if(into.begin(), into.end(), [&](const auto& one) { return id_of(one) == id; });
      const bool is_known = known != into.end();
      if (!takes(part, *id, is_known, is_known && *known == entry)) continue;
      taken = true;
      if (is_known)
        *known = entry;
      else
        into.push_back(entry);
    }
    return taken;
  }

  bool merge_member(Part part, const std::string& path, const json::key_value_pair& from,
                    json::object& into) {
    const std::string name(from.key());
    json::value* known = into.if_contains(name);
    for (const auto& [list, part_of_list] : lists)
      if (list == name && known && known->is_array() && from.value().is_array())
        return merge_list(part_of_list, path, from.value().get_array(), known->get_array());
    if (!takes(part, name, known, known && *known == from.value())) return false;
    into[name] = from.value();
    return true;
  }

  void merge_members(const std::string& path, Part part) {
    const auto from = folders(path);
    if (!from) return;
    if (!from->is_object()) return tell(path, "Here belongs an object { … }.");
    json::value into = schools(path);
    if (!into.is_object()) into.emplace_object();
    bool taken = false;
    for (const auto& member : from->get_object())
      taken = merge_member(part, path, member, into.get_object()) || taken;
    if (taken) merged_.source[path] = readable_json(into);
  }

  void merge_topics() {
    const std::string path = "topics.json";
    const auto from = folders(path);
    if (!from) return;
    if (!from->is_array()) return tell(path, "Here belongs a list [ … ].");
    json::value into = schools(path);
    if (!into.is_array()) into.emplace_array();
    if (merge_list(Part::Topic, path, from->get_array(), into.get_array()))
      merged_.source[path] = readable_json(into);
  }

  void merge_exercises() {
    std::map<std::string, std::string> place_of;
    for (const auto& [path, text] : school_)
      if (path.starts_with("items/")) place_of.emplace(stem_of(path), path);
    for (const auto& [path, text] : folder_) {
      if (!path.starts_with("items/")) continue;
      if (!path.ends_with(".json")) {
        merged_.source[path] = text;  // the loader tells what belongs here
        continue;
      }
      const auto document = folders(path);
      if (!document) continue;
      const auto known = place_of.find(stem_of(path));
      const bool is_known = known != place_of.end();
      const bool same = is_known && schools(known->second) == *document;
      if (!takes(Part::Exercise, stem_of(path), is_known, same)) continue;
      if (is_known) merged_.source.erase(known->second);
      merged_.source[path] = text;
    }
  }

  bool has_captions_of(const std::string& video) const {
    for (auto file = folder_.lower_bound(video); file != folder_.end() && file->first.starts_with(video);
         ++file) {
      if (!file->first.ends_with(".vtt")) continue;
      const auto known = school_.find(file->first);
      if (known == school_.end() || known->second != file->second) return false;
    }
    return true;
  }

  void merge_videos() {
    for (const auto& [path, text] : folder_) {
      const std::string video = video_folder(path);
      if (video.empty()) continue;
      const auto document = folders(path);
      if (!document) continue;
      const bool known = school_.contains(path);
      const bool same = known && schools(path) == *document && has_captions_of(video);
      const std::string id = video.substr(7, video.size() - 8);
      if (!takes(Part::Video, id, known, same)) continue;
      std::erase_if(merged_.source, [&](const auto& file) { return file.first.starts_with(video); });
      for (auto file = folder_.lower_bound(video); file != folder_.end() && file->first.starts_with(video);
           ++file)
        merged_.source.insert(*file);
    }
  }

  const Source& school_;
  const Source& folder_;
  const Differing differing_;
  Merged merged_;
};

}  // namespace

Merged merge(const Source& school, const Source& folder, Differing differing) {
  return Merging{school, folder, differing}.run();
}

}  // namespace trede::content
