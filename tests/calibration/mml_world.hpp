// Simulated tests for calibration: items ln a ~ N(.2, .3²), b ~ N(0, 1), of which each person answers some.
#pragma once

#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/calibration/mml.hpp"
#include "engine/random.hpp"

namespace trede::testing {

struct World {
  std::vector<calibration::Item> items;
  calibration::ResponseTable table;
};

struct WorldOptions {
  int people = 2000;  // of each group
  int items = 60;
  int answers = 20;  // of each person
  int categories = 2;
  double guessing = 0.0;
  std::vector<calibration::Group> groups = {{0.0, 1.0}};
  std::uint64_t seed = 1;
};

inline calibration::Item random_item(const WorldOptions& options, Random& random) {
  calibration::Item item{.slope = std::exp(0.2 + 0.3 * random.normal()), .guessing = options.guessing};
  const double b = random.normal();
  item.intercept = -item.slope * b;
  for (int v = 1; v < options.categories && options.categories > 2; ++v)
    item.thresholds.push_back(b + 0.8 * (v - 0.5 * options.categories) + 0.2 * random.normal());
  return item;
}

inline int random_category(const calibration::Item& item, double theta, Random& random) {
  if (item.thresholds.empty()) {
    const double s = 1.0 / (1.0 + std::exp(-item.slope * theta - item.intercept));
    return random.uniform() < item.guessing + (1.0 - item.guessing) * s ? 1 : 0;
  }
  std::vector<double> odds = {1.0};
  for (const double b : item.thresholds) odds.push_back(odds.back() * std::exp(item.slope * (theta - b)));
  double rest = random.uniform() * std::accumulate(odds.begin(), odds.end(), 0.0);
  std::size_t k = 0;
  while (k + 1 < odds.size() && rest >= odds[k]) rest -= odds[k++];
  return static_cast<int>(k);
}

inline World random_world(const WorldOptions& options) {
  Random random{options.seed};
  World world;
  for (int j = 0; j < options.items; ++j) world.items.push_back(random_item(options, random));
  world.table.categories.assign(world.items.size(), options.categories);
  std::vector<int> order(world.items.size());
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t g = 0; g < options.groups.size(); ++g)
    for (int i = 0; i < options.people; ++i) {
      const double theta = options.groups[g].mean + options.groups[g].sd * random.normal();
      for (int k = 0; k < options.answers; ++k) {
        std::swap(order[static_cast<std::size_t>(k)],
                  order[static_cast<std::size_t>(k + random.below(options.items - k))]);
        const int j = order[static_cast<std::size_t>(k)];
        world.table.responses.push_back(
            {j, random_category(world.items[static_cast<std::size_t>(j)], theta, random)});
      }
      world.table.begins.push_back(world.table.responses.size());
      world.table.groups.push_back(static_cast<int>(g));
    }
  return world;
}

}  // namespace trede::testing
