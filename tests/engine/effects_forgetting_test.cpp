// What pupils forget over days is found back from their answers, beside what they gain by practice.
#include <array>
#include <cmath>
#include <vector>

#include "engine/effects/moves.hpp"
#include "engine/effects/statistics.hpp"
#include "tests/engine/effects_support.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::effects;
using testing::figure;

namespace {

constexpr double true_gain = 0.06;
constexpr int sessions = 12, session_answers = 6;
constexpr std::array days_between = {1.0, 2.0, 7.0, 14.0, 42.0};

struct Child {
  double ability = 0.0;
  double rate = 0.0;
  Rest rest;
  double loss = 0.0;  // λ
  Tracked belief;

  void wait(double days, const Effects& effects, const tracking::Constants& constants, Random& random) {
    const auto [kept, replaced] = tracking::passage(constants.drift, days);
    ability = kept * ability + std::sqrt(replaced) * random.normal() - loss * forgetting(rest, days);
    rest = rested(rest, days);
    belief = advance(std::move(belief), effects, constants, days, 0.0);
  }

  Evidence answer(const Catalogue& bank, const Effects& effects, const tracking::Constants& constants,
                  Random& random) {
    const int item = random.below(static_cast<int>(bank.items.size()));
    const auto& [a, b, c] = bank.items[item].parameters;
    const bool right = random.uniform() < 1.0 / (1.0 + std::exp(-a * (ability - b)));
    Answered after = answered(std::move(belief), bank, item, right, effects, constants);
    belief = std::move(after.tracked);
    ability += true_gain * (1.0 + rate) + std::sqrt(practice_diffusion) * random.normal();
    rest = practised(rest);
    return std::move(after.evidence);
  }
};

Effects learn_forgetting(int children, double loss, std::uint64_t seed) {
  const Catalogue bank = test::chain_bank(1, 12, 0.5);
  const tracking::Constants constants = test::only_ability();
  Random random{mix(91, seed)};
  std::vector<Child> all;
  for (int i = 0; i < children; ++i)
    all.push_back({random.normal(), 0.45 * random.normal(), {}, loss, new_tracked(bank, 0.0)});
  EffectStatistics statistics;
  Effects effects = first_guess(bank);
  for (int session = 0; session < sessions; ++session) {
    for (Child& child : all) {
      if (session > 0)
        child.wait(days_between[random.below(days_between.size())], effects, constants, random);
      for (int i = 0; i < session_answers; ++i)
        add(statistics, child.answer(bank, effects, constants, random));
    }
    effects = estimate(bank, statistics);
  }
  return effects;
}

}  // namespace

TEST_CASE("effects: what is forgotten over days is found back from answers", "[engine][.slow]") {
  constexpr int worlds = 24;
  Eigen::ArrayXd truth(worlds), found(worlds), sd(worlds);
  for (int world = 0; world < worlds; ++world) {
    Random random{mix(92, world)};
    truth[world] = forgetting_guess.mean + forgetting_guess.sd * random.normal();
    const Effects effects = learn_forgetting(500, truth[world], world);
    found[world] = effects.value[forgetting_effect];
    sd[world] = effects.sd[forgetting_effect];
  }
  const double error = (found - truth).mean();
  const double covered = ((found - truth).abs() < 1.96 * sd).cast<double>().mean();
  CAPTURE(error, covered, sd.mean());
  figure("engine", "forgetting, truth from the prior: mean error", "−.015–.015", error);
  figure("engine", "forgetting, truth from the prior: coverage", "≥ .88", covered);
  CHECK(std::abs(error) < 0.015);
  CHECK(sd.mean() < 0.6 * forgetting_guess.sd);
  CHECK(covered >= 0.88);
}
