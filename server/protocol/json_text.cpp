#include "server/protocol/json_text.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "content/result.hpp"

namespace trede::protocol {
namespace {

template <class Number>
void append_number(std::string& json, Number number) {
  std::array<char, 32> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  json.append(digits.data(), written.ptr);
}

bool stands_as_it_is(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void write_escaped(std::string& json, char c) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  json += '\\';
  switch (c) {
    case '"':
    case '\\':
      json += c;
      break;
    case '\b':
      json += 'b';
      break;
    case '\f':
      json += 'f';
      break;
    case '\n':
      json += 'n';
      break;
    case '\r':
      json += 'r';
      break;
    case '\t':
      json += 't';
      break;
    default:
      json += "u00";
      json += hexadecimal[byte >> 4];
      json += hexadecimal[byte & 15];
  }
}

}  // namespace

std::string lower_kebab(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (std::isupper(static_cast<unsigned char>(c)) && !text.empty()) text += '-';
    text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return text;
}

std::string& draft() {
  constexpr std::size_t kept = 1024 * 1024;  // a rare long one does not stay
  thread_local std::string text;
  if (text.capacity() > kept) std::string().swap(text);
  return text;
}

void write_text(std::string& json, std::string_view text) {
  json += '"';
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (stands_as_it_is(text[at])) continue;
    json.append(text, from, at - from);
    write_escaped(json, text[at]);
    from = at + 1;
  }
  json.append(text, from);
  json += '"';
}

void write_number(std::string& json, std::int64_t number) {
  ENSURE(number <= largest_exact_integer && number >= -largest_exact_integer);
  append_number(json, number);
}

void write_number(std::string& json, double number) {
  ENSURE(std::isfinite(number));
  append_number(json, number);
}

}  // namespace trede::protocol
