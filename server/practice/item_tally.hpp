// What the answers to one item show since it was last changed: how often it came right against what was told
// beforehand, how much it is given, and the signs that something is wrong with it. Pure; any thread.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "engine/calibration/drift.hpp"
#include "server/practice/parameters.hpp"
#include "server/store/practice_log.hpp"

namespace trede::practice {

// Weeks of seven days since 1970.
inline constexpr Milliseconds week_ms = 7 * 86'400'000LL;

struct ItemTally {
  std::int64_t since = 0;    // the first version of the bank with this text of the item
  std::int64_t answers = 0;  // rapid guesses are left out, as in all but `given`
  std::int64_t right = 0;
  double predicted = 0;                                 // sum of P(right)
  std::map<std::int64_t, calibration::DriftSum> shift;  // by week, as if its slope were 1
  std::map<std::int64_t, int> surprises;                // by pupil: wrong where right was almost certain
  std::map<std::int64_t, std::int64_t> given;           // by week, whatever its text was then
};

// The same under another text: only how much it was given is kept.
ItemTally begun_anew(ItemTally tally, std::int64_t since);

void count(ItemTally& tally, const store::StepDone& done);

// How many of the last four weeks' exercises it was, as counted in `given`.
std::int64_t given_lately(const ItemTally& tally, Milliseconds now_ms);

// Between these lies the share of right answers in the long run, 95 % (Wilson 1927); 0 and 1 without answers.
struct Interval {
  double low = 0;
  double high = 1;
};
Interval share_interval(std::int64_t right, std::int64_t answers);

// said: of this item. learned: null as long as no answer taught anything. Those of most pupils first.
std::vector<protocol::SuspectSign> signs_of(const ItemTally& tally, std::span<const store::ItemSaid> said,
                                            const ItemParameters& authored,
                                            const store::LearnedItem* learned);

// Pupils who say so themselves.
std::int64_t pupils_who_report(std::span<const store::ItemSaid> said, std::int64_t since);

}  // namespace trede::practice
