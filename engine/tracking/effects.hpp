// What practising and watching do to ability, as first guesses with their own uncertainty, until they are
// learned from data (docs/MODEL.md §4). Pure, any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

// One answered exercise raises the practised topic by γ ~ N(.04, .03²); pupils differ in what they take from
// it: q = .003.
inline constexpr double practice_gain = 0.04;        // logits an answer
inline constexpr double practice_gain_sd = 0.03;     // logits
inline constexpr double practice_diffusion = 0.003;  // logits² an answer

// A video helps most who stand far below the topic: worked examples help novices (d = .5) and hardly others.
inline constexpr double novice_distance = 1.2;    // logits below the cut
inline constexpr double video_gain_novice = 0.2;  // logits, a whole video seen for the first time
inline constexpr double video_gain_novice_sd = 0.2;
inline constexpr double video_gain_other = 0.1;
inline constexpr double video_gain_other_sd = 0.1;

// After an answer on this topic (right or wrong: both come with feedback), when update() has used the answer
// itself.
Posterior practised(Posterior posterior, int topic);

// After watching: gain × 2^−times_seen_before × fraction, fraction in [0, 1] of the video that was seen.
Posterior watched(Posterior posterior, const Catalogue& catalogue, int video, double fraction,
                  int times_seen_before);

}  // namespace trede::tracking
