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
  bool has_sessions = false;     // with days between them; else one that does not end
  double session_minutes = 0.0;  // so far
  bool tires = false;            // .02 logits a minute of a session, and practice teaches e^(−minutes / 40)
  Eigen::VectorXd at_start = {};        // the abilities when this session began; of who tires
  std::vector<bool> known_before = {};  // topics on which an earlier session taught something
  bool has_days = false;                // good ones and bad ones
  double form = 0.0;                    // of this session: logits on every answer, N(0, .5²)
  bool waits_for_insight = false;
  Eigen::VectorXd dawning = {};  // of who waits for insight: logits practised and not yet understood, one a topic
  bool copies = false;           // from a neighbour, in some sessions …
  bool copying = false;          // … and in this one
  double third_harder = 0.0;     // logits: the exercises of the third topic, than the bank says
  bool knows_answers = false;    // to every other exercise, when an hour is over
  bool has_holiday = false;      // after the sixth session; at_start is then how able they were at the very beginning
  int sessions = 0;              // that are over
};

// Draws what the world gives this pupil; a talent is lifted by 3.5, who has sessions starts one.
Nature nature_of(World world, SimulatedPupil& pupil, Random& random);

// c + (1 − slip − c) × what the model says at slope × a and b ∓ lean; b is higher for a tired or a slow reader and
// on a bad day, and where exercises have changed. Of copied answers .9 are right, of leaked ones .95.
double chance_right(const SimulatedPupil& pupil, const Nature& nature, const Catalogue& catalogue, int item);

double minutes_of(const Nature& nature, const Catalogue& catalogue, int item);

// What an exercise teaches this pupil now, as a share of the learning rate, before readiness; a copied or leaked answer
// nothing.
double lesson_for(const Nature& nature, World world, int item, double probability_right);

// The exercise teaches the lesson (practise in worlds.hpp). Who waits for insight gets all that has dawned on its topic
// at once, with a right answer, one time in twelve; what has not come by the end does not count.
void learn(SimulatedPupil& pupil, Nature& nature, const Catalogue& catalogue, const CatalogueItem& item,
           double lesson, bool right, Random& random);

// A session lasts 20 minutes; the next is two days later, six weeks with a holiday between. Until then who tires loses
// a third of what was learned on a topic, a tenth where an earlier session had taught something; in a holiday half of
// all that was learned on a topic is lost. A new day has a form of its own; who copies does so in one session of three.
double days_until_next(const Nature& nature);
bool session_over(const Nature& nature);
void rest_until_next(SimulatedPupil& pupil, Nature& nature, Random& random);

// After an answer. P(stop) = .15 max(0, .6 − recent) + .15 max(0, recent − .95): frustrated or bored.
bool stays_after(Nature& nature, bool right, Random& random);

}  // namespace trede::lab
