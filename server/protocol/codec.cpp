#include "server/protocol/codec.hpp"

#include "server/limits.hpp"

namespace trede::protocol {

Result<boost::json::value> parse_json(std::string_view text) {
  if (text.size() > limits::message_bytes) return Error{ErrorCode::TooLarge, "the message is too large"};
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::system::error_code failure;
  auto json = boost::json::parse(boost::json::string_view(text.data(), text.size()), failure, {}, options);
  if (failure) return Error{ErrorCode::Invalid, "not JSON: " + failure.message()};
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
