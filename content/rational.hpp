// Exact fractions of 64-bit whole numbers, always in lowest terms with a positive denominator. A value; any
// thread. What does not fit in 64 bits, and dividing by zero, is std::nullopt: never a wrapped or rounded
// number.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trede::content {

__extension__ typedef __int128 Wide;  // holds every intermediate of two 64-bit fractions

class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : numerator_(whole) {}  // implicit: a whole number is a fraction

  // numerator/denominator in lowest terms; nullopt when the denominator is 0 or the result does not fit.
  static std::optional<Rational> make(Wide numerator, Wide denominator);

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }
  bool is_whole() const { return denominator_ == 1; }
  double to_double() const { return static_cast<double>(numerator_) / static_cast<double>(denominator_); }

  friend bool operator==(const Rational&, const Rational&) = default;
  friend std::strong_ordering operator<=>(const Rational& left, const Rational& right);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

std::optional<Rational> add(const Rational& left, const Rational& right);
std::optional<Rational> subtract(const Rational& left, const Rational& right);
std::optional<Rational> multiply(const Rational& left, const Rational& right);
std::optional<Rational> divide(const Rational& left, const Rational& right);
std::optional<Rational> negate(const Rational& value);
std::optional<Rational> absolute(const Rational& value);
// whole exponent, |exponent| ≤ 64
std::optional<Rational> power(const Rational& base, const Rational& exponent);
// half away from zero; 0 ≤ places ≤ 9
std::optional<Rational> round_to(const Rational& value, const Rational& places);
// value − divisor·⌊value/divisor⌋
std::optional<Rational> modulo(const Rational& value, const Rational& divisor);
// of whole numbers
std::optional<Rational> greatest_common_divisor(const Rational& left, const Rational& right);
// of whole numbers
std::optional<Rational> least_common_multiple(const Rational& left, const Rational& right);
Rational floor_of(const Rational& value);
std::optional<Rational> ceiling_of(const Rational& value);

// Digits with at most one point, no sign: "12", "0.5". nullopt when it is something else or does not fit.
std::optional<Rational> parse_decimal(std::string_view digits);

// "3/4", "-2": for messages to authors, not for pupils (content/notation.hpp).
std::string to_string(const Rational& value);

}  // namespace trede::content
