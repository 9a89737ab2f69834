// When is something the matter with a pupil? Each rule gives a probability and the number of answers behind
// it; what is too uncertain gives nothing. Pure, any thread.
#pragma once

#include <vector>

#include "engine/insight/alert.hpp"
#include "engine/insight/watch.hpp"

namespace trede::insight {

inline constexpr int least_answers = 12;
inline constexpr double largest_sd = 0.6;  // less is known of an ability: nothing is said about it

// What is usual in the class.
struct ClassHabits {
  double rapid_rate = 0.03;       // share of answers that are rapid guesses
  double quick_hint_high = 0.10;  // the rate of quick hints that 5 % of the pupils exceed
};

// All alerts of one pupil, at most one of a kind. The rules:
//   Stuck            P(mastery) < .5 on a topic with 12 answers and sd ≤ .6, and there P(stuck) > .8 or
//                    P(η < −.4) > .6
//   UnderChallenged  over the last 15 answers, mean P(right) > .9 and P(true rate > .85) > .8 given how many
//                    were right: PoolTooEasy where exercises came .05 easier than aimed at, else Coasting. To be
//                    ahead of the year is none: who practises a topic is soon ahead of those who do not
//   Disengaged       P > .8 that rapid guesses come at 40 % (as for one pupil in five) and not at the class's
//                    rate, from the last 10 answers or those of this session, at least 10, with 3 rapid ones
//   SuddenDrop       P(fallen) > .8 with odds Ω ← (Ω + h) / (1 − h) × P(answer | fallen) / P(answer): a fall of 1.2
//                    logits that comes with chance h = .002 at each answer (Shiryaev 1963)
//   HintAbuse        3 quick hints in the last 6 answers; P(this pupil's rate > quick_hint_high)
std::vector<Alert> alerts_of(const Watch& watch, const tracking::Posterior& posterior,
                             const Catalogue& catalogue, const ClassHabits& habits = {});

}  // namespace trede::insight
