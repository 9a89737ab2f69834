// What to do with a group next: the topic most of its members are ready for and have not mastered, the video
// that is expected to help them most, exercises at their level. A proposal for the teacher. Pure, any thread.
#pragma once

#include <vector>

#include "engine/catalogue/catalogue.hpp"
#include "engine/effects/effects.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::insight {

struct GroupPlan {
  int topic = -1;           // −1: nothing is left to learn among the topics asked for
  double ready = 0.0;       // expected share of members who are ready for the topic and do not master it yet
  double mastered = 0.0;    // expected share who master it
  int video = -1;           // −1: the topic has none
  double video_gain = 0.0;  // logits expected of it, mean over members
  std::vector<int> items;   // easiest first
};

inline constexpr int plan_items = 6;
inline constexpr double plan_success = 0.75;     // mean P(right) that exercises are chosen near to
inline constexpr double worthwhile_share = 0.2;  // fewer members ready than this: no topic

// The topics these pupils need next: those with the largest expected share of pupils who are ready for them and do not
// master them yet, at least worthwhile_share, at most so many, most first; no enrichment. Precondition: members not
// empty.
std::vector<int> next_topics(const std::vector<const tracking::Posterior*>& members,
                             const Catalogue& catalogue, int most);

// Among `topics` (empty = all that are not enrichment), in order of learning where two are equal:
//   ready_k = Σ_i (1 − P_ik) Π_{prerequisites r} P_ir / members,   P = P(mastery).
// Precondition: members not empty.
GroupPlan plan_for(const std::vector<const tracking::Posterior*>& members, const Catalogue& catalogue,
                   const effects::Effects& effects, const std::vector<int>& topics = {});

}  // namespace trede::insight
