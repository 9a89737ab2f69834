#include "server/privacy/pupil_file.hpp"

#include <fmt/chrono.h>

#include <algorithm>

#include "server/privacy/fields_text.hpp"
#include "server/protocol/codec.hpp"

namespace trede::privacy {
namespace {

boost::json::object json_of(const store::Event& event) {
  const auto content = protocol::parse_json(event.payload);
  return {{"sequence", event.sequence},
          {"at", moment_of(event.at_ms)},
          {"kind", event.kind},
          {"number", event.number},
          {"content", content.has_value() ? *content : boost::json::value()}};
}

// Only the pupil's own group, and nobody else in it.
std::optional<store::Event> own_group(PupilId pupil, store::Event event) {
  auto saved = protocol::decode<store::GroupsSaved>(event.payload);
  if (saved.has_error()) return std::nullopt;
  std::vector<protocol::Group> own;
  for (protocol::Group& group : saved->groups) {
    if (std::find(group.pupils.begin(), group.pupils.end(), pupil.value) == group.pupils.end()) continue;
    group.pupils = {pupil.value};
    own.push_back(std::move(group));
  }
  if (own.empty()) return std::nullopt;
  saved->groups = std::move(own);
  event.payload = protocol::encode_plain(*saved);
  return event;
}

}  // namespace

std::optional<store::Event> as_told_to(PupilId pupil, store::Event event) {
  if (event.kind == store::GroupsSaved::tag) return own_group(pupil, std::move(event));
  return event;
}

std::string moment_of(Milliseconds at_ms) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(at_ms / 1000)));
}

const boost::json::object& declared_fields() {
  static const boost::json::object fields = boost::json::parse(fields_text).as_object();
  return fields;
}

std::string json_of(const PupilFile& file) {
  boost::json::array events;
  for (const store::Event& event : file.events) events.push_back(json_of(event));
  const boost::json::object whole{{"made", moment_of(file.made_ms)},
                                  {"account", protocol::to_json(file.account)},
                                  {"sessions_until", protocol::to_json(file.sessions_until)},
                                  {"standings", protocol::to_json(file.standings)},
                                  {"steps", protocol::to_json(file.steps)},
                                  {"events", std::move(events)},
                                  {"seen_or_changed_by", protocol::to_json(file.deeds)},
                                  {"fields", declared_fields()}};
  return boost::json::serialize(whole);
}

}  // namespace trede::privacy
