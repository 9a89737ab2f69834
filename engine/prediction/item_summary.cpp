#include "engine/prediction/item_summary.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace trede::prediction {
namespace {

constexpr double prior_answers = 5.0;
constexpr double shortest_ms = 200.0;

void number_combinations(const ResponseLog& log, ItemSummary& summary) {
  std::map<std::vector<std::int32_t>, int> numbers;
  for (int item = 0; item < log.items(); ++item) {
    const auto topics = log.topics_of(item);
    std::vector<std::int32_t> sorted(topics.begin(), topics.end());
    std::sort(sorted.begin(), sorted.end());
    const auto next = static_cast<int>(numbers.size());
    summary.combination.push_back(numbers.try_emplace(std::move(sorted), next).first->second);
  }
  summary.combinations = static_cast<int>(numbers.size());
}

// One visit of every row of the pupils.
template <class Visit>
void each_row(const ResponseLog& log, std::span<const int> pupils, const Visit& visit) {
  for (const int pupil : pupils) {
    const auto at = static_cast<std::size_t>(pupil);
    for (std::size_t row = log.pupil_begins[at]; row < log.pupil_begins[at + 1]; ++row) visit(row);
  }
}

void average_times(const ResponseLog& log, std::span<const int> pupils, ItemSummary& summary) {
  const auto items = static_cast<std::size_t>(log.items());
  std::array<std::vector<double>, 2> counts;
  std::array<double, 2> sums{}, all{};
  for (std::size_t y = 0; y < 2; ++y) {
    summary.log_seconds[y].assign(items, 0.0);
    counts[y].assign(items, 0.0);
  }
  each_row(log, pupils, [&](std::size_t row) {
    if (log.response_ms[row] < 0) return;
    const std::size_t y = log.correct[row], item = static_cast<std::size_t>(log.item[row]);
    const double seconds = log_seconds_of(log.response_ms[row]);
    summary.log_seconds[y][item] += seconds;
    counts[y][item] += 1.0;
    sums[y] += seconds;
    all[y] += 1.0;
  });
  for (std::size_t y = 0; y < 2; ++y)
    for (std::size_t item = 0; item < items; ++item)
      summary.log_seconds[y][item] =
          (summary.log_seconds[y][item] + prior_answers * sums[y] / std::max(1.0, all[y])) /
          (counts[y][item] + prior_answers);
}

}  // namespace

double log_seconds_of(double response_ms) {
  return std::log(std::max(shortest_ms, response_ms) / 1000.0);
}

double ItemSummary::smoothed_share(std::int32_t item) const {
  const auto at = static_cast<std::size_t>(item);
  return (right[at] + prior_answers * share_right) / (answers[at] + prior_answers);
}

ItemSummary summarise(const ResponseLog& log, std::span<const int> pupils) {
  ItemSummary summary;
  number_combinations(log, summary);
  summary.answers.assign(static_cast<std::size_t>(log.items()), 0.0);
  summary.right = summary.answers;
  double rows = 1.0, right = 0.5;
  each_row(log, pupils, [&](std::size_t row) {
    const auto item = static_cast<std::size_t>(log.item[row]);
    summary.answers[item] += 1.0;
    summary.right[item] += log.correct[row];
    rows += 1.0;
    right += log.correct[row];
  });
  summary.share_right = right / rows;
  average_times(log, pupils, summary);
  return summary;
}

}  // namespace trede::prediction
