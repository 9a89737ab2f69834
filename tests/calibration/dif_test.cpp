#include "engine/calibration/dif.hpp"

#include "tests/calibration/fit_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

struct Flags {
  double false_share = 0.0;  // of items without a difference
  double power = 0.0;        // of the first item, harder for the second group
  double shift = 0.0;        // its mean estimate
};

// 400 people a group, the second .8 weaker on average, each answering 30 of 60 items; flags at |z| > 2.576.
Flags flags(double harder, const std::vector<Group>& believed_groups, DifAgainst against, int tables) {
  const std::vector<Group> groups = {{}, {.mean = -0.8}};
  Flags result;
  for (int n = 0; n < tables; ++n) {
    Random random(mix(21, static_cast<std::uint64_t>(n)));
    const std::vector<Item> items = test::random_items(60, random, -0.3);
    std::vector<Item> for_second = items;
    for_second[0].intercept -= harder * items[0].slope;
    ResponseTable table = test::empty_table(items);
    test::answer(table, items, 400, 30, groups[0], 0, random);
    test::answer(table, for_second, 400, 30, groups[1], 1, random);
    DifOptions options;
    options.against = against;
    const auto dif = dif_of(table, items, believed_groups, options);
    for (std::size_t item = 1; item < 60; ++item)
      result.false_share += (std::abs(dif[item][1].z) > 2.576) / (59.0 * tables);
    result.power += (std::abs(dif[0][1].z) > 2.576) / static_cast<double>(tables);
    result.shift += dif[0][1].shift / tables;
  }
  return result;
}

}  // namespace

TEST_CASE("dif: no more false flags than promised when groups have their own means", "[calibration]") {
  for (const DifAgainst against : {DifAgainst::Items, DifAgainst::OtherGroups}) {
    const Flags with_own = flags(0.8, {{}, {.mean = -0.8}}, against, 20);
    testing::figure("calibration", "DIF false flags at .01 (group prior)", "≤ .02", with_own.false_share);
    CHECK(with_own.false_share <= 0.02);
    CHECK(with_own.false_share >= 0.002);
  }
}

TEST_CASE("dif: the first group's mean for all flags items for a difference of people", "[calibration]") {
  const Group common{.mean = 0.0, .sd = 1.08};
  CHECK(flags(0.0, {common, common}, DifAgainst::Items, 10).false_share > 0.02);
}

TEST_CASE("dif: a harder item is found and its shift measured", "[calibration]") {
  const Flags found = flags(0.8, {{}, {.mean = -0.8}}, DifAgainst::Items, 20);
  CHECK(found.power >= 0.6);
  CHECK(found.shift == Approx(0.8).margin(0.2));
}

TEST_CASE("dif: too few earlier answers and a single group give no test", "[calibration]") {
  Random random(2);
  const std::vector<Item> items = test::random_items(6, random);
  ResponseTable table = test::empty_table(items);
  test::answer(table, items, 50, 6, {}, 0, random);
  CHECK(dif_of(table, items, {{}})[3][0].answers == 0.0);
  DifOptions options;
  options.predict_from = PredictFrom::OtherAnswers;
  options.least_answers = 5;
  options.against = DifAgainst::Items;
  CHECK(dif_of(table, items, {{}}, options)[3][0].answers == 50.0);
  options.against = DifAgainst::OtherGroups;
  CHECK(dif_of(table, items, {{}}, options)[3][0].p == 1.0);
}
