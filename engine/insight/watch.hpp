// What is remembered of a pupil to raise alerts, moved by every answer, and the alerts it gives. A few
// hundred bytes; replay rebuilds it. Rapid guesses count for engagement only. Plain values, pure, any thread.
#pragma once

#include <array>
#include <vector>

#include "engine/catalogue/catalogue.hpp"
#include "engine/insight/progress.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::insight {

struct Observation {
  int item = 0;  // −1: not in the bank any more
  bool right = false;
  double predicted = 0.0;   // P(right) before the answer
  double target = 0.75;     // the P(right) the policy aimed at: how much easier came is what the pool lacks
  double gain = 0.04;       // logits that practice at this level usually gives
  bool rapid = false;       // too quick to have been read
  bool quick_hint = false;  // a hint before the first try, as quick as a rapid guess
};

inline constexpr int window = 15;  // answers that the quick alerts look back on

struct Watch {
  std::vector<Progress> progress;  // of the topics practised, sorted by topic
  std::array<Observation, window> recent{};
  int answers = 0;
  int session_answers = 0;
  int session_rapid = 0;
  double drop_odds = 0.0;  // that the ability has fallen, against that it has not
  int drop_answers = 0;    // since these odds were last what they are before any answer
};

// An answer, with the belief before it.
void answered(Watch& watch, const Catalogue& catalogue, const tracking::Posterior& before,
              const Observation& observation);
// The latest answers, newest first; no more than `window`.
std::vector<Observation> newest(const Watch& watch, int count);
// Days pass and a new session begins.
void new_session(Watch& watch, double days);

// The same under another bank, whose topic and item i were topics_from[i] and items_from[i] before, −1 = new.
Watch rebase(Watch watch, const std::vector<int>& topics_from, const std::vector<int>& items_from);

}  // namespace trede::insight
