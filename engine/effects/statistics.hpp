// What all answers together say about the effects, as two sums that shards collect and one owner adds up, and
// the estimate made of them. Sums commute: any split over shards gives the same up to rounding. Plain values;
// pure, any thread. docs/MODEL.md §4.
//
//   Λ ← Λ + B h h',   b ← b + A h + B h (a'e)      an answer (sensitivity.hpp)
//   γ ~ N(m, R R') before any data;   with M = I + R'ΛR:   Cov γ = R M⁻¹ R',   γ = m + R M⁻¹ R' (b − Λ m)
// R has one column for what all videos share per zone, one per topic and zone, one per effect itself; M is
// sparse, so videos that no pupil has both seen cost nothing together. M is positive definite whatever Λ.
#pragma once

#include <array>
#include <vector>

#include "engine/effects/sensitivity.hpp"

namespace trede::effects {

// The cells of Λ that are not zero, row ≤ column, sorted by row, then column; and b by effect.
struct EffectStatistics {
  struct Cell {
    int row = 0;
    int column = 0;
    double value = 0.0;
  };
  std::vector<Cell> information;  // Λ
  std::vector<double> score;      // b, one entry per effect, empty before the first answer
  double answers = 0.0;           // how many answers said something
};

// B below 0 (a lucky guess far above one's level widens the belief) counts as no information.
void add(EffectStatistics& statistics, const Evidence& evidence);
void add(EffectStatistics& statistics, const EffectStatistics& more);

Effects estimate(const Catalogue& catalogue, const EffectStatistics& statistics);

// What all videos have in common, by zone (Novice, Other): the effect to expect of a video that nobody has seen yet, on
// a topic without others; sd: of what is common, so smaller than what single videos differ.
std::array<Guess, 2> common_to_videos(const Catalogue& catalogue, const EffectStatistics& statistics);

// For another bank (to_effect: effects_to). What videos that are gone have caused is taken to be known, at their
// latest estimate: b_i ← b_i − Λ_ij γ_j.
EffectStatistics rebase(const EffectStatistics& statistics, const std::vector<int>& to_effect,
                        const Effects& effects);

}  // namespace trede::effects
