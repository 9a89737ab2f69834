#include "server/protocol/json_text.hpp"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "content/result.hpp"

namespace trede::protocol {
namespace {

template <class Number>
void append_number(Draft& json, Number number) {
  constexpr std::size_t longest = 32;
  char* const begin = json.room(longest);
  json.end_at(std::to_chars(begin, begin + longest, number).ptr);
}

// A number of at most four decimals, which is what pages are told most: its digits are those of a whole number. The
// text is the shortest, as to_chars would have it, for no two numbers of so few digits are the same double. False:
// nothing was written, for it is none, or an exponent would make it shorter.
bool append_few_decimals(Draft& json, double number) {
  constexpr double least = 1e-3, most = 1e5;
  constexpr int decimals = 4, parts = 10'000;
  if (!(std::abs(number) >= least && std::abs(number) < most)) return false;
  const auto whole = static_cast<std::int64_t>(number * parts + (number < 0 ? -0.5 : 0.5));
  if (static_cast<double>(whole) / parts != number) return false;
  if (whole < 0) json.add('-');
  append_number(json, std::abs(whole) / parts);
  std::array<char, 1 + decimals> rest{'.'};
  auto left = std::abs(whole) % parts;
  for (std::size_t at = decimals; at > 0; --at, left /= 10) rest[at] = static_cast<char>('0' + left % 10);
  std::size_t length = rest.size();
  while (rest[length - 1] == '0') --length;
  if (length > 1) json.add(std::string_view(rest.data(), length));
  return true;
}

bool stands_as_it_is(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void write_escaped(Draft& json, char c) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  json.add('\\');
  switch (c) {
    case '"':
    case '\\':
      json.add(c);
      break;
    case '\b':
      json.add('b');
      break;
    case '\f':
      json.add('f');
      break;
    case '\n':
      json.add('n');
      break;
    case '\r':
      json.add('r');
      break;
    case '\t':
      json.add('t');
      break;
    default:
      json.add(std::string_view("u00"));
      json.add(hexadecimal[byte >> 4]);
      json.add(hexadecimal[byte & 15]);
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

Draft& draft() {
  constexpr std::size_t kept = 1024 * 1024;  // a rare long one does not stay
  thread_local Draft text;
  if (text.has_room_for_more_than(kept)) text = Draft();
  text.clear();
  return text;
}

void write_text(Draft& json, std::string_view text) {
  json.add('"');
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (stands_as_it_is(text[at])) continue;
    json.add(text.substr(from, at - from));
    write_escaped(json, text[at]);
    from = at + 1;
  }
  json.add(text.substr(from));
  json.add('"');
}

void write_number(Draft& json, std::int64_t number) {
  ENSURE(number <= largest_exact_integer && number >= -largest_exact_integer);
  append_number(json, number);
}

void write_number(Draft& json, double number) {
  ENSURE(std::isfinite(number));
  // Zero has no sign: "-0" would be read back as a whole number, which has none.
  if (!append_few_decimals(json, number)) append_number(json, number + 0.0);
}

}  // namespace trede::protocol
