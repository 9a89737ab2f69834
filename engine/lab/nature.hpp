// What pupils of a world have that the tracker does not reckon with: how they answer, how long they stay. A plain
// value beside the SimulatedPupil; in the worlds that differ only in what an exercise teaches it is neutral. Pure; any
// thread, own Random.
#pragma once

#include "engine/lab/worlds.hpp"

namespace trede::lab {

struct Nature {
  double slope = 1.0;  // times every exercise's
  double lean = 0.0;   // logits: every other exercise of a topic is so much easier, the others so much harder
  double guessing = 0.0;  // chance that a wrong answer hits
  bool talented = false;
  bool may_stop = false;
  double recent_success = 0.75;  // weighted mean, the last answer has .15
};

// Draws what the world gives this pupil; a talent is lifted by 3.5.
Nature nature_of(World world, SimulatedPupil& pupil, Random& random);

// c + (1 − c) × what the model says at slope × a and b ∓ lean.
double chance_right(const SimulatedPupil& pupil, const Nature& nature, const Catalogue& catalogue, int item);

// After an answer. P(stop) = .15 max(0, .6 − recent) + .15 max(0, recent − .95): frustrated or bored.
bool stays_after(Nature& nature, bool right, Random& random);

}  // namespace trede::lab
