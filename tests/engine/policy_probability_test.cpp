// The probability stored with a choice is the truth: over all that could be chosen it sums to one, and draws
// come out that often.
#include <map>
#include <tuple>

#include "engine/policy/thompson.hpp"
#include "tests/engine/policy_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::policy;
using namespace trede::test;

namespace {

using Action = std::tuple<int, int, double, Reason>;

Action action_of(const Choice& choice) {
  return {choice.item, choice.video, choice.target, choice.reason};
}

// A pupil somewhere on the way through a bank with everything in it: videos, new exercises, enrichment, plans.
Walk random_state(std::uint64_t seed) {
  Random random{seed};
  Catalogue bank = test::chain_bank(3 + random.below(6), 3 + random.below(70));
  for (CatalogueItem& item : bank.items) {
    const double kind = random.uniform();
    item.enrichment = kind < 0.1;
    item.status = kind > 0.95 ? ItemStatus::Retired : kind > 0.85 ? ItemStatus::Seeding : ItemStatus::Active;
    item.varies = random.uniform() < 0.3;
  }
  complete(bank);
  Walk walk{bank, 2.0 * random.normal(), seed};
  if (random.uniform() < 0.3) begin_placement(walk.context);
  if (random.uniform() < 0.2) walk.context.steering.topics = {random.below(3)};
  walk.context.steering.level = static_cast<Level>(random.below(4));
  for (int gain = 0; gain < walk.effects.count(); ++gain) {
    walk.effects.value[gain] += 0.03 * random.normal();
    walk.effects.sd[gain] *= std::exp(-3.0 * random.uniform());
  }
  const int steps = random.below(80);
  for (int n = 0; n < steps; ++n) {
    if (n % 20 == 19) time_passes(walk.context, 600.0, n / 20);
    walk.step();
  }
  return walk;
}

}  // namespace

TEST_CASE("policy: in two hundred states the probabilities of all choices add up to one", "[engine]") {
  double worst = 0.0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Walk walk = random_state(seed);
    const double total =
        total_probability(possible_choices(walk.belief, walk.bank, walk.context, walk.effects));
    worst = std::max(worst, std::abs(total - 1.0));
    REQUIRE(std::abs(total - 1.0) < 1e-6);
  }
  testing::figure("policy", "sum of the probabilities of all choices, 200 states: distance from 1", "< 1e-6",
                  worst);
}

TEST_CASE("policy: the stored probability is how often the choice is made", "[engine]") {
  const int draws = 100'000;
  for (const std::uint64_t state : {2u, 7u}) {
    const Walk walk = random_state(state);
    std::map<Action, double> expected, seen;
    for (const Choice& choice : possible_choices(walk.belief, walk.bank, walk.context, walk.effects))
      expected[action_of(choice)] += choice.probability;
    for (int seed = 0; seed < draws; ++seed) {
      const Choice choice =
          choose(walk.belief, walk.bank, walk.context, walk.effects, static_cast<std::uint64_t>(seed));
      REQUIRE(expected.at(action_of(choice)) == Approx(choice.probability));
      seen[action_of(choice)] += 1.0 / draws;
    }
    for (const auto& [action, probability] : expected)
      CHECK(std::abs(seen[action] - probability) < 5.0 * std::sqrt(probability / draws) + 1e-5);
  }
}

TEST_CASE("policy: the chance to be the largest of normals is right to a millionth", "[engine]") {
  // Two arms have a closed form: P(X > Y) = Φ((m1 − m2) / √(s1² + s2²)).
  Random random{3};
  for (int round = 0; round < 300; ++round) {
    const Gain first{0.1 * random.normal(), std::exp(-4.0 * random.uniform())};
    const Gain second{0.1 * random.normal(), std::exp(-4.0 * random.uniform())};
    const double apart = (first.mean - second.mean) / std::hypot(first.sd, second.sd);
    const double exact = 0.5 * std::erfc(-apart / std::sqrt(2.0));
    REQUIRE(std::abs(chances_to_be_largest(std::vector{first, second})[0] - exact) < 1e-6);
  }
}

TEST_CASE("policy: equal arms are equally likely, a sure winner takes all", "[engine]") {
  const std::vector<double> equal = chances_to_be_largest(std::vector<Gain>(7, {0.04, 0.03}));
  for (const double chance : equal) CHECK(chance == Approx(1.0 / 7.0).margin(1e-7));
  const std::vector<Gain> uneven{{1.0, 0.01}, {0.0, 0.02}, {-1.0, 0.0}};
  CHECK(chances_to_be_largest(uneven)[0] == Approx(1.0));
  const std::vector<Gain> known{{0.2, 0.0}, {0.1, 0.0}};
  CHECK(chances_to_be_largest(known)[0] == Approx(1.0));
  CHECK(chances_to_be_largest(std::vector<Gain>{{0.3, 0.1}})[0] == Approx(1.0));
}

TEST_CASE("policy: many arms of very different width are drawn as often as they win", "[engine]") {
  const std::vector<Gain> arms{{0.040, 0.03}, {0.045, 0.002}, {0.047, 0.0005},
                               {0.030, 0.01}, {0.020, 0.03},  {0.046, 0.001}};
  const std::vector<double> chances = chances_to_be_largest(arms);
  Random random{9};
  std::vector<double> wins(arms.size(), 0.0);
  const int draws = 200'000;
  for (int n = 0; n < draws; ++n) {
    std::size_t best = 0;
    double highest = -1e9;
    for (std::size_t i = 0; i < arms.size(); ++i)
      if (const double x = arms[i].mean + arms[i].sd * random.normal(); x > highest) {
        highest = x;
        best = i;
      }
    wins[best] += 1.0 / draws;
  }
  for (std::size_t i = 0; i < arms.size(); ++i)
    CHECK(std::abs(wins[i] - chances[i]) < 5.0 * std::sqrt(chances[i] / draws) + 1e-4);
}
