// What a teacher should look at: a probability that something is the matter and how many answers say so. The
// system proposes, a person decides. Plain values, any thread.
#pragma once

namespace trede::insight {

enum class AlertKind { Stuck, UnderChallenged, Disengaged, SuddenDrop, HintAbuse };

// Why a pupil is under-challenged, or stuck.
enum class Cause {
  None,
  PoolTooEasy,  // under-challenged: wanted harder exercises than there are
  Coasting,     // under-challenged: there are harder exercises, the pupil chose easy ones
  TooHard       // stuck: hardly anything comes right, whatever is given
};

struct Alert {
  AlertKind kind = AlertKind::Stuck;
  Cause cause = Cause::None;
  int topic = -1;            // −1 = not about one topic
  double probability = 0.0;  // that it is so
  int evidence = 0;          // answers that say so
  int answers = 0;           // that could have said so: on the topic the pupil is stuck on, else all
};

}  // namespace trede::insight
