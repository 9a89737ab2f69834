// Two classic tests of five items, 1000 people each, as published (Bock & Lieberman 1970): how many gave each pattern.
#pragma once

#include <array>

#include "engine/calibration/responses.hpp"

namespace trede::testing {

// Of the patterns 00000, 00001, 00010, … 11111, the last item in the last place.
constexpr std::array<int, 32> lsat6_counts = {3,  6,  2,  11, 1,  1,   3,  4,  1,  8,  0,
                                              16, 0,  3,  2,  15, 10,  29, 14, 81, 3,  28,
                                              15, 80, 16, 56, 21, 173, 11, 61, 28, 298};
constexpr std::array<int, 32> lsat7_counts = {12, 19, 1,  7,  3,  19, 3,  17,  10, 5,  3,
                                              7,  7,  23, 8,  28, 7,  39, 11,  34, 14, 51,
                                              15, 90, 6,  25, 7,  35, 18, 136, 32, 308};

inline calibration::ResponseTable table_of(const std::array<int, 32>& counts) {
  calibration::ResponseTable table;
  table.categories.assign(5, 2);
  for (int pattern = 0; pattern < 32; ++pattern) {
    if (counts[static_cast<std::size_t>(pattern)] == 0) continue;
    for (int item = 0; item < 5; ++item) table.responses.push_back({item, (pattern >> (4 - item)) & 1});
    table.begins.push_back(table.responses.size());
    table.weights.push_back(counts[static_cast<std::size_t>(pattern)]);
  }
  return table;
}

}  // namespace trede::testing
