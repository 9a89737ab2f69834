// What the answers of some pupils say about each item before any model is fitted. Pure; any thread.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/prediction/response_log.hpp"

namespace trede::prediction {

struct ItemSummary {
  std::vector<int> combination;  // of each item: which set of topics it has, counted from 0
  int combinations = 0;
  std::vector<double> answers;  // of each item
  std::vector<double> right;    // of them
  double share_right = 0.5;     // of all answers, between 0 and 1, neither included
  // Mean ln(seconds) of the wrong [0] and right [1] answers to each item, drawn towards the mean of all items.
  std::array<std::vector<double>, 2> log_seconds;

  double smoothed_share(std::int32_t item) const;  // (right + 5 share_right) / (answers + 5)
};

ItemSummary summarise(const ResponseLog& log, std::span<const int> pupils);

double log_seconds_of(double response_ms);  // of at least .2 s; response_ms ≥ 0

}  // namespace trede::prediction
