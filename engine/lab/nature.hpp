// What pupils of a world have that the tracker does not reckon with: how they answer, how long they stay. A plain
// value beside the SimulatedPupil; in the worlds that differ only in what an exercise teaches it is neutral. Pure; any
// thread, own Random.
#pragma once

#include <vector>

#include "engine/lab/worlds.hpp"

namespace trede::lab {

struct Nature {
  double slope = 1.0;  // times every exercise's
  double lean = 0.0;   // logits: every other exercise of a topic is so much easier, the others so much harder
  double guessing = 0.0;  // chance that a wrong answer hits
  bool talented = false;
  bool may_stop = false;
  double recent_success = 0.75;  // weighted mean, the last answer has .15
  double slip = 0.0;             // chance that what is known goes wrong
  bool reads_slowly = false;     // every third exercise is a long text: .8 harder and twice as long
  bool tires = false;            // .02 logits a minute of a session, and practice teaches e^(−minutes / 40)
  double session_minutes = 0.0;  // so far
  Eigen::VectorXd at_start = {};        // the abilities when this session began; of who tires
  std::vector<bool> known_before = {};  // topics on which an earlier session taught something
};

// Draws what the world gives this pupil; a talent is lifted by 3.5, who tires starts a session.
Nature nature_of(World world, SimulatedPupil& pupil, Random& random);

// c + (1 − slip − c) × what the model says at slope × a and b ∓ lean; b is higher for a tired or a slow reader.
double chance_right(const SimulatedPupil& pupil, const Nature& nature, const Catalogue& catalogue, int item);

double minutes_of(const Nature& nature, const Catalogue& catalogue, int item);

// What an exercise teaches this pupil now, as a share of the learning rate, before readiness.
double lesson_for(const Nature& nature, World world, double probability_right);

// A session of who tires lasts 20 minutes; the next is two days later. Until then a third of what was learned on a
// topic is lost, a tenth where an earlier session had taught something.
inline constexpr double days_between_sessions = 2.0;
bool session_over(const Nature& nature);
void rest_until_next(SimulatedPupil& pupil, Nature& nature);

// After an answer. P(stop) = .15 max(0, .6 − recent) + .15 max(0, recent − .95): frustrated or bored.
bool stays_after(Nature& nature, bool right, Random& random);

}  // namespace trede::lab
