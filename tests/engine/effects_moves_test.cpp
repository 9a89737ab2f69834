// The moves of a pupil with the effects in them: what each one does, the score of the whole filter, what is forgotten
// found back, and another bank under way.
#include <Eigen/Cholesky>
#include <cmath>
#include <vector>

#include "engine/effects/moves.hpp"
#include "engine/effects/statistics.hpp"
#include "engine/irt/dichotomous.hpp"
#include "tests/engine/effects_support.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::effects;

namespace {

// Pupils who learn more, and forget more, than the first guess: the answers do not depend on any belief.
struct Truth {
  Eigen::VectorXd ability;
  std::vector<Rest> rests;
  double rate = 0.0;

  void rest(double days) {
    for (std::size_t k = 0; k < rests.size(); ++k) {
      ability[k] -= 0.15 * forgetting(rests[k], days);
      rests[k] = rested(rests[k], days);
    }
  }
  bool answer(const CatalogueItem& item, Random& random) {
    const bool right = random.uniform() < irt::probability(irt::log_odds(item, ability));
    ability[item.topic()] += 0.06 * (1.0 + rate) + std::sqrt(practice_diffusion) * random.normal();
    rests[item.topic()] = practised(rests[item.topic()]);
    return right;
  }
  void watch(int topic, Random& random) { ability[topic] += 0.4 + video_spread * random.normal(); }
};

Truth draw_truth(const Catalogue& bank, Random& random) {
  const int topics = static_cast<int>(bank.topics.size());
  const Eigen::MatrixXd root = tracking::prior_covariance(bank).llt().matrixL();
  return {root * test::normals(topics, random), std::vector<Rest>(topics), 0.45 * random.normal()};
}

// Gains alike in all bands and zones: an exercise that changes band under a slightly other γ moves nothing else.
Effects level_effects(const Catalogue& bank) {
  Effects effects = first_guess(bank);
  effects.value.tail(effects.count() - first_video_effect).setConstant(0.2);
  return effects;
}

struct Run {
  double log_likelihood = 0.0;
  Eigen::VectorXd score;
  Eigen::VectorXd information;
};

struct Journey {
  const Catalogue& bank;
  const Effects& effects;
  const tracking::Constants& constants;
};

void one_step(Tracked& pupil, Truth& truth, const Journey& journey, Run& run, Random& random) {
  const auto& [bank, effects, constants] = journey;
  if (random.uniform() < 0.15) {
    const double days = 20.0 * random.uniform();
    truth.rest(days);
    pupil = advance(std::move(pupil), effects, constants, days, 0.0);
  }
  if (random.uniform() < 0.05) {
    const int topic = random.below(static_cast<int>(bank.topics.size()));
    truth.watch(topic, random);
    pupil = watched(std::move(pupil), bank, topic, 1.0, 0, effects);
  }
  const int item = random.below(static_cast<int>(bank.items.size()));
  const bool right = truth.answer(bank.items[item], random);
  Answered after = answered(std::move(pupil), bank, item, right, effects, constants);
  pupil = std::move(after.tracked);
  run.log_likelihood += after.log_likelihood;
  for (std::size_t i = 0; i < after.evidence.effects.size(); ++i) {
    const int effect = after.evidence.effects[i];
    run.score[effect] += after.evidence.step * after.evidence.slopes[i];
    run.information[effect] += after.evidence.information * std::pow(after.evidence.slopes[i], 2);
  }
}

Run travel(const Journey& journey, int pupils) {
  const int count = journey.effects.count();
  Run run{0.0, Eigen::VectorXd::Zero(count), Eigen::VectorXd::Zero(count)};
  for (int i = 0; i < pupils; ++i) {
    Random random{mix(81, i)};
    Truth truth = draw_truth(journey.bank, random);
    Tracked pupil = new_tracked(journey.bank, 0.0);
    for (int step = 0; step < 60; ++step) one_step(pupil, truth, journey, run, random);
  }
  return run;
}

double slope_of_likelihood(const Journey& journey, int effect, int pupils) {
  constexpr double h = 1e-5;
  Effects above = journey.effects, below = journey.effects;
  above.value[effect] += h;
  below.value[effect] -= h;
  return (travel({journey.bank, above, journey.constants}, pupils).log_likelihood -
          travel({journey.bank, below, journey.constants}, pupils).log_likelihood) /
         (2.0 * h);
}

}  // namespace

TEST_CASE("effects: the score of every effect is the slope of the pupil's whole filter", "[engine][.slow]") {
  const Catalogue bank = test::chain_bank(3, 5);
  const Effects effects = level_effects(bank);
  const tracking::Constants constants = test::only_ability();
  const Journey journey{bank, effects, constants};
  const Run run = travel(journey, 300);
  for (int effect = 0; effect < effects.count(); ++effect) {
    const double slope = slope_of_likelihood(journey, effect, 300);
    const double error = std::sqrt(run.information[effect]);
    CAPTURE(effect, run.score[effect], slope, error);
    CHECK(run.score[effect] == Approx(slope).epsilon(0.05).margin(error / 3.0));
  }
}
