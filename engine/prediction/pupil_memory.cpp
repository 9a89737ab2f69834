#include "engine/prediction/pupil_memory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace trede::prediction {
namespace {

constexpr double break_minutes = 30.0;
constexpr int soon_rows = 3;
constexpr double prior_times = 3.0;  // rows after which half of the pupil's own pace is believed
const Encounter never;

const std::array<double, 512> small_logarithms = [] {
  std::array<double, 512> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = std::log1p(static_cast<double>(i));
  return table;
}();

}  // namespace

double log1p_of(int count) {
  const auto at = static_cast<std::size_t>(count);
  return at < small_logarithms.size() ? small_logarithms[at] : std::log1p(static_cast<double>(count));
}

bool needs_clock(Covariate covariate) {
  return covariate == SinceItem || covariate == SincePrevious || covariate == SinceBreak;
}

PupilMemory::PupilMemory(const ResponseLog& log, const ItemSummary& items)
    : log_(log),
      summary_(items),
      items_(static_cast<std::size_t>(log.items())),
      topics_(static_cast<std::size_t>(log.topic_count)) {}

void PupilMemory::start() {
  ++pupil_;
  row_ = 0;
  minutes_ = previous_end_ = gap_ = 0.0;
  since_break_ = -1;
  streak_ = 0;
  previous_item_ = -1;
  time_sum_ = time_count_ = 0.0;
}

void PupilMemory::show(std::size_t row) {
  if (!log_.has_clock) return;
  minutes_ = log_.time_s[row] / 60.0;
  gap_ = row_ == 0 ? 0.0 : std::max(0.0, minutes_ - previous_end_);
  if (gap_ > break_minutes) since_break_ = 0;
}

void PupilMemory::meet(Entry& entry, bool correct) {
  if (entry.pupil != pupil_) entry = {pupil_, {}};
  ++entry.encounter.times;
  entry.encounter.right += correct ? 1 : 0;
  entry.encounter.row = row_;
  entry.encounter.minutes = minutes_;
}

void PupilMemory::answer(std::size_t row) {
  const bool correct = log_.correct[row] != 0;
  meet(items_[static_cast<std::size_t>(log_.item[row])], correct);
  for (const std::int32_t topic : log_.topics_of(log_.item[row]))
    meet(topics_[static_cast<std::size_t>(topic)], correct);
  if (log_.response_ms[row] >= 0) {
    time_sum_ += excess_time(row);
    time_count_ += 1.0;
  }
  previous_end_ = minutes_ + std::max(0.0, log_.response_ms[row]) / 60'000.0;
  previous_item_ = log_.item[row];
  streak_ = correct ? std::max(1, streak_ + 1) : std::min(-1, streak_ - 1);
  if (since_break_ >= 0) ++since_break_;
  ++row_;
}

const Encounter& PupilMemory::item(std::int32_t item) const {
  const Entry& entry = items_[static_cast<std::size_t>(item)];
  return entry.pupil == pupil_ ? entry.encounter : never;
}

const Encounter& PupilMemory::topic(std::int32_t topic) const {
  const Entry& entry = topics_[static_cast<std::size_t>(topic)];
  return entry.pupil == pupil_ ? entry.encounter : never;
}

double PupilMemory::excess_time(std::size_t row) const {
  const auto item = static_cast<std::size_t>(log_.item[row]);
  return log_seconds_of(log_.response_ms[row]) - summary_.log_seconds[log_.correct[row]][item];
}

double PupilMemory::slowness(std::size_t row) const {
  if (log_.response_ms[row] < 0) return 0.0;
  return excess_time(row) - time_sum_ / (time_count_ + prior_times);
}

bool PupilMemory::shares_previous_topic(std::span<const std::int32_t> topics) const {
  const auto before = log_.topics_of(previous_item_);
  return std::any_of(topics.begin(), topics.end(), [&](std::int32_t topic) {
    return std::find(before.begin(), before.end(), topic) != before.end();
  });
}

void PupilMemory::describe_topics(std::span<const std::int32_t> topics,
                                  std::array<double, covariates>& values) const {
  int least_times = std::numeric_limits<int>::max(), most_rows = 0;
  for (const std::int32_t k : topics) {
    const Encounter& met = topic(k);
    least_times = std::min(least_times, met.times);
    if (met.times > 0) most_rows = std::max(most_rows, row_ - met.row);
  }
  if (topics.empty()) least_times = 0;
  values[NewTopic] = most_rows == 0 ? 1.0 : 0.0;
  values[TimesTopic] = log1p_of(least_times) / 2.0;
  values[SinceTopic] = log1p_of(most_rows) / 3.0;
  values[Switch] = row_ > 0 && !shares_previous_topic(topics) ? 1.0 : 0.0;
}

std::array<double, covariates> PupilMemory::covariates_of(std::size_t row) const {
  std::array<double, covariates> values{};
  const Encounter& met = item(log_.item[row]);
  if (met.times > 0) {
    values[Seen] = 1.0;
    values[TimesSeen] = log1p_of(met.times) / 2.0;
    values[TimesRight] = log1p_of(met.right);
    values[TimesWrong] = log1p_of(met.times - met.right);
    values[Soon] = row_ - met.row <= soon_rows ? 1.0 : 0.0;
  }
  values[Row] = log1p_of(row_) / 3.0;
  values[Streak] = streak_ / 3.0;
  describe_topics(log_.topics_of(log_.item[row]), values);
  if (!log_.has_clock) return values;
  if (met.times > 0) values[SinceItem] = std::log1p(std::max(0.0, minutes_ - met.minutes)) / 5.0;
  values[SincePrevious] = std::log1p(gap_) / 3.0;
  if (since_break_ >= 0) values[SinceBreak] = log1p_of(since_break_) / 3.0;
  return values;
}

}  // namespace trede::prediction
