// A pupil made of numbers, to try policies on and to fill the demo class: true abilities that the tracker
// does not see, answers drawn from them, learning from exercises and videos, forgetting over days. A value;
// any thread, own Random.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "engine/catalogue/catalogue.hpp"
#include "engine/random.hpp"

namespace trede::lab {

inline constexpr double usual_rate = 0.06;  // logits an exercise at best, for the median pupil
inline constexpr double rate_spread = 0.4;  // sd of ln rate: one pupil in six learns 1.5 times as fast

struct SimulatedPupil {
  Eigen::VectorXd ability;       // θ, logits, one entry per topic
  Eigen::VectorXd resting;       // what would be left of it after a very long time without practice
  double learning_rate = usual_rate;   // logits gained by one exercise of just the right difficulty
  double speed = 0.0;            // τ: answers exp(−τ) times as slow as the average pupil
  std::vector<int> videos_seen;  // per video

  double probability_right(const CatalogueItem& item) const;
  bool answers(const CatalogueItem& item, Random& random) const;
  // Milliseconds until the answer, lognormal (van der Linden 2007) around 60 % of the item's minutes; never
  // under half a second.
  int elapsed_ms(const CatalogueItem& item, bool right, Random& random) const;

  void practise(const CatalogueItem& item);  // learns most where three answers in four are right
  void watch(const Catalogue& catalogue, int video, double fraction = 1.0);
  void rest(double days);  // forgets part of what was learned here, slowly
};

// Abilities drawn from the prior around a school year's mean; own learning rate and speed.
SimulatedPupil simulate_pupil(const Catalogue& catalogue, double school_year_mean, Random& random);

}  // namespace trede::lab
