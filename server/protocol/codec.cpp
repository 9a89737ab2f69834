#include "server/protocol/codec.hpp"

#include "server/limits.hpp"

namespace trede::protocol {

namespace {

// Outside of texts each colon belongs to one member. The text is JSON.
std::size_t members_written(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inside && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      inside = !inside;
    } else if (!inside && text[i] == ':') {
      ++count;
    }
  }
  return count;
}

std::size_t members_kept(const boost::json::value& json) {
  std::size_t count = 0;
  if (const auto* array = json.if_array())
    for (const auto& element : *array) count += members_kept(element);
  if (const auto* object = json.if_object())
    for (const auto& member : *object) count += 1 + members_kept(member.value());
  return count;
}

std::string text_of(const Place* place) {
  if (!place) return {};
  std::string text = text_of(place->around);
  if (place->member.empty()) return text + "[" + std::to_string(place->index) + "]";
  if (!text.empty()) text += '.';
  return text.append(place->member);
}

}  // namespace

Error unreadable(const Place* place, std::string_view needed) {
  return {ErrorCode::Invalid, (place ? text_of(place) : "message") + ": " + std::string(needed)};
}

Result<boost::json::value> parse_json(std::string_view text, boost::json::storage_ptr room) {
  if (text.size() > limits::message_bytes) return Error{ErrorCode::TooLarge, "the message is too large"};
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::system::error_code failure;
  auto json = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure, std::move(room),
                                 options);
  if (failure) return Error{ErrorCode::Invalid, "not JSON: " + failure.message()};
  // The parser keeps the last of two members with one name; another reader of the same bytes may keep the first.
  if (members_written(text) != members_kept(json))
    return Error{ErrorCode::Invalid, "not JSON: a member comes twice"};
  return json;
}

std::string request_of(const boost::json::value& json) {
  const auto* object = json.if_object();
  const auto* request = object ? object->if_contains("request") : nullptr;
  const auto* text = request ? request->if_string() : nullptr;
  return text && text->size() <= 64 ? std::string(*text) : std::string();
}

std::string_view word(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
      return "invalid";
    case ErrorCode::NotFound:
      return "not-found";
    case ErrorCode::Forbidden:
      return "forbidden";
    case ErrorCode::Conflict:
      return "conflict";
    case ErrorCode::TooLarge:
      return "too-large";
    case ErrorCode::TooMany:
      return "too-many";
    case ErrorCode::Unavailable:
      return "unavailable";
  }
  return "invalid";
}

unsigned http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::Invalid:
      return 400;
    case ErrorCode::NotFound:
      return 404;
    case ErrorCode::Forbidden:
      return 403;
    case ErrorCode::Conflict:
      return 409;
    case ErrorCode::TooLarge:
      return 413;
    case ErrorCode::TooMany:
      return 429;
    case ErrorCode::Unavailable:
      return 503;
  }
  return 400;
}

}  // namespace trede::protocol
