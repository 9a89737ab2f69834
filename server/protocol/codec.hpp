// JSON ⇄ described structs; json_text.hpp writes them. Reading is strict: a missing member, a member nobody knows, a
// wrong kind or a number out of range is an Error whose detail names the place ("answer.chosen[2]: a whole number is
// needed"). Absent and null both mean an empty optional. Whole numbers past 2^53 are refused.
#pragma once

#include <boost/json.hpp>
#include <cmath>

#include "content/result.hpp"
#include "server/protocol/json_text.hpp"

namespace trede::protocol {

// The value that a struct is written as: for those who put it into a larger one.
template <class T>
boost::json::value to_json(const T& value) {
  return boost::json::parse(encode_plain(value));
}

// Where in a message a value stands; a text only when something is wrong there. Null: the message itself.
struct Place {
  const Place* around;
  std::string_view member;  // empty: an element
  std::size_t index = 0;
};
Error unreadable(const Place* place, std::string_view needed);

template <class T>
Result<T> from_json(const boost::json::value& json, const Place* place);

template <class T>
Result<T> integer_from_json(const boost::json::value& json, const Place* place) {
  boost::system::error_code failure;
  const auto number = json.to_number<std::int64_t>(failure);
  if (failure || (!json.is_int64() && !json.is_uint64()))
    return unreadable(place, "a whole number is needed");
  if (number > largest_exact_integer || number < -largest_exact_integer || number != static_cast<T>(number))
    return unreadable(place, "the number is too large");
  return static_cast<T>(number);
}

template <class T>
Result<T> enum_from_json(const boost::json::value& json, const Place* place) {
  std::optional<T> found;
  if (json.is_string()) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
      if (std::string_view(json.get_string()) == lower_kebab(enumerator.name)) found = enumerator.value;
    });
  }
  if (!found) return unreadable(place, "not one of the known words");
  return *found;
}

template <class T>
Result<T> vector_from_json(const boost::json::value& json, const Place* place) {
  if (!json.is_array()) return unreadable(place, "a list is needed");
  T elements;
  elements.reserve(json.get_array().size());
  for (const auto& element : json.get_array()) {
    const Place here{place, {}, elements.size()};
    auto read = from_json<typename T::value_type>(element, &here);
    if (read.has_error()) return read.error();
    elements.push_back(std::move(*read));
  }
  return elements;
}

// ignored: a member that belongs to the envelope (the message's type), not to the struct.
template <class T>
Result<T> struct_from_json(const boost::json::value& json, const Place* place = nullptr,
                           std::string_view ignored = {}) {
  if (!json.is_object()) return unreadable(place, "an object is needed");
  const auto& object = json.get_object();
  T value{};
  std::optional<Error> failure;
  std::size_t known = !ignored.empty() && object.contains(ignored) ? 1 : 0;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    if (failure) return;
    auto& field = value.*member.pointer;
    using Field = std::decay_t<decltype(field)>;
    const Place here{place, member.name};
    const auto* found = object.if_contains(member.name);
    if (found) ++known;
    if constexpr (is_optional<Field>) {
      if (!found || found->is_null()) return;
      auto read = from_json<typename Field::value_type>(*found, &here);
      if (read.has_error())
        failure = read.error();
      else
        field = std::move(*read);
    } else {
      if (!found) {
        failure = unreadable(&here, "is missing");
        return;
      }
      auto read = from_json<Field>(*found, &here);
      if (read.has_error())
        failure = read.error();
      else
        field = std::move(*read);
    }
  });
  if (failure) return *failure;
  if (known == object.size()) return value;
  for (const auto& [name, unused] : object) {
    bool is_member = name == ignored;
    boost::mp11::mp_for_each<Members<T>>(
        [&, &key = name](auto member) { is_member = is_member || key == member.name; });
    const Place here{place, name};
    if (!is_member) return unreadable(&here, "is not known here");
  }
  return unreadable(place, "a member stands twice");
}

template <class T>
Result<T> from_json(const boost::json::value& json, const Place* place) {
  if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) return unreadable(place, "a text is needed");
    return std::string(json.get_string());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_bool()) return unreadable(place, "true or false is needed");
    return json.get_bool();
  } else if constexpr (std::is_floating_point_v<T>) {
    if (!json.is_number()) return unreadable(place, "a number is needed");
    const T number = json.to_number<T>();
    if (!std::isfinite(number)) return unreadable(place, "the number is too large");
    return number;
  } else if constexpr (std::is_integral_v<T>) {
    return integer_from_json<T>(json, place);
  } else if constexpr (std::is_enum_v<T>) {
    return enum_from_json<T>(json, place);
  } else if constexpr (is_vector<T>) {
    return vector_from_json<T>(json, place);
  } else {
    return struct_from_json<T>(json, place);
  }
}

// A JSON text as a value, kept in `room`; depth and size are bounded (limits.hpp).
Result<boost::json::value> parse_json(std::string_view text, boost::json::storage_ptr room = {});

// Room for one value that is gone before it: most texts fit in without asking the system for memory.
class BriefRoom {
 public:
  BriefRoom() : resource_(first_, sizeof first_) {}
  boost::json::storage_ptr storage() { return &resource_; }

 private:
  unsigned char first_[4096];
  boost::json::monotonic_resource resource_;
};

// The struct a text stands for, e.g. an event's payload or the body of an HTTP request.
template <class T>
Result<T> decode(std::string_view text) {
  BriefRoom room;
  const auto json = parse_json(text, room.storage());
  if (json.has_error()) return json.error();
  return from_json<T>(*json, nullptr);
}

// Reads a client's message and calls visit(message) with the struct its type names; Invalid when the list has
// none of that type.
template <class Messages, class Visit>
Result<void> dispatch(const boost::json::value& json, Visit&& visit) {
  const Place type_place{nullptr, "type"};
  if (!json.is_object() || !json.get_object().contains("type") || !json.get_object().at("type").is_string())
    return unreadable(&type_place, "is missing");
  const std::string_view type = json.get_object().at("type").get_string();
  std::optional<Result<void>> outcome;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Messages>>([&](auto* tag) {
    using Message = std::remove_pointer_t<decltype(tag)>;
    if (type != Message::tag) return;
    auto message = struct_from_json<Message>(json, nullptr, "type");
    outcome = message.has_error() ? Result<void>(message.error()) : Result<void>();
    if (message.has_value()) visit(std::move(*message));
  });
  return outcome ? *outcome : unreadable(&type_place, "no such message for you");
}

// The `request` of a message that could not be read, so that the refusal finds its way; empty when there is
// none.
std::string request_of(const boost::json::value& json);

// The protocol's word for an error code, and the code's HTTP status.
std::string_view word(ErrorCode code);
unsigned http_status(ErrorCode code);

}  // namespace trede::protocol
