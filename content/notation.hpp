// Numbers as pupils write and read them: decimal comma in Dutch, point in English, a thousands mark from
// 10,000 on. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "content/projection.hpp"
#include "content/rational.hpp"
#include "content/result.hpp"

namespace trede::content {

// The number with exactly `places` decimals, or as many as it needs (at most six) when places < 0. nullopt
// when it does not end within those places: 1/3, or 0.125 with two places.
std::optional<std::string> show_number(const Rational& value, Language language, int places = -1);

// As show_number; what does not end is written as a fraction, "1/3", so that a text is never without its
// number.
std::string show_always(const Rational& value, Language language, int places = -1);

// "3/4"; "2/1" for a whole number.
std::string fraction_text(const Rational& value);

// "1 3/4", "3/4", "2", "−1 3/4".
std::string mixed_text(const Rational& value);

// How a fraction was written. value() exists because denominators of 0 are never read.
struct WrittenFraction {
  std::int64_t whole = 0;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  bool has_whole = false;
  bool has_fraction = false;
  Rational value;
};

// "12", "0,75", "0.75", "1.234,5", "1/2", "1 1/2", "1½", "−3". Both notations are read in both languages;
// only where one mark and three digits follow ("1.000") the language decides: a thousands mark in its own
// notation, else a decimal.
Result<Rational> read_number(std::string_view text, Language language);

// Whole numbers only: "3/4", "1 3/4", "2".
Result<WrittenFraction> read_fraction(std::string_view text);

// Case, accents and spaces do not matter: "Drie kwárt" and "driekwart" become the same.
std::string normalised_word(std::string_view text);

}  // namespace trede::content
