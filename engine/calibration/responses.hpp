// Answers of many people to many items, sparse: only what was answered is kept, so memory goes with the number
// of answers. Plain values, built once and then read by any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace trede::calibration {

struct Response {
  std::int32_t item = 0;      // 0 … items − 1
  std::int32_t category = 0;  // 0 … categories of the item − 1; right or wrong: 1 or 0
};

// Person i gave responses[begins[i]] … responses[begins[i + 1] − 1].
struct ResponseTable {
  std::vector<int> categories;            // of each item, 2 for right or wrong
  std::vector<std::size_t> begins = {0};  // people + 1 entries
  std::vector<Response> responses;
  std::vector<double> weights;  // how many people gave this pattern; empty = one each
  std::vector<int> groups;      // 0 … groups − 1 of each person; empty = one group

  int items() const { return static_cast<int>(categories.size()); }
  int people() const { return static_cast<int>(begins.size()) - 1; }
  std::span<const Response> of(int person) const {
    const auto i = static_cast<std::size_t>(person);
    return {responses.data() + begins[i], begins[i + 1] - begins[i]};
  }
  double weight(int person) const {
    return weights.empty() ? 1.0 : weights[static_cast<std::size_t>(person)];
  }
  int group(int person) const { return groups.empty() ? 0 : groups[static_cast<std::size_t>(person)]; }
};

}  // namespace trede::calibration
