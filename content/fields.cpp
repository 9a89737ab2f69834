#include "content/fields.hpp"

#include <algorithm>

#include "content/result.hpp"

namespace trede::content {

const std::vector<KnownObject>& known_objects() {
  static const std::vector<KnownObject> objects{
      {"bank", {"format", "id", "title", "licence", "school_years", "domains", "references"}, {}},
      {"school-year", {"id", "title", "mean"}, {}},
      {"label", {"id", "title"}, {}},
      {"topic",
       {"id", "title", "goal", "domain", "school_year", "reference", "level", "prerequisites"},
       {"enrichment"}},
      {"item",
       {"id", "topic", "step", "body", "answer", "hints", "solution"},
       {"also", "draw", "require", "words", "figure", "solve", "mistakes", "minutes", "discrimination",
        "status", "enrichment", "author", "source", "licence"}},
      {"localised", {"nl", "en"}, {}},
      {"word-list", {"nl", "en"}, {}},
      {"accept", {"nl", "en"}, {}},
      {"answer-number", {"type", "value"}, {"unit", "before", "tolerance", "wrong"}},
      {"answer-fraction", {"type", "value"}, {"form", "wrong"}},
      {"answer-single", {"type", "options"}, {"shuffle", "wrong"}},
      {"answer-multiple", {"type", "options"}, {"shuffle", "wrong"}},
      {"answer-text", {"type", "accept"}, {"wrong"}},
      {"answer-ordering", {"type", "entries"}, {"order", "wrong"}},
      {"option", {"text"}, {"correct", "feedback", "value", "figure"}},
      {"entry", {"text"}, {"value"}},
      {"mistake-value", {"value", "feedback"}, {}},
      {"mistake-text", {"accept", "feedback"}, {}},
      {"mistake-order", {"order", "feedback"}, {}},
      {"figure-bar", {"type", "alt", "parts", "shaded"}, {}},
      {"figure-circle", {"type", "alt", "parts", "shaded"}, {}},
      {"figure-grid", {"type", "alt", "rows", "columns", "shaded"}, {}},
      {"figure-line", {"type", "alt", "from", "to", "ticks"}, {"mark", "labels"}},
      {"figure-dots", {"type", "alt", "groups", "each"}, {"shaded"}},
      {"figure-table", {"type", "alt", "rows"}, {}},
      {"table-row", {"label", "cells"}, {}},
      {"video",
       {"id", "topic", "title", "seconds", "media", "poster", "captions", "chapters", "author", "licence"},
       {}},
      {"medium", {"file", "mime"}, {}},
      {"chapter", {"at_s", "title"}, {}}};
  return objects;
}

const KnownObject& known_object(std::string_view kind) {
  const std::vector<KnownObject>& objects = known_objects();
  const auto found =
      std::find_if(objects.begin(), objects.end(), [&](const KnownObject& o) { return o.kind == kind; });
  ENSURE(found != objects.end());
  return *found;
}

}  // namespace trede::content
