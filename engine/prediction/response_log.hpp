// A log of answers as plain arrays: who answered which item, when, and whether it was right. Built once by the
// reader of a file (server/tables) and then only read, from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace trede::prediction {

struct ResponseLog {
  // Pupil i has rows pupil_begins[i] … pupil_begins[i + 1] − 1, in the order of answering.
  std::vector<std::string> pupils;  // as written in the file: the split is a hash of it
  std::vector<std::size_t> pupil_begins = {0};

  // Item j belongs to topics[topic_begins[j]] … topics[topic_begins[j + 1] − 1], none twice.
  std::vector<std::int32_t> topics;
  std::vector<std::size_t> topic_begins = {0};
  int topic_count = 0;

  // One entry a row.
  std::vector<std::int32_t> item;
  std::vector<std::uint8_t> correct;
  std::vector<double> time_s;       // since the pupil's first row, when the item was shown
  std::vector<double> response_ms;  // negative: not known
  bool has_clock = false;           // false: time_s only counts rows

  std::size_t rows() const { return item.size(); }
  int items() const { return static_cast<int>(topic_begins.size()) - 1; }
  std::span<const std::int32_t> topics_of(std::int32_t j) const {
    const auto at = static_cast<std::size_t>(j);
    return {topics.data() + topic_begins[at], topic_begins[at + 1] - topic_begins[at]};
  }
};

}  // namespace trede::prediction
