// How much more a belief errs than it says, measured by its own predictions. When answers follow the model, the scores
// A of one pupil's answers (d ln Z / dm, update.hpp) are uncorrelated, whoever chose the exercises and whenever they
// stopped. When the pupil is further from the belief than it says (ability jumped, answers were somebody else's, the
// topic behaves otherwise), misses on one side follow each other: E A_s A_t = B_s B_t x c_st before the filter has
// caught up, with x logits² of variance beyond Σ and c the correlation that the prior has between the two topics. So
// with Aα, Bα² of the topic's ability, α = slope × loading, K = Bα g the share of its error that the answer took away,
//
//   S ← .9 (S + Aα),   T ← .9 (T + Bα²) (1 − K)      per row; every answer fades all, its own rows take part
//   N = Σ Aα S,   D = Σ Bα² T,   Q = Σ Bα² S²        S, T before the answer, weighted by c and c²
//   x = N / D, with standard error √Q / D under the model, where E N = 0
//
// It is the score test of a variance component (after Cox 1983), and the equation by which innovations tell the real
// error of a Kalman filter (Mehra 1970). Plain values, pure, any thread.
#pragma once

#include <vector>

#include "engine/tracking/posterior.hpp"
#include "engine/tracking/update.hpp"

namespace trede::tracking {

// A miss counts .9 as much with every later answer: what lasts ten answers is seen best.
inline constexpr double miss_kept = 0.9;
// Only what is beyond this many standard errors is believed: one pupil in fifteen has more by chance.
inline constexpr double errors_of_chance = 1.5;
// Not knowing a pupil at all: no intervals are wider.
inline constexpr double most_unexplained = 1.0;  // logits²

struct LastingError {
  struct Row {
    double score = 0.0;        // S, 1 / logits
    double information = 0.0;  // T, 1 / logits²
  };
  std::vector<Row> rows;     // of the posterior; those missing at the end are zero
  double agreement = 0.0;    // N
  double information = 0.0;  // D
  double chance = 0.0;       // Q
};

// An answer on the topic. posterior: after it, with a row for the topic.
void answered(LastingError& error, const Posterior& posterior, int topic, const Innovation& innovation);

// max(0, N − 1.5 √Q) / D, at most 1: logits² of variance that the posterior should have on every topic beyond its own.
double unexplained_variance(const LastingError& error);

// For another bank, whose belief has these rows of the old one, −1 = new (Rebased::from_row).
LastingError rebase(LastingError error, const std::vector<int>& from_row);

}  // namespace trede::tracking
