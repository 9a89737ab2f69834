#include "content/scoring.hpp"

#include <algorithm>

#include "content/draw.hpp"
#include "tests/content/support.hpp"

using namespace trede;
using namespace trede::content;

namespace {

Answer typed(const std::string& text) {
  return {text, std::nullopt};
}
Answer chosen(std::vector<int> positions) {
  return {std::nullopt, std::move(positions)};
}

std::string judged(const Item& item, const Answer& answer, Language language = Language::Nl,
                   std::uint64_t seed = 1) {
  const Result<Outcome> outcome = score(item, *draw(item, seed), answer, language);
  if (!outcome) {
    CHECK(outcome.error().code == ErrorCode::Invalid);
    return "invalid";
  }
  if (outcome->right) return "right";
  if (outcome->other_form) return "other form";
  return outcome->mistake < 0 ? "wrong" : "mistake " + std::to_string(outcome->mistake);
}

Item number_item(const std::string& answer) {
  return made_item(R"("body": "?", "answer": {"type": "number", )" + answer + R"(},
    "mistakes": [{"value": "75", "feedback": "!"}, {"value": "7.5", "feedback": "?"}])");
}

Item fraction_item(const std::string& value, const std::string& form) {
  return made_item(R"("body": "?", "answer": {"type": "fraction", "value": ")" + value + R"(", "form": ")" +
                   form +
                   R"("},
    "mistakes": [{"value": "3/5", "feedback": "!"}])");
}

}  // namespace

TEST_CASE("scoring: a number is right in either notation, a known mistake is recognised") {
  const Item item = number_item(R"("value": "0.75")");
  for (const char* right : {"0,75", "0.75", "3/4", "6/8", " 0,750 ", ",75", "¾"})
    CHECK(judged(item, typed(right)) == "right");
  CHECK(judged(item, typed("75")) == "mistake 0");
  CHECK(judged(item, typed("7,5")) == "mistake 1");
  CHECK(judged(item, typed("0,57")) == "wrong");
}

TEST_CASE("scoring: an answer that cannot be read is invalid, never wrong") {
  const Item item = number_item(R"("value": "0.75")");
  for (const char* bad : {"", "  ", "abc", "0,75 cm", "75%", "1/0", "0,7,5", "drie", "-", "€"}) {
    INFO(bad);
    CHECK(judged(item, typed(bad)) == "invalid");
  }
  CHECK(judged(item, chosen({0})) == "invalid");
  CHECK(judged(item, Answer{}) == "invalid");
  CHECK(judged(item, Answer{"0,75", std::vector<int>{0}}) == "invalid");
  CHECK(judged(item, typed(std::string(500, '1'))) == "invalid");
}

TEST_CASE("scoring: what stands around the field may be typed once more") {
  const Item money = number_item(R"("value": "3", "before": "€")");
  for (const char* right : {"3", "€ 3", "€3,00", "3,-", "€ 3,-"})
    CHECK(judged(money, typed(right)) == "right");
  const Item length = number_item(R"("value": "12", "unit": {"nl": "cm", "en": "cm"})");
  for (const char* right : {"12", "12 cm", "12cm", "12 CM"}) CHECK(judged(length, typed(right)) == "right");
  CHECK(judged(length, typed("12 m")) == "invalid");
  CHECK(judged(length, typed("cm")) == "invalid");
  const Item percent = number_item(R"("value": "40", "unit": "%")");
  CHECK(judged(percent, typed("40%")) == "right");
  CHECK(judged(percent, typed("40 %")) == "right");
}

TEST_CASE("scoring: one point and three digits are read in the pupil's language") {
  const Item item = number_item(R"("value": "1000")");
  CHECK(judged(item, typed("1.000"), Language::Nl) == "right");
  CHECK(judged(item, typed("1.000"), Language::En) == "wrong");
  CHECK(judged(item, typed("1,000"), Language::En) == "right");
}

TEST_CASE("scoring: a tolerance includes its ends") {
  const Item item = number_item(R"("value": "10", "tolerance": "0.5")");
  CHECK(judged(item, typed("10,5")) == "right");
  CHECK(judged(item, typed("9,5")) == "right");
  CHECK(judged(item, typed("10,51")) == "wrong");
}

TEST_CASE("scoring: a fraction of equal value is right, in another form when that is asked") {
  const Item any = fraction_item("3/4", "any");
  CHECK(judged(any, typed("3/4")) == "right");
  CHECK(judged(any, typed("6/8")) == "right");
  CHECK(judged(any, typed("3/5")) == "mistake 0");
  CHECK(judged(any, typed("4/3")) == "wrong");
  const Item simplest = fraction_item("3/4", "simplest");
  CHECK(judged(simplest, typed("3/4")) == "right");
  CHECK(judged(simplest, typed("6/8")) == "other form");
  const Item mixed = fraction_item("7/4", "mixed");
  CHECK(judged(mixed, typed("1 3/4")) == "right");
  CHECK(judged(mixed, typed("7/4")) == "other form");
  CHECK(judged(mixed, typed("1 6/8")) == "other form");
  CHECK(judged(mixed, typed("0 7/4")) == "other form");
  CHECK(judged(mixed, typed("1 4/3")) == "wrong");
  const Item whole = fraction_item("2", "mixed");
  CHECK(judged(whole, typed("2")) == "right");
  CHECK(judged(whole, typed("2 0/4")) == "right");
  CHECK(judged(whole, typed("4/2")) == "other form");
  for (const char* bad : {"3/0", "0,75", "3", "a/b", "3/4/5", ""}) {
    if (std::string{bad} != "3") CHECK(judged(any, typed(bad)) == "invalid");
  }
}

TEST_CASE("scoring: a single choice is judged by the position shown") {
  const Item& item = small_item("half-picture");
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const Instance instance = *draw(item, seed);
    for (int position = 0; position < 3; ++position) {
      const int option = instance.order[static_cast<std::size_t>(position)];
      const std::string expected = option == 0 ? "right" : "mistake " + std::to_string(option);
      CHECK(judged(item, chosen({position}), Language::Nl, seed) == expected);
    }
  }
  for (const Answer& bad : {chosen({}), chosen({0, 1}), chosen({3}), chosen({-1}), typed("1"), Answer{}}) {
    CHECK(judged(item, bad) == "invalid");
  }
}

TEST_CASE("scoring: of a multiple choice only the whole set is right") {
  const Item& item = small_item("which-are-half");
  const Instance instance = *draw(item, 1);
  const auto at = [&](int option) {
    return static_cast<int>(std::find(instance.order.begin(), instance.order.end(), option) -
                            instance.order.begin());
  };
  CHECK(judged(item, chosen({at(2), at(0)})) == "right");
  CHECK(judged(item, chosen({at(0)})) == "wrong");
  CHECK(judged(item, chosen({at(0), at(1), at(2)})) == "mistake 1");
  CHECK(judged(item, chosen({at(0), at(0)})) == "invalid");
}

TEST_CASE("scoring: words are read without case, accents and spaces, in the pupil's language") {
  const Item& item = small_item("name-of-three-quarters");
  CHECK(judged(item, typed("Driekwart")) == "right");
  CHECK(judged(item, typed(" drie kwart. ")) == "right");
  CHECK(judged(item, typed("kwart")) == "mistake 0");
  CHECK(judged(item, typed("half")) == "wrong");
  CHECK(judged(item, typed("three quarters"), Language::En) == "right");
  CHECK(judged(item, typed("three quarters"), Language::Nl) == "wrong");
  CHECK(judged(item, typed("  ")) == "invalid");
}

TEST_CASE("scoring: an ordering is right in one order, and the reverse is a known mistake") {
  const Item& item = small_item("order-decimals");
  for (std::uint64_t seed = 1; seed < 30; ++seed) {
    std::vector<int> order = *key_answer(item, *draw(item, seed), Language::Nl).chosen;
    CHECK(judged(item, chosen(order), Language::Nl, seed) == "right");
    std::reverse(order.begin(), order.end());
    CHECK(judged(item, chosen(order), Language::Nl, seed) == "mistake 0");
    std::swap(order[0], order[1]);
    CHECK(judged(item, chosen(order), Language::Nl, seed) == "wrong");
  }
  for (const Answer& bad : {chosen({0, 1}), chosen({0, 1, 1}), chosen({0, 1, 3}), chosen({0, 1, 2, 0})}) {
    CHECK(judged(item, bad) == "invalid");
  }
}

TEST_CASE("scoring: entries without values belong in the written order, equal ones in any") {
  const Item written = made_item(
      R"("body": "?", "answer": {"type": "ordering", "entries": [{"text": "1"}, {"text": "2"}, {"text": "3"}]})");
  CHECK(judged(written, key_answer(written, *draw(written, 1), Language::Nl)) == "right");
  const Item falling = made_item(R"("body": "?", "answer": {"type": "ordering", "order": "descending",
    "entries": [{"text": "1", "value": "1"}, {"text": "2/2", "value": "2/2"}, {"text": "3", "value": "3"}]})");
  const Instance instance = *draw(falling, 4);
  std::vector<int> order = *key_answer(falling, instance, Language::Nl).chosen;
  CHECK(instance.order[static_cast<std::size_t>(order[0])] == 2);
  CHECK(judged(falling, chosen(order), Language::Nl, 4) == "right");
  std::swap(order[1], order[2]);
  CHECK(judged(falling, chosen(order), Language::Nl, 4) == "right");
}

TEST_CASE("scoring: the key of every item is right in every draw and both languages") {
  for (const Item& item : small_bank().items) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const Instance instance = *draw(item, seed);
      for (const Language language : {Language::Nl, Language::En}) {
        const Result<Outcome> outcome = score(item, instance, key_answer(item, instance, language), language);
        REQUIRE(outcome.has_value());
        CHECK(outcome->right);
      }
    }
  }
}
