#include "content/notation.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "content/limits.hpp"
#include "content/trim.hpp"

namespace trede::content {
namespace {

constexpr int most_places = 6;
constexpr std::int64_t marked_from = 10'000;

struct Replacement {
  std::string_view from, to;
};

// What keyboards and word processors make of the plain signs; ½ and the like become a written fraction.
constexpr std::array plain_signs{
    Replacement{"\u2212", "-"},    Replacement{"\u2013", "-"},    Replacement{"\u00a0", " "},
    Replacement{"\u202f", " "},    Replacement{"\u2009", " "},    Replacement{"\u2044", "/"},
    Replacement{"\u00bd", " 1/2"}, Replacement{"\u00bc", " 1/4"}, Replacement{"\u00be", " 3/4"},
    Replacement{"\u2153", " 1/3"}, Replacement{"\u2154", " 2/3"}, Replacement{"\u2155", " 1/5"},
    Replacement{"\u2156", " 2/5"}, Replacement{"\u2157", " 3/5"}, Replacement{"\u2158", " 4/5"},
    Replacement{"\u2159", " 1/6"}, Replacement{"\u215a", " 5/6"}, Replacement{"\u215b", " 1/8"},
    Replacement{"\u215c", " 3/8"}, Replacement{"\u215d", " 5/8"}, Replacement{"\u215e", " 7/8"},
    Replacement{"\u2150", " 1/7"}, Replacement{"\u2151", " 1/9"}, Replacement{"\u2152", " 1/10"}};

constexpr std::string_view unaccented[] = {  // U+00C0 … U+00FF in lower case without accent
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "×", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "÷", "o", "u", "u", "u", "u", "y", "th", "y"};

Error unreadable(const std::string& what) {
  return {ErrorCode::Invalid, what};
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char sign) { return sign >= '0' && sign <= '9'; });
}

std::string plain_text(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const bool is_plain = static_cast<unsigned char>(text[at]) < 0x80;
    const auto found =
        std::find_if(is_plain ? plain_signs.end() : plain_signs.begin(), plain_signs.end(),
                     [&](const Replacement& sign) { return text.substr(at).starts_with(sign.from); });
    if (found == plain_signs.end()) {
      plain += text[at++];
    } else {
      plain += found->to;
      at += found->from.size();
    }
  }
  return std::string{trim(plain)};
}

bool take_sign(std::string& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text = std::string{trim(std::string_view{text}.substr(1))};
  return negative;
}

// "1.234.567" with mark '.': one to three digits, then groups of exactly three.
bool is_grouped(std::string_view text, char mark) {
  std::size_t end = text.find(mark);
  if (end == 0 || end > 3 || text[0] == '0') return false;
  while (end != std::string_view::npos) {
    const std::size_t next = text.find(mark, end + 1);
    const std::size_t stop = next == std::string_view::npos ? text.size() : next;
    if (stop - end != 4) return false;
    end = next;
  }
  return true;
}

std::string without(std::string_view text, char mark) {
  std::string kept{text};
  kept.erase(std::remove(kept.begin(), kept.end(), mark), kept.end());
  return kept;
}

// Which of the marks in the text is the decimal one: '.', ',' or none (0); nullopt when they make no sense
// together.
std::optional<char> decimal_mark(std::string_view text, Language language) {
  const auto points = std::count(text.begin(), text.end(), '.');
  const auto commas = std::count(text.begin(), text.end(), ',');
  if (points + commas == 0) return '\0';
  if (points > 0 && commas > 0) {
    const char last = text.rfind('.') > text.rfind(',') ? '.' : ',';
    return (last == '.' ? points : commas) == 1 ? std::optional{last} : std::nullopt;
  }
  const char mark = points > 0 ? '.' : ',';
  if (points + commas > 1) return '\0';
  const char thousands = language == Language::Nl ? '.' : ',';
  return mark == thousands && is_grouped(text, mark) ? '\0' : mark;
}

Result<Rational> read_decimal(std::string_view text, Language language) {
  const std::optional<char> decimal = decimal_mark(text, language);
  if (!decimal) return unreadable("the points and commas do not make a number");
  const std::size_t end = *decimal == '\0' ? text.size() : text.find(*decimal);
  std::string whole{text.substr(0, end)};
  const std::string_view fraction = end < text.size() ? text.substr(end + 1) : std::string_view{};
  for (const char mark : {'.', ',', ' '}) {
    if (whole.find(mark) == std::string::npos) continue;
    if (!is_grouped(whole, mark)) return unreadable("a thousands mark is in a strange place");
    whole = without(whole, mark);
  }
  if ((!all_digits(whole) && !(whole.empty() && !fraction.empty())) ||
      (end < text.size() && !all_digits(fraction))) {
    return unreadable("this is not a number");
  }
  const std::optional<Rational> value = parse_decimal(whole + "." + std::string{fraction});
  if (!value) return unreadable("the number is too long");
  return *value;
}

std::optional<std::int64_t> read_whole(std::string_view digits) {
  if (!all_digits(digits) || digits.size() > 15) return std::nullopt;
  return parse_decimal(digits)->numerator();
}

// "n/d" with spaces around the stroke allowed.
bool read_stroke(std::string_view text, WrittenFraction& fraction) {
  const std::size_t stroke = text.find('/');
  const std::optional<std::int64_t> numerator = read_whole(trim(text.substr(0, stroke)));
  const std::optional<std::int64_t> denominator = read_whole(trim(text.substr(stroke + 1)));
  if (!numerator || !denominator || *denominator == 0) return false;
  fraction.numerator = *numerator;
  fraction.denominator = *denominator;
  fraction.has_fraction = true;
  return true;
}

}  // namespace

std::optional<std::string> show_number(const Rational& value, Language language, int places) {
  std::optional<Rational> size = absolute(value);
  int decimals = std::max(places, 0);
  std::optional<Rational> units = size ? multiply(*size, *power(10, decimals)) : std::nullopt;
  while (places < 0 && units && !units->is_whole() && decimals < most_places) {
    units = multiply(*units, 10);
    ++decimals;
  }
  if (!units || !units->is_whole()) return std::nullopt;
  std::string digits = std::to_string(units->numerator());
  const auto kept = static_cast<std::size_t>(decimals);
  if (digits.size() <= kept) digits.insert(0, kept + 1 - digits.size(), '0');
  std::string whole = digits.substr(0, digits.size() - kept);
  if (*size >= marked_from) {
    for (std::size_t at = whole.size(); at > 3; at -= 3)
      whole.insert(at - 3, language == Language::Nl ? "." : ",");
  }
  const std::string fraction = digits.substr(digits.size() - kept);
  const std::string point = kept == 0 ? "" : language == Language::Nl ? "," : ".";
  return (value < 0 ? "−" : "") + whole + point + fraction;
}

std::string show_always(const Rational& value, Language language, int places) {
  std::optional<std::string> shown = show_number(value, language, places);
  return shown ? *shown : to_string(value);
}

std::string fraction_text(const Rational& value) {
  return (value < 0 ? "−" : "") + std::to_string(std::abs(value.numerator())) + "/" +
         std::to_string(value.denominator());
}

std::string mixed_text(const Rational& value) {
  const std::int64_t size = std::abs(value.numerator());
  const std::string sign = value < 0 ? "−" : "";
  const std::string whole = std::to_string(size / value.denominator());
  if (value.is_whole()) return sign + whole;
  const std::string part =
      std::to_string(size % value.denominator()) + "/" + std::to_string(value.denominator());
  return sign + (whole == "0" ? part : whole + " " + part);
}

Result<WrittenFraction> read_fraction(std::string_view text) {
  if (text.size() > limits::answer_bytes) return unreadable("the answer is too long");
  std::string rest = plain_text(text);
  const bool negative = take_sign(rest);
  WrittenFraction read;
  const std::size_t stroke = rest.find('/');
  const std::string_view before = trim(std::string_view{rest}.substr(0, stroke));
  const std::size_t space = stroke == std::string::npos ? before.size() : before.find(' ');
  std::string_view whole = before;
  if (stroke != std::string::npos) {
    whole = space == std::string_view::npos ? std::string_view{} : before.substr(0, space);
    const std::string_view fraction = std::string_view{rest}.substr(whole.size());
    if (!read_stroke(fraction, read)) return unreadable("this is not a fraction");
  }
  if (!whole.empty() || !read.has_fraction) {
    const std::optional<std::int64_t> number = read_whole(whole);
    if (!number) return unreadable("this is not a fraction");
    read.whole = *number;
    read.has_whole = true;
  }
  const Wide numerator = Wide{read.whole} * read.denominator + read.numerator;
  const std::optional<Rational> value = Rational::make(negative ? -numerator : numerator, read.denominator);
  if (!value) return unreadable("the numbers are too long");
  read.value = *value;
  return read;
}

Result<Rational> read_number(std::string_view text, Language language) {
  if (text.size() > limits::answer_bytes) return unreadable("the answer is too long");
  std::string rest = plain_text(text);
  if (rest.find('/') != std::string::npos) {
    const Result<WrittenFraction> fraction = read_fraction(rest);
    if (!fraction) return fraction.error();
    return fraction->value;
  }
  const bool negative = take_sign(rest);
  const Result<Rational> size = read_decimal(rest, language);
  return negative && size ? Result<Rational>{*negate(*size)} : size;
}

std::string normalised_word(std::string_view text) {
  const std::string plain = plain_text(text);
  std::string folded;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const auto sign = static_cast<unsigned char>(plain[at]);
    const auto next = at + 1 < plain.size() ? static_cast<unsigned char>(plain[at + 1]) : 0U;
    if (sign == 0xC3 && next >= 0x80 && next <= 0xBF) {
      folded += unaccented[next - 0x80];
      ++at;
    } else if (sign == 0xCC || (sign == 0xCD && next < 0xB0)) {
      ++at;  // a combining accent
    } else if (sign != ' ' && sign != '\t') {
      folded += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : plain[at];
    }
  }
  if (folded.size() > 1 && folded.back() == '.') folded.pop_back();
  return folded;
}

}  // namespace trede::content
