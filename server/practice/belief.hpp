// What a pupil's past has made of belief and policy context, and the two ways it moves: an exercise answered,
// a video watched. The live path and replay both go through these functions, which is why a replayed belief
// equals the live one. Each move also says what it teaches about what all pupils share. Pure; any thread.
#pragma once

#include "engine/effects/moves.hpp"
#include "engine/insight/watch.hpp"
#include "engine/policy/context.hpp"
#include "server/ids.hpp"
#include "server/practice/learner.hpp"

namespace trede::practice {

struct Belief {
  BankPointer bank;  // indices below are positions in this version
  effects::Tracked tracked;
  policy::PupilContext context;
  insight::Watch watch;
  Milliseconds as_of_ms = 0;

  const tracking::Posterior& posterior() const { return tracked.state.posterior; }
};

// Precondition, here and below: the model is of the belief's version of the bank.
Belief new_belief(const Model& model, double school_year_mean, Milliseconds now_ms);

// Time passes until now; a clock that went back counts as no time.
Belief advance_to(Belief belief, const Model& model, Milliseconds now_ms, double school_year_mean);

struct Moved {
  Belief belief;
  Evidence evidence;
  double predicted = 0;  // P(right) of an exercise before it was answered
};
struct Exercised {
  int item = 0;
  bool right = false;
  bool rapid = false;           // a rapid guess: counts as an answer, moves no ability, teaches nothing
  std::int64_t elapsed_ms = 0;  // 0 = unknown
  policy::Reason reason = policy::Reason::Frontier;  // it was given for
  double predicted = 0.5;                            // P(right) when it was given
  double target = 0.0;                               // aimed at then
  std::int64_t first_hint_ms = 0;  // until the first hint was asked for, 0 = none or unknown
};
// Too quick to have been read (engine/tracking/response_time.hpp), as seen before the answer; a right answer that
// cannot be hit by chance is no guess.
bool is_rapid_guess(const Belief& belief, const Model& model, const Exercised& done);

Moved after_exercise(Belief belief, const Model& model, const Exercised& done, Milliseconds now_ms,
                     double school_year_mean);
Moved after_video(Belief belief, const Model& model, int video, double watched, Milliseconds now_ms,
                  double school_year_mean);

// The same belief under another model. A subject that came with its bank begins with a placement.
Belief move_to(Belief belief, const Model& model);

}  // namespace trede::practice
