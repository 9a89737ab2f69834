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

// A text that grows at its end. Letters that the compiler knows are put down there without a call, which a std::string
// would make for each.
class Draft {
 public:
  void clear() { size_ = 0; }
  bool has_room_for_more_than(std::size_t letters) const { return letters_.size() > letters; }
  char back() const { return letters_[size_ - 1]; }
  std::string text() const { return {letters_.data(), size_}; }

  void add(char letter) {
    *room(1) = letter;
    ++size_;
  }
  void add(std::string_view text) {
    std::copy_n(text.data(), text.size(), room(text.size()));
    size_ += text.size();
  }
  template <std::size_t count>
  void add(const std::array<char, count>& letters) {
    std::copy_n(letters.data(), count, room(count));
    size_ += count;
  }

  // Where so many more letters have room, and that they end there now.
  char* room(std::size_t more) {
    if (letters_.size() - size_ < more) letters_.resize(2 * (size_ + more));
    return letters_.data() + size_;
  }
  void end_at(const char* end) { size_ = static_cast<std::size_t>(end - letters_.data()); }

 private:
  std::vector<char> letters_ = std::vector<char>(4096);
  std::size_t size_ = 0;
};

// The one of this thread, empty; keeps its room from one text to the next.
Draft& draft();

// Each appends one value.
void write_text(Draft& json, std::string_view text);
void write_number(Draft& json, std::int64_t number);
void write_number(Draft& json, double number);  // the shortest text that is read back as this very number

template <class T>
void write_value(Draft& json, const T& value);

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
template <std::size_t count, class T>
void write_member(Draft& json, const std::array<char, count>& opening, const T& value) {
  if (json.back() == '{')
    json.add(std::string_view(opening.data() + 1, count - 1));
  else
    json.add(opening);
  write_value(json, value);
}

template <class T>
void write_members(Draft& json, const T& value) {
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    const auto& field = value.*member.pointer;
    const auto& opening = opening_of_member<decltype(member)>;
    if constexpr (is_optional<std::decay_t<decltype(field)>>) {
      if (field) write_member(json, opening, *field);
    } else {
      write_member(json, opening, field);
    }
  });
}

template <class T>
void write_value(Draft& json, const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    write_text(json, value);
  } else if constexpr (std::is_same_v<T, bool>) {
    json.add(std::string_view(value ? "true" : "false"));
  } else if constexpr (std::is_floating_point_v<T>) {
    write_number(json, double{value});
  } else if constexpr (std::is_integral_v<T>) {
    write_number(json, std::int64_t{value});
  } else if constexpr (std::is_enum_v<T>) {
    write_text(json, lower_kebab(boost::describe::enum_to_string(value, "")));
  } else if constexpr (is_vector<T>) {
    json.add('[');
    for (const auto& element : value) {
      if (json.back() != '[') json.add(',');
      write_value<typename T::value_type>(json, element);
    }
    json.add(']');
  } else {
    json.add('{');
    write_members(json, value);
    json.add('}');
  }
}

// A message as it goes over the wire: {members, "type": …}.
template <class Message>
std::string encode(const Message& message) {
  Draft& json = draft();
  json.add('{');
  write_members(json, message);
  write_member(json, std::array{',', '"', 't', 'y', 'p', 'e', '"', ':'}, Message::tag);
  json.add('}');
  return json.text();
}

template <class T>
std::string encode_plain(const T& value) {
  Draft& json = draft();
  write_value(json, value);
  return json.text();
}

}  // namespace trede::protocol
