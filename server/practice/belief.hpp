// What a pupil's past has made of belief and policy context, and the two ways it moves: an exercise answered,
// a video watched. The live path and replay both go through these functions, which is why a replayed belief
// equals the live one. Pure; any thread.
#pragma once

#include <memory>

#include "content/item_bank.hpp"
#include "engine/policy/context.hpp"
#include "engine/tracking/posterior.hpp"
#include "server/ids.hpp"

namespace trede::practice {

using BankPointer = std::shared_ptr<const content::ItemBank>;

struct Belief {
  BankPointer bank;  // indices in posterior and context are positions in this version
  tracking::Posterior posterior;
  policy::PupilContext context;
  Milliseconds as_of_ms = 0;
};

Belief new_belief(BankPointer bank, double school_year_mean, Milliseconds now_ms);

// Time passes until now; a clock that went back counts as no time.
Belief advance_to(Belief belief, Milliseconds now_ms, double school_year_mean);

struct Answered {
  Belief belief;
  double predicted = 0;
};
Answered after_exercise(Belief belief, int item, bool right, Milliseconds now_ms, double school_year_mean);
Belief after_video(Belief belief, int video, double watched, Milliseconds now_ms, double school_year_mean);

// The same belief under another version of the bank.
Belief move_to(Belief belief, BankPointer bank);

}  // namespace trede::practice
