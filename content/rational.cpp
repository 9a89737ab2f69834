#include "content/rational.hpp"

#include <limits>
#include <numeric>

namespace trede::content {
namespace {

// symmetric, so that a sign can always be turned
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Wide wide_gcd(Wide left, Wide right) {
  while (right != 0) {
    const Wide rest = left % right;
    left = right;
    right = rest;
  }
  return left < 0 ? -left : left;
}

Wide floor_divide(Wide numerator, Wide denominator) {  // denominator > 0
  const Wide quotient = numerator / denominator;
  return numerator % denominator < 0 ? quotient - 1 : quotient;
}

std::optional<Rational> whole(Wide value) {
  return Rational::make(value, 1);
}

}  // namespace

std::optional<Rational> Rational::make(Wide numerator, Wide denominator) {
  if (denominator == 0) return std::nullopt;
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const auto fits = [](Wide value) { return value <= largest && value >= -largest; };
  if (denominator != 1 && !(fits(numerator) && fits(denominator))) {
    const Wide divisor = wide_gcd(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
  }
  if (!fits(numerator) || !fits(denominator)) return std::nullopt;
  Rational made;
  made.numerator_ = static_cast<std::int64_t>(numerator);
  made.denominator_ = static_cast<std::int64_t>(denominator);
  if (made.denominator_ == 1) return made;
  const std::int64_t divisor = std::gcd(made.numerator_, made.denominator_);  // dividing 128 bits is slow
  made.numerator_ /= divisor;
  made.denominator_ /= divisor;
  return made;
}

std::strong_ordering operator<=>(const Rational& left, const Rational& right) {
  const Wide a = Wide{left.numerator_} * right.denominator_;
  const Wide b = Wide{right.numerator_} * left.denominator_;
  return a < b   ? std::strong_ordering::less
         : a > b ? std::strong_ordering::greater
                 : std::strong_ordering::equal;
}

std::optional<Rational> add(const Rational& left, const Rational& right) {
  if (left.is_whole() && right.is_whole()) return whole(Wide{left.numerator()} + right.numerator());
  return Rational::make(
      Wide{left.numerator()} * right.denominator() + Wide{right.numerator()} * left.denominator(),
      Wide{left.denominator()} * right.denominator());
}

std::optional<Rational> subtract(const Rational& left, const Rational& right) {
  if (left.is_whole() && right.is_whole()) return whole(Wide{left.numerator()} - right.numerator());
  return Rational::make(
      Wide{left.numerator()} * right.denominator() - Wide{right.numerator()} * left.denominator(),
      Wide{left.denominator()} * right.denominator());
}

std::optional<Rational> multiply(const Rational& left, const Rational& right) {
  return Rational::make(Wide{left.numerator()} * right.numerator(),
                        Wide{left.denominator()} * right.denominator());
}

std::optional<Rational> divide(const Rational& left, const Rational& right) {
  return Rational::make(Wide{left.numerator()} * right.denominator(),
                        Wide{left.denominator()} * right.numerator());
}

std::optional<Rational> negate(const Rational& value) {
  return Rational::make(-Wide{value.numerator()}, value.denominator());
}

std::optional<Rational> absolute(const Rational& value) {
  return value.numerator() < 0 ? negate(value) : std::optional{value};
}

std::optional<Rational> power(const Rational& base, const Rational& exponent) {
  constexpr std::int64_t most = 64;  // beyond it only 0, 1 and −1 still fit
  if (!exponent.is_whole() || exponent.numerator() > most || exponent.numerator() < -most)
    return std::nullopt;
  std::optional<Rational> result = Rational{1};
  for (std::int64_t left = std::abs(exponent.numerator()); left > 0 && result; --left)
    result = multiply(*result, base);
  return result && exponent.numerator() < 0 ? divide(1, *result) : result;
}

Rational floor_of(const Rational& value) {
  return static_cast<std::int64_t>(floor_divide(value.numerator(), value.denominator()));
}

std::optional<Rational> ceiling_of(const Rational& value) {
  return whole(-floor_divide(-Wide{value.numerator()}, value.denominator()));
}

std::optional<Rational> round_to(const Rational& value, const Rational& places) {
  if (!places.is_whole() || places < 0 || places > 9) return std::nullopt;
  const std::optional<Rational> scale = power(10, places);
  const std::optional<Rational> size = absolute(value);
  if (!scale || !size) return std::nullopt;
  const std::optional<Rational> scaled = multiply(*size, *scale);
  if (!scaled) return std::nullopt;
  const Wide units =
      floor_divide(Wide{scaled->numerator()} * 2 + scaled->denominator(), Wide{scaled->denominator()} * 2);
  return Rational::make(value < 0 ? -units : units, scale->numerator());
}

std::optional<Rational> modulo(const Rational& value, const Rational& divisor) {
  const std::optional<Rational> quotient = divide(value, divisor);
  if (!quotient) return std::nullopt;
  const std::optional<Rational> taken = multiply(divisor, floor_of(*quotient));
  return taken ? subtract(value, *taken) : std::nullopt;
}

std::optional<Rational> greatest_common_divisor(const Rational& left, const Rational& right) {
  if (!left.is_whole() || !right.is_whole()) return std::nullopt;
  return whole(wide_gcd(left.numerator(), right.numerator()));
}

std::optional<Rational> least_common_multiple(const Rational& left, const Rational& right) {
  const std::optional<Rational> divisor = greatest_common_divisor(left, right);
  if (!divisor) return std::nullopt;
  if (*divisor == 0) return Rational{0};
  const Wide multiple = Wide{left.numerator()} / divisor->numerator() * right.numerator();
  return whole(multiple < 0 ? -multiple : multiple);
}

std::optional<Rational> parse_decimal(std::string_view digits) {
  Wide numerator = 0;
  Wide denominator = 1;
  bool after_point = false;
  bool any = false;
  for (const char sign : digits) {
    if (sign == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (sign < '0' || sign > '9' || denominator > largest / 10 || numerator > largest) return std::nullopt;
    numerator = numerator * 10 + (sign - '0');
    if (after_point) denominator *= 10;
    any = true;
  }
  return any ? Rational::make(numerator, denominator) : std::nullopt;
}

std::string to_string(const Rational& value) {
  const std::string numerator = std::to_string(value.numerator());
  return value.is_whole() ? numerator : numerator + "/" + std::to_string(value.denominator());
}

}  // namespace trede::content
