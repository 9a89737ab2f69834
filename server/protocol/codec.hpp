// JSON ⇄ described structs. Reading is strict: a missing member, a member nobody knows, a wrong kind or a
// number out of range is an Error whose detail names the path ("answer.chosen[2]: a whole number is needed").
// Absent and null both mean an empty optional; an empty optional is not written. Enumerators are written in
// lower case. Whole numbers past 2^53 are refused when reading and a broken invariant when writing (a browser
// cannot hold them), as are numbers that are not finite.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "content/result.hpp"

namespace trede::protocol {

inline constexpr std::int64_t largest_exact_integer = std::int64_t{1} << 53;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

// SomeName → some-name
inline std::string lower_kebab(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (std::isupper(static_cast<unsigned char>(c)) && !text.empty()) text += '-';
    text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

// ---- writing ----

template <class T>
boost::json::value to_json(const T& value);

template <class T>
boost::json::object members_to_json(const T& value) {
  boost::json::object object;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    const auto& field = value.*member.pointer;
    if constexpr (is_optional<std::decay_t<decltype(field)>>) {
      if (field) object.emplace(member.name, to_json(*field));
    } else {
      object.emplace(member.name, to_json(field));
    }
  });
  return object;
}

template <class T>
boost::json::value to_json(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    return boost::json::string(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    return value;
  } else if constexpr (std::is_floating_point_v<T>) {
    ENSURE(std::isfinite(value));
    return value;
  } else if constexpr (std::is_integral_v<T>) {
    ENSURE(std::int64_t{value} <= largest_exact_integer && std::int64_t{value} >= -largest_exact_integer);
    return std::int64_t{value};
  } else if constexpr (std::is_enum_v<T>) {
    return boost::json::string(lower_kebab(boost::describe::enum_to_string(value, "")));
  } else if constexpr (is_vector<T>) {
    boost::json::array array;
    array.reserve(value.size());
    for (const auto& element : value) array.push_back(to_json(element));
    return array;
  } else {
    return members_to_json(value);
  }
}

// A message as it goes over the wire: {"type": …, members}.
template <class Message>
std::string encode(const Message& message) {
  boost::json::object object = members_to_json(message);
  object.emplace("type", Message::tag);
  return boost::json::serialize(object);
}

// ---- reading ----

template <class T>
Result<T> from_json(const boost::json::value& json, const std::string& path);

inline Error unreadable(const std::string& path, std::string_view needed) {
  return {ErrorCode::Invalid, (path.empty() ? std::string("message") : path) + ": " + std::string(needed)};
}

template <class T>
Result<T> integer_from_json(const boost::json::value& json, const std::string& path) {
  boost::system::error_code failure;
  const auto number = json.to_number<std::int64_t>(failure);
  if (failure || (!json.is_int64() && !json.is_uint64())) return unreadable(path, "a whole number is needed");
  if (number > largest_exact_integer || number < -largest_exact_integer || number != static_cast<T>(number))
    return unreadable(path, "the number is too large");
  return static_cast<T>(number);
}

template <class T>
Result<T> enum_from_json(const boost::json::value& json, const std::string& path) {
  std::optional<T> found;
  if (json.is_string()) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
      if (std::string_view(json.get_string()) == lower_kebab(enumerator.name)) found = enumerator.value;
    });
  }
  if (!found) return unreadable(path, "not one of the known words");
  return *found;
}

template <class T>
Result<T> vector_from_json(const boost::json::value& json, const std::string& path) {
  if (!json.is_array()) return unreadable(path, "a list is needed");
  T elements;
  elements.reserve(json.get_array().size());
  for (const auto& element : json.get_array()) {
    auto read =
        from_json<typename T::value_type>(element, path + "[" + std::to_string(elements.size()) + "]");
    if (read.has_error()) return read.error();
    elements.push_back(std::move(*read));
  }
  return elements;
}

// ignored: a member that belongs to the envelope (the message's type), not to the struct.
template <class T>
Result<T> struct_from_json(const boost::json::value& json, const std::string& path,
                           std::string_view ignored = {}) {
  if (!json.is_object()) return unreadable(path, "an object is needed");
  const auto& object = json.get_object();
  const std::string prefix = path.empty() ? "" : path + ".";
  T value{};
  std::optional<Error> failure;
  std::size_t known = !ignored.empty() && object.contains(ignored) ? 1 : 0;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    if (failure) return;
    auto& field = value.*member.pointer;
    using Field = std::decay_t<decltype(field)>;
    const auto* found = object.if_contains(member.name);
    if (found) ++known;
    if constexpr (is_optional<Field>) {
      if (!found || found->is_null()) return;
      auto read = from_json<typename Field::value_type>(*found, prefix + member.name);
      if (read.has_error())
        failure = read.error();
      else
        field = std::move(*read);
    } else {
      if (!found) {
        failure = unreadable(prefix + member.name, "is missing");
        return;
      }
      auto read = from_json<Field>(*found, prefix + member.name);
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
    if (!is_member) return unreadable(prefix + std::string(name), "is not known here");
  }
  return unreadable(path, "a member stands twice");
}

template <class T>
Result<T> from_json(const boost::json::value& json, const std::string& path) {
  if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) return unreadable(path, "a text is needed");
    return std::string(json.get_string());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_bool()) return unreadable(path, "true or false is needed");
    return json.get_bool();
  } else if constexpr (std::is_floating_point_v<T>) {
    if (!json.is_number()) return unreadable(path, "a number is needed");
    const T number = json.to_number<T>();
    if (!std::isfinite(number)) return unreadable(path, "the number is too large");
    return number;
  } else if constexpr (std::is_integral_v<T>) {
    return integer_from_json<T>(json, path);
  } else if constexpr (std::is_enum_v<T>) {
    return enum_from_json<T>(json, path);
  } else if constexpr (is_vector<T>) {
    return vector_from_json<T>(json, path);
  } else {
    return struct_from_json<T>(json, path);
  }
}

// A JSON text as a value; depth and size are bounded (limits.hpp).
Result<boost::json::value> parse_json(std::string_view text);

// The struct a text stands for, e.g. an event's payload or the body of an HTTP request.
template <class T>
Result<T> decode(std::string_view text) {
  const auto json = parse_json(text);
  if (json.has_error()) return json.error();
  return from_json<T>(*json, "");
}

template <class T>
std::string encode_plain(const T& value) {
  return boost::json::serialize(to_json(value));
}

// Reads a client's message and calls visit(message) with the struct its type names; Invalid when the list has
// none of that type.
template <class Messages, class Visit>
Result<void> dispatch(const boost::json::value& json, Visit&& visit) {
  if (!json.is_object() || !json.get_object().contains("type") || !json.get_object().at("type").is_string())
    return unreadable("type", "is missing");
  const std::string_view type = json.get_object().at("type").get_string();
  Result<void> outcome = unreadable("type", "no such message for you");
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Messages>>([&](auto* tag) {
    using Message = std::remove_pointer_t<decltype(tag)>;
    if (type != Message::tag) return;
    auto message = struct_from_json<Message>(json, "", "type");
    if (message.has_error())
      outcome = message.error();
    else {
      outcome = Result<void>{};
      visit(std::move(*message));
    }
  });
  return outcome;
}

// The `request` of a message that could not be read, so that the refusal finds its way; empty when there is
// none.
std::string request_of(const boost::json::value& json);

// The protocol's word for an error code, and the code's HTTP status.
std::string_view word(ErrorCode code);
unsigned http_status(ErrorCode code);

}  // namespace trede::protocol
