// A first look at where a pupil stands: eight to fifteen exercises that together tell most about the topics
// whose mastery is open, beginning where success is likely. After two failures a topic and all that build on it are
// left alone. Pure, any thread.
#pragma once

#include <vector>

#include "engine/policy/context.hpp"

namespace trede::policy {

inline constexpr int placement_least = 8;
inline constexpr int placement_most = 15;
inline constexpr int placement_failures = 2;       // on a topic, then it is left alone
inline constexpr double placement_sd = 0.4;        // all open topics known this well: done
inline constexpr double placement_sd_drop = 0.01;  // or an exercise is expected to bring less than this
inline constexpr double placement_start = 0.7;     // P(right) aimed at first
inline constexpr int placement_easy_start = 2;     // exercises within .1 of that, before more is asked
inline constexpr double placement_lowest = 0.5;    // P(right) no exercise of a placement is below …
inline constexpr double placement_highest = 0.85;  // … or above, when the bank has others
inline constexpr int placement_among = 5;          // drawn from the best five, so that not all get the same

struct PlacementItem {
  int item = 0;
  double predicted = 0.0;
  double reduction = 0.0;  // expected Σ_k w_k (Var θ_k before − after), w_k = 4 P(mastery) (1 − P(mastery))
};

// The best exercises, best first, at most placement_among; empty when there is nothing left to look for.
std::vector<PlacementItem> placement_items(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                           const PupilContext& context);

bool placement_done(const tracking::Posterior& posterior, const Catalogue& catalogue,
                    const PupilContext& context);

}  // namespace trede::policy
