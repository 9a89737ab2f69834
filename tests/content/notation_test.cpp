#include "content/notation.hpp"

#include "engine/random.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::content;

namespace {

Rational fraction(std::int64_t numerator, std::int64_t denominator) {
  return *Rational::make(numerator, denominator);
}

std::string shown(const Rational& value, Language language, int places = -1) {
  return show_number(value, language, places).value_or("cannot");
}

std::string read(const std::string& text, Language language) {
  const Result<Rational> value = read_number(text, language);
  return value ? to_string(*value) : "invalid";
}

}  // namespace

TEST_CASE("notation: Dutch has a decimal comma, English a point") {
  CHECK(shown(fraction(3, 4), Language::Nl) == "0,75");
  CHECK(shown(fraction(3, 4), Language::En) == "0.75");
  CHECK(shown(fraction(-5, 2), Language::Nl) == "−2,5");
  CHECK(shown(fraction(7, 2), Language::Nl, 2) == "3,50");
  CHECK(shown(3, Language::En, 2) == "3.00");
  CHECK(shown(0, Language::En) == "0");
}

TEST_CASE("notation: a thousands mark appears from ten thousand on") {
  CHECK(shown(9999, Language::Nl) == "9999");
  CHECK(shown(10'000, Language::Nl) == "10.000");
  CHECK(shown(1'234'567, Language::En) == "1,234,567");
  CHECK(shown(fraction(24'691'357, 2), Language::Nl, 2) == "12.345.678,50");
}

TEST_CASE("notation: a number that does not end is not shown as a decimal") {
  CHECK(shown(fraction(1, 3), Language::Nl) == "cannot");
  CHECK(shown(fraction(1, 8), Language::Nl, 2) == "cannot");
  CHECK(shown(fraction(1, 10'000'000), Language::Nl) == "cannot");
  CHECK(show_always(fraction(1, 3), Language::Nl) == "1/3");
}

TEST_CASE("notation: numbers are read as pupils write them") {
  struct Row {
    const char* text;
    const char* nl;
    const char* en;
  };
  const Row rows[] = {{"0,75", "3/4", "3/4"},
                      {"0.75", "3/4", "3/4"},
                      {"1.000", "1000", "1"},
                      {"1,000", "1", "1000"},
                      {"0.750", "3/4", "3/4"},
                      {"1.234,5", "2469/2", "2469/2"},
                      {"1,234.5", "2469/2", "2469/2"},
                      {"1.234.567", "1234567", "1234567"},
                      {"12 500", "12500", "12500"},
                      {"1/2", "1/2", "1/2"},
                      {"1 1/2", "3/2", "3/2"},
                      {"1½", "3/2", "3/2"},
                      {"½", "1/2", "1/2"},
                      {"−3", "-3", "-3"},
                      {"- 3", "-3", "-3"},
                      {"+3", "3", "3"},
                      {" 12 ", "12", "12"},
                      {",5", "1/2", "1/2"},
                      {"007", "7", "7"},
                      {"3 / 4", "3/4", "3/4"},
                      {"−1 3/4", "-7/4", "-7/4"},
                      {"5⁄8", "5/8", "5/8"}};
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(read(row.text, Language::Nl) == row.nl);
    CHECK(read(row.text, Language::En) == row.en);
  }
}

TEST_CASE("notation: what is no number is invalid") {
  for (const char* bad : {"",
                          " ",
                          "abc",
                          "12a",
                          "1 5",
                          "1..5",
                          "1,2,3",
                          "1.23.456",
                          "12,34,567.8.9",
                          "5,",
                          "5.",
                          "/",
                          "1/",
                          "/2",
                          "1/0",
                          "0/0",
                          "1/2/3",
                          "1 1 1/2",
                          "--3",
                          "+-3",
                          "1e5",
                          "0x10",
                          "½½",
                          "1,5/2",
                          "٣",
                          "3 4",
                          "\xff\xfe",
                          "99999999999999999999999999999",
                          "1/99999999999999999999",
                          "NaN",
                          "inf",
                          "$5",
                          "1'000",
                          "."}) {
    INFO(bad);
    CHECK(read(bad, Language::Nl) == "invalid");
    CHECK(read(bad, Language::En) == "invalid");
  }
  CHECK(read(std::string(201, '1'), Language::Nl) == "invalid");
}

TEST_CASE("notation: what is shown is read back as the same number") {
  Random random{2};
  for (int i = 0; i < 5000; ++i) {
    const auto units = random.below(20'000'000) - 10'000'000;
    const Rational value = fraction(units, 1000);
    for (const Language language : {Language::Nl, Language::En}) {
      const std::string text = shown(value, language);
      INFO(text);
      CHECK(read(text, language) == to_string(value));
    }
    CHECK(read_fraction(fraction_text(value))->value == value);
    CHECK(read_fraction(mixed_text(value))->value == value);
  }
}

TEST_CASE("notation: a written fraction keeps its form") {
  const WrittenFraction mixed = *read_fraction("1 6/8");
  CHECK(mixed.has_whole);
  CHECK(mixed.whole == 1);
  CHECK(mixed.numerator == 6);
  CHECK(mixed.value == fraction(7, 4));
  CHECK_FALSE(read_fraction("3/4")->has_whole);
  CHECK_FALSE(read_fraction("2")->has_fraction);
  for (const char* bad : {"0,75", "0.75", "3/0", "a/b", "1,000", "3/", ""})
    CHECK(read_fraction(bad).has_error());
}

TEST_CASE("notation: case, accents and spaces do not matter in words") {
  CHECK(normalised_word("Drie  Kwart") == "driekwart");
  CHECK(normalised_word("éénTWEEDE.") == "eentweede");
  CHECK(normalised_word("  ") == "");
  CHECK(normalised_word("e\xCC\x81"
                        "en") == "een");
}
