// Simulated answers for the tests of fit: people N(mean, sd²) per group, items that may differ from what the
// model believes.
#pragma once

#include <cmath>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/responses.hpp"
#include "engine/random.hpp"
#include "tests/calibration/mml_world.hpp"

namespace trede::test {

inline calibration::Item item_at(double slope, double difficulty, double guessing = 0.0) {
  return {.slope = slope, .intercept = -slope * difficulty, .guessing = guessing};
}

// Slopes around 1.2, difficulties N(mean, 1).
inline std::vector<calibration::Item> random_items(int count, Random& random, double mean = 0.0) {
  std::vector<calibration::Item> items;
  for (int i = 0; i < count; ++i) {
    const double slope = std::exp(0.2 + 0.25 * random.normal());
    items.push_back(item_at(slope, mean + random.normal()));
  }
  return items;
}

inline calibration::ResponseTable empty_table(const std::vector<calibration::Item>& items) {
  calibration::ResponseTable table;
  for (const calibration::Item& item : items)
    table.categories.push_back(item.thresholds.empty() ? 2 : static_cast<int>(item.thresholds.size()) + 1);
  return table;
}

// All item numbers in random order, the first `count` of them.
inline std::vector<int> drawn_order(int items, int count, Random& random) {
  std::vector<int> order(static_cast<std::size_t>(items));
  for (int i = 0; i < items; ++i) order[static_cast<std::size_t>(i)] = i;
  for (int i = 0; i < count; ++i)
    std::swap(order[static_cast<std::size_t>(i)],
              order[static_cast<std::size_t>(i + random.below(items - i))]);
  order.resize(static_cast<std::size_t>(count));
  return order;
}

// Adds people of one group, each answering `count` items in random order; answers come from `truth`.
inline void answer(calibration::ResponseTable& table, const std::vector<calibration::Item>& truth, int people,
                   int count, const calibration::Group& group, int group_number, Random& random) {
  for (int person = 0; person < people; ++person) {
    const double ability = group.mean + group.sd * random.normal();
    for (const int item : drawn_order(table.items(), count, random))
      table.responses.push_back(
          {item, testing::random_category(truth[static_cast<std::size_t>(item)], ability, random)});
    table.begins.push_back(table.responses.size());
    table.groups.push_back(group_number);
  }
}

// One group N(0, 1).
inline calibration::ResponseTable simulated(const std::vector<calibration::Item>& truth, int people,
                                            int count, std::uint64_t seed) {
  Random random(seed);
  calibration::ResponseTable table = empty_table(truth);
  answer(table, truth, people, count, {}, 0, random);
  return table;
}

}  // namespace trede::test
