// How often an exercise or a video was given, for which reasons and with which probabilities: what an author is told of
// its choices, without a word about any pupil. Pure; any thread.
#pragma once

#include <array>
#include <map>
#include <string>

#include "server/practice/overview.hpp"
#include "server/protocol/messages.hpp"
#include "server/store/practice_log.hpp"

namespace trede::practice {

// The first pupils, as many as make it fair to tell anything.
struct FirstPupils {
  std::array<std::int64_t, fewest_for_totals> ids = {};
  std::size_t count = 0;

  void meet(std::int64_t pupil);
  bool are_enough() const { return count == ids.size(); }
};

struct ReasonTally {
  std::int64_t times = 0;
  double predicted = 0;        // sum
  double log_probability = 0;  // sum
  double least = 1;
  FirstPupils pupils;
};

// Of one exercise or one video, over all its texts: a choice does not read them.
struct ChoiceTally {
  std::map<std::string, ReasonTally, std::less<>> reasons;
  FirstPupils pupils;
  std::int64_t viewings = 0;  // of a video: half of it or more was seen
  std::int64_t withheld = 0;  // of a video: it was due, and by lot did not come
};

void count(ChoiceTally& tally, const store::StepDone& done);

// of_all: steps of the kind that were given, whatever it was. Reasons with too few pupils are added up in `others`.
protocol::ChoicesShown choices_shown(const ChoiceTally& tally, std::int64_t of_all);

}  // namespace trede::practice
