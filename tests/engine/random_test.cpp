// The generator: the same numbers everywhere, and the distributions it promises.
#include "engine/random.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace trede;

TEST_CASE("random: SplitMix64 gives its published first numbers", "[engine]") {
  Random random{1234567};  // reference output of Vigna's splitmix64.c for this seed
  CHECK(random.bits() == 6457827717110365317u);
  CHECK(random.bits() == 3203168211198807973u);
  CHECK(random.bits() == 9817491932198370423u);
}

TEST_CASE("random: normals have mean 0, variance 1 and light tails", "[engine]") {
  Random random{1};
  double sum = 0.0, squares = 0.0, fourths = 0.0;
  const int count = 200'000;
  for (int i = 0; i < count; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    fourths += x * x * x * x;
  }
  CHECK(sum / count == Approx(0.0).margin(0.01));
  CHECK(squares / count == Approx(1.0).margin(0.015));
  CHECK(fourths / count == Approx(3.0).margin(0.12));
}

TEST_CASE("random: below gives every number as often", "[engine]") {
  Random random{2};
  std::vector<int> seen(7);
  for (int i = 0; i < 70'000; ++i) ++seen[random.below(7)];
  for (const int times : seen) CHECK(times == Approx(10'000).margin(450));
}

TEST_CASE("random: mixed seeds differ in either number and in their order", "[engine]") {
  CHECK(mix(1, 2) != mix(2, 1));
  CHECK(mix(1, 2) != mix(1, 3));
  CHECK(mix(0, 0) != mix(0, 1));
}
