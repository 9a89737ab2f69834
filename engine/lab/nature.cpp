#include "engine/lab/nature.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"

namespace trede::lab {
namespace {

constexpr double guessing = 0.15;
constexpr double slope_spread = 0.3;  // sd of ln slope
constexpr double lean_spread = 0.5;
constexpr double talented_share = 1.0 / 7.0;
constexpr double talent = 3.5;
constexpr double newest = 0.15;
constexpr double frustrated_below = 0.6;
constexpr double bored_above = 0.95;
constexpr double stop_rate = 0.15;

}  // namespace

Nature nature_of(World world, SimulatedPupil& pupil, Random& random) {
  Nature nature;
  if (world == World::Misfit) {
    nature.slope = std::exp(slope_spread * random.normal());
    nature.lean = lean_spread * random.normal();
    nature.guessing = guessing;
  }
  if (world == World::Dropout) nature.may_stop = true;
  if (world == World::Talent) nature.talented = random.uniform() < talented_share;
  if (nature.talented) pupil.ability.array() += talent;
  return nature;
}

double chance_right(const SimulatedPupil& pupil, const Nature& nature, const Catalogue& catalogue, int item) {
  const CatalogueItem& exercise = catalogue.items[item];
  const double side = item % 2 == 0 ? nature.lean : -nature.lean;
  const double log_odds =
      nature.slope * (irt::log_odds(exercise, pupil.ability) + exercise.parameters.slope * side);
  const double known = irt::probability(log_odds, irt::asymptotes_of(exercise.parameters));
  return nature.guessing + (1.0 - nature.guessing) * known;
}

bool stays_after(Nature& nature, bool right, Random& random) {
  nature.recent_success += newest * ((right ? 1.0 : 0.0) - nature.recent_success);
  if (!nature.may_stop) return true;
  const double unease = std::max(0.0, frustrated_below - nature.recent_success) +
                        std::max(0.0, nature.recent_success - bored_above);
  return random.uniform() >= stop_rate * unease;
}

}  // namespace trede::lab
