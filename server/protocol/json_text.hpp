// Described structs as JSON text, written straight into it: no value is built that would be thrown away. An empty
// optional is not written; enumerators are written in lower case. A number that is not finite, or whole and past 2^53
// (a browser cannot hold it), is a broken invariant. Pure; any thread.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

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
std::string lower_kebab(std::string_view name);

// Where a text of this thread grows before it is copied at its size; keeps its room from one text to the next.
std::string& draft();

// Each appends one value.
void write_text(std::string& json, std::string_view text);
void write_number(std::string& json, std::int64_t number);
void write_number(std::string& json,
                  double number);  // the shortest text that is read back as this very number

template <class T>
void write_value(std::string& json, const T& value);

// ,"name": of a member, put together by the compiler.
template <class Member>
inline constexpr auto opening_of_member = [] {
  constexpr std::string_view name = Member::name;
  std::array<char, name.size() + 4> opening{',', '"'};
  std::copy(name.begin(), name.end(), opening.begin() + 2);
  opening[name.size() + 2] = '"';
  opening[name.size() + 3] = ':';
  return opening;
}();

// opening: with its comma, which the first member goes without.
template <class T>
void write_member(std::string& json, std::string_view opening, const T& value) {
  json += json.back() == '{' ? opening.substr(1) : opening;
  write_value(json, value);
}

template <class T>
void write_members(std::string& json, const T& value) {
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    const auto& field = value.*member.pointer;
    const auto& letters = opening_of_member<decltype(member)>;
    const std::string_view opening(letters.data(), letters.size());
    if constexpr (is_optional<std::decay_t<decltype(field)>>) {
      if (field) write_member(json, opening, *field);
    } else {
      write_member(json, opening, field);
    }
  });
}

template <class T>
void write_value(std::string& json, const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    write_text(json, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    json += value ? "true" : "false";
  } else if constexpr (std::is_floating_point_v<T>) {
    write_number(json, double{value});
  } else if constexpr (std::is_integral_v<T>) {
    write_number(json, std::int64_t{value});
  } else if constexpr (std::is_enum_v<T>) {
    write_text(json, lower_kebab(boost::describe::enum_to_string(value, "")));
  } else if constexpr (is_vector<T>) {
    json += '[';
    for (const auto& element : value) {
      if (json.back() != '[') json += ',';
      write_value<typename T::value_type>(json, element);
    }
    json += ']';
  } else {
    json += '{';
    write_members(json, value);
    json += '}';
  }
}

// A message as it goes over the wire: {members, "type": …}.
template <class Message>
std::string encode(const Message& message) {
  std::string& json = draft();
  json = '{';
  write_members(json, message);
  write_member(json, ",\"type\":", Message::tag);
  json += '}';
  return json;
}

template <class T>
std::string encode_plain(const T& value) {
  std::string& json = draft();
  json.clear();
  write_value(json, value);
  return json;
}

}  // namespace trede::protocol
