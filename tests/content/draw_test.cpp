#include "content/draw.hpp"

#include <algorithm>
#include <set>

#include "tests/content/support.hpp"

using namespace trede;
using namespace trede::content;

TEST_CASE("draw: a seed gives this exact exercise on every machine") {
  const Instance instance = *draw(small_item("same-denominator"), 42);
  CHECK(instance == Instance{42, {10, 2, 2}, {0}, {}});
  const Instance choice = *draw(small_item("half-picture"), 2026);
  CHECK(choice == Instance{2026, {35}, {}, {0, 2, 1}});
}

TEST_CASE("draw: the same seed gives the same exercise, others mostly differ") {
  for (const Item& item : small_bank().items) {
    std::set<std::vector<Rational>> different;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      const Instance instance = *draw(item, seed);
      CHECK(instance == *draw(item, seed));
      different.insert(instance.variables);
    }
    CHECK(different.size() >= (item.is_drawn() ? 15U : 1U));
  }
}

TEST_CASE("draw: every condition of require holds") {
  const Item& item = small_item("simplify");
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Instance instance = *draw(item, seed);
    CHECK(greatest_common_divisor(instance.variables[0], instance.variables[1]) == Rational{1});
  }
}

TEST_CASE("draw: conditions that cannot be met end with a clear error") {
  const Item item = made_item(R"j("draw": ["a = rand(1, 5)"], "require": ["a > 9"], "body": "@a@",
                                 "answer": {"type": "number", "value": "1"})j");
  const Result<Instance> instance = draw(item, 1);
  REQUIRE(instance.has_error());
  CHECK(instance.error().code == ErrorCode::Unavailable);
}

TEST_CASE("draw: numbers for which the key does not exist are drawn again") {
  const Item item = made_item(R"j("draw": ["a = rand(0, 3)"], "body": "@a@", "solve": "answer * a = 6",
                                 "answer": {"type": "fraction", "value": "6/a"})j");
  for (std::uint64_t seed = 0; seed < 200; ++seed) CHECK(draw(item, seed)->variables[0] != 0);
}

TEST_CASE("draw: an ordering is never shown in the right order") {
  const Item& item = small_item("order-decimals");
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const std::vector<int> order = draw(item, seed)->order;
    CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
    CHECK(std::set<int>(order.begin(), order.end()) == std::set<int>{0, 1, 2});
  }
}

TEST_CASE("draw: options keep the author's order when they must") {
  const Item item =
      made_item(R"("body": "1 + 1 = ?", "answer": {"type": "single", "shuffle": false, "options":
                                 [{"text": "2", "correct": true}, {"text": "3"}, {"text": "4"}]})");
  for (std::uint64_t seed = 0; seed < 20; ++seed) CHECK(draw(item, seed)->order == std::vector<int>{0, 1, 2});
}

TEST_CASE("draw: every order of the options comes up") {
  Random random{9};
  std::set<std::vector<int>> orders;
  for (int i = 0; i < 200; ++i) orders.insert(shuffled(3, random));
  CHECK(orders.size() == 6);
}
