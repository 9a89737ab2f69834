#include "content/rational.hpp"

#include <limits>

#include "engine/random.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::content;

namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Rational ratio(std::int64_t numerator, std::int64_t denominator) {
  return *Rational::make(numerator, denominator);
}

Rational random_fraction(Random& random) {
  const auto numerator = random.below(2001) - 1000;
  return ratio(numerator, random.below(60) + 1);
}

}  // namespace

TEST_CASE("rational: a fraction is kept in lowest terms with a positive denominator") {
  CHECK(ratio(6, -8).numerator() == -3);
  CHECK(ratio(6, -8).denominator() == 4);
  CHECK(ratio(0, -5) == Rational{0});
  CHECK(to_string(ratio(6, -8)) == "-3/4");
}

TEST_CASE("rational: what does not fit is no value, never a wrapped one") {
  CHECK_FALSE(add(largest, 1));
  CHECK_FALSE(multiply(largest, 2));
  CHECK_FALSE(subtract(-largest, 2));
  CHECK_FALSE(divide(1, 0));
  CHECK_FALSE(power(10, 19));
  CHECK_FALSE(Rational::make(1, 0));
  CHECK(power(10, 18) == Rational{1'000'000'000'000'000'000});
  CHECK(multiply(ratio(largest, 3), ratio(3, largest)) == Rational{1});
}

TEST_CASE("rational: sums and products obey the laws of arithmetic") {
  Random random{7};
  for (int i = 0; i < 2000; ++i) {
    const Rational a = random_fraction(random);
    const Rational b = random_fraction(random);
    const Rational c = random_fraction(random);
    CHECK(*add(a, b) == *add(b, a));
    CHECK(*multiply(a, *add(b, c)) == *add(*multiply(a, b), *multiply(a, c)));
    CHECK(*subtract(*add(a, b), b) == a);
    if (b != 0) CHECK(*multiply(*divide(a, b), b) == a);
    CHECK((a < b) == (*subtract(a, b) < 0));
    if (b != 0) CHECK(*add(*multiply(b, floor_of(*divide(a, b))), *modulo(a, b)) == a);
  }
}

TEST_CASE("rational: rounding goes half away from zero and floors go down") {
  CHECK(round_to(ratio(1, 8), 2) == ratio(13, 100));
  CHECK(round_to(ratio(-1, 8), 2) == ratio(-13, 100));
  CHECK(round_to(ratio(5, 2), 0) == Rational{3});
  CHECK_FALSE(round_to(1, ratio(1, 2)));
  CHECK(floor_of(ratio(-1, 2)) == Rational{-1});
  CHECK(ceiling_of(ratio(-1, 2)) == Rational{0});
  CHECK(ceiling_of(ratio(1, 2)) == Rational{1});
  CHECK(modulo(-1, 5) == Rational{4});
}

TEST_CASE("rational: divisors and multiples are of whole numbers only") {
  CHECK(greatest_common_divisor(12, -18) == Rational{6});
  CHECK(least_common_multiple(4, 6) == Rational{12});
  CHECK(least_common_multiple(0, 6) == Rational{0});
  CHECK_FALSE(greatest_common_divisor(ratio(1, 2), 3));
}

TEST_CASE("rational: decimals are read exactly") {
  CHECK(parse_decimal("0.75") == ratio(3, 4));
  CHECK(parse_decimal(".5") == ratio(1, 2));
  CHECK(parse_decimal("12") == Rational{12});
  for (const char* bad :
       {"", ".", "1.2.3", "1,5", "-1", "1e3", "99999999999999999999999", "0.00000000000000000000001"}) {
    CHECK_FALSE(parse_decimal(bad));
  }
}
