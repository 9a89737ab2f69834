// One draw of an item: the numbers, words and order that a pupil met. With the item it gives back the
// exercise exactly. A plain value; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "content/rational.hpp"

namespace trede::content {

struct Instance {
  std::uint64_t seed = 0;
  std::vector<Rational> variables;  // in the order of the item's `draw`
  std::vector<int> words;           // the index drawn in each word list
  std::vector<int> order;           // order[position shown] = the author's position (options, entries)

  friend bool operator==(const Instance&, const Instance&) = default;
};

}  // namespace trede::content
