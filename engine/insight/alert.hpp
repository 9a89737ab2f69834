// What a teacher should look at: a probability that something is the matter, how many answers say so, and
// never more than a teacher can look into. The system proposes, a person decides: an alert stays until it is
// acknowledged. Plain values, pure, any thread.
#pragma once

#include <vector>

namespace trede::insight {

enum class AlertKind { Stuck, UnderChallenged, Disengaged, SuddenDrop, HintAbuse };

// Why a pupil is under-challenged.
enum class Cause {
  None,
  AboveNorm,    // among the best fifth of the year on this topic
  PoolTooEasy,  // wanted harder exercises than there are
  Coasting      // there are harder exercises, the pupil chose easy ones
};

struct Alert {
  int pupil = 0;
  AlertKind kind = AlertKind::Stuck;
  Cause cause = Cause::None;
  int topic = -1;            // −1 = not about one topic
  double probability = 0.0;  // that it is so
  int evidence = 0;          // answers that say so
};

// About the same pupil and matter: a pupil has at most one of a kind.
bool same_matter(const Alert& first, const Alert& second);

inline constexpr std::size_t most_alerts_per_class = 4;

// What the teacher of a class sees: first those that were shown before and not acknowledged (with today's
// probability where they were found again), then the likeliest of the new ones, four in all; likeliest first,
// with more evidence before less. `acknowledged` ones are left out until they are no longer found.
std::vector<Alert> shown_alerts(const std::vector<Alert>& found, const std::vector<Alert>& shown_before,
                                const std::vector<Alert>& acknowledged);

}  // namespace trede::insight
