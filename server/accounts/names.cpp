#include "server/accounts/names.hpp"

#include <cstdint>

namespace trede::accounts {
namespace {

// The plain letters of U+00C0–U+017F, in order; "?" keeps the letter (× and ÷).
constexpr std::string_view plain_letters[] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // À–Ï
    "d", "n", "o",  "o",  "o", "o", "o",  "?", "o", "u", "u", "u", "u", "y", "th", "ss",  // Ð–ß
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",   // à–ï
    "d", "n", "o",  "o",  "o", "o", "o",  "?", "o", "u", "u", "u", "u", "y", "th", "y",   // ð–ÿ
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",   // Ā–ď
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",   // Đ–ğ
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",   // Ġ–į
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",   // İ–Ŀ
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",   // ŀ–ŏ
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",   // Ő–ş
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",   // Š–ů
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s"};  // Ű–ſ
constexpr unsigned first_letter = 0xC0;
static_assert(std::size(plain_letters) == 0x180 - first_letter);

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The plain letters of the two bytes of UTF-8, or those bytes.
std::string_view plain(std::string_view two) {
  const unsigned letter =
      (static_cast<unsigned char>(two[0]) & 0x1Fu) << 6 | (static_cast<unsigned char>(two[1]) & 0x3Fu);
  const bool known = letter >= first_letter && letter - first_letter < std::size(plain_letters);
  return known && plain_letters[letter - first_letter] != "?" ? plain_letters[letter - first_letter] : two;
}

}  // namespace

std::string tidy_name(std::string_view name) {
  std::string tidy;
  for (const char c : name) {
    if (!is_blank(c))
      tidy += c;
    else if (!tidy.empty() && tidy.back() != ' ')
      tidy += ' ';
  }
  if (!tidy.empty() && tidy.back() == ' ') tidy.pop_back();
  return tidy;
}

std::string name_key(std::string_view name) {
  const std::string tidy = tidy_name(name);
  std::string key;
  for (std::size_t i = 0; i < tidy.size(); ++i) {
    const bool two_bytes =
        (static_cast<unsigned char>(tidy[i]) & 0xE0) == 0xC0 && i + 1 < tidy.size() && continues(tidy[i + 1]);
    if (two_bytes)
      key += plain(std::string_view(tidy).substr(i++, 2));
    else
      key += lower(tidy[i]);
  }
  return key;
}

std::string code_key(std::string_view code) {
  std::string key;
  for (const char c : code)
    if (!is_blank(c) && c != '-') key += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return key;
}

}  // namespace trede::accounts
