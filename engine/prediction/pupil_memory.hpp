// What is known of a pupil's earlier rows at the moment an item is shown: when and how often the item and its topics
// came by, and what follows from that for the logit (covariates). It never sees the answer of the row it speaks of.
// One owner, one thread; used again for the next pupil.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/prediction/item_summary.hpp"
#include "engine/prediction/response_log.hpp"

namespace trede::prediction {

// Scaled so that common values lie between 0 and 2.
enum Covariate : std::size_t {
  Seen,           // the item before
  TimesSeen,      // ln(1 + times) / 2
  TimesRight,     // ln(1 + times right)
  TimesWrong,     // ln(1 + times wrong)
  Soon,           // the item within the last three rows
  SinceItem,      // ln(1 + minutes since the item) / 5          clock only
  Row,            // ln(1 + rows so far) / 3
  NewTopic,       // none of the topics before
  TimesTopic,     // ln(1 + least times a topic came by) / 2
  SinceTopic,     // ln(1 + most rows since one of the topics) / 3
  Switch,         // no topic in common with the row before
  Streak,         // right answers in a row so far, wrong ones counted negative
  SincePrevious,  // ln(1 + minutes since the answer before) / 3  clock only
  SinceBreak,     // ln(1 + rows since a break of half an hour) / 3, 0 before the first  clock only
  covariates
};
inline constexpr std::array<const char*, covariates> covariate_names = {
    "seen",      "times_seen",  "times_right", "times_wrong", "soon",   "since_item",     "row",
    "new_topic", "times_topic", "since_topic", "switch",      "streak", "since_previous", "since_break"};
bool needs_clock(Covariate covariate);

double log1p_of(int count);  // ln(1 + count), count ≥ 0; from a table where it is small

// The item or topic as the pupil met it last.
struct Encounter {
  int times = 0;
  int right = 0;
  int row = 0;           // of this pupil, counted from 0
  double minutes = 0.0;  // when it was shown
};

class PupilMemory {
 public:
  PupilMemory(const ResponseLog& log, const ItemSummary& items);

  void start();                  // a new pupil
  void show(std::size_t row);    // the next row of the pupil is on the screen: time passes
  void answer(std::size_t row);  // now its answer is known

  int row() const { return row_; }
  double minutes() const { return minutes_; }
  const Encounter& item(std::int32_t item) const;
  const Encounter& topic(std::int32_t topic) const;
  std::array<double, covariates> covariates_of(std::size_t row) const;
  // After show: how much slower than usual the row's answer was, for the item, the outcome and the pupil so far; in ln
  // seconds, 0 when not known. Looks at the answer: for what happens after it only.
  double slowness(std::size_t row) const;

 private:
  struct Entry {
    int pupil = 0;  // whose encounter this is; another one's counts as none
    Encounter encounter;
  };
  void meet(Entry& entry, bool correct);
  double excess_time(std::size_t row) const;
  void describe_topics(std::span<const std::int32_t> topics, std::array<double, covariates>& values) const;
  bool shares_previous_topic(std::span<const std::int32_t> topics) const;

  const ResponseLog& log_;
  const ItemSummary& summary_;
  std::vector<Entry> items_, topics_;
  int pupil_ = 0;
  int row_ = 0;
  double minutes_ = 0.0;
  double previous_end_ = 0.0;  // minutes
  double gap_ = 0.0;           // minutes since the answer before
  int since_break_ = -1;       // rows; −1 before the first break
  int streak_ = 0;
  std::int32_t previous_item_ = -1;
  double time_sum_ = 0.0, time_count_ = 0.0;
};

}  // namespace trede::prediction
