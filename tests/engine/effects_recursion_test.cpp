// The recursion that learns effects, on one topic with a bare filter: against finite differences, and against
// videos shown because of failures.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/effects/statistics.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "engine/tracking/moments.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::effects;
using testing::figure;

namespace {

constexpr double item_slope = 1.2;

// One topic, one pupil: a normal belief and what goes with it.
struct Filter {
  double mean = 0.0;
  double variance = 1.0;
  Sensitivity sensitivity = no_sensitivity(1);
  double log_likelihood = 0.0;

  Evidence answer(double difficulty, bool right) {
    const double v = item_slope * item_slope * variance;
    const tracking::Tilt tilt = tracking::tilt(item_slope * (mean - difficulty), v, {}, right);
    const double gain = item_slope * variance;
    Learned learned = answered(std::move(sensitivity), Eigen::VectorXd::Constant(1, item_slope),
                               Eigen::VectorXd::Constant(1, gain), tilt.step, tilt.shrink);
    sensitivity = std::move(learned.sensitivity);
    mean += tilt.step * gain;
    variance -= tilt.shrink * gain * gain;
    log_likelihood += std::log(tilt.probability);
    return std::move(learned.evidence);
  }
  void shift(int effect, const Effects& effects, double more_variance) {
    sensitivity = shifted(std::move(sensitivity), {.dimension = 0, .effect = effect}, effects);
    mean += effects.value[effect];
    variance += more_variance;
  }
};

Catalogue one_video() {
  Catalogue bank;
  bank.topics.resize(1);
  bank.videos.push_back({.topic = 0});
  return bank;
}

Effects of(double practice_gain) {
  Effects effects = first_guess(one_video());
  effects.value.setConstant(practice_gain);
  return effects;
}

// Every step practises: γ enters everywhere.
struct RecursionRun {
  double log_likelihood = 0.0;
  double score = 0.0;
  double information = 0.0;
};

RecursionRun practising(double gain, int pupils, int answers) {
  const Effects effects = of(gain);
  RecursionRun run;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    Random random{mix(15, pupil)};
    double ability = random.normal();
    Filter filter;
    for (int i = 0; i < answers; ++i) {
      const double difficulty = random.normal();
      const bool right = random.uniform() < irt::logistic(item_slope * (ability - difficulty));
      const Evidence evidence = filter.answer(difficulty, right);
      if (i > 0) {
        run.score += evidence.step * evidence.slopes[0];
        run.information += evidence.information * evidence.slopes[0] * evidence.slopes[0];
      }
      filter.shift(practice_effect(2), effects, 0.003);
      ability += 0.03;
    }
    run.log_likelihood += filter.log_likelihood;
  }
  return run;
}

// A class of pupils that see one video each at most, when two answers in a row were wrong or at random.
enum class Trigger { Failures, Random };

struct Watcher {
  double ability = 0.0;
  Filter filter;
  int failures = 0;
  bool seen = false;
};

bool due(const Watcher& watcher, Trigger trigger, int round, Random& random) {
  if (watcher.seen || round < 8 || round >= 30) return false;
  return trigger == Trigger::Failures ? watcher.failures >= 2 : random.uniform() < 0.08;
}

Evidence answer_one(Watcher& watcher, Random& random) {
  const double difficulty = watcher.filter.mean - 1.1 / item_slope + 0.5 * random.normal();
  const bool right = random.uniform() < irt::logistic(item_slope * (watcher.ability - difficulty));
  watcher.failures = right ? 0 : watcher.failures + 1;
  return watcher.filter.answer(difficulty, right);
}

Effects learn_video(int pupils, Trigger trigger, double truth, std::uint64_t seed) {
  constexpr double spread = 0.15, drift = 0.002;
  const int effect = video_effect(0, Zone::Novice);
  const Catalogue bank = one_video();
  Random random{seed};
  std::vector<Watcher> watchers(pupils);
  for (Watcher& watcher : watchers) watcher.ability = random.normal();
  EffectStatistics statistics;
  Effects effects = first_guess(bank);
  for (int round = 0; round < 40; ++round) {
    for (Watcher& watcher : watchers) {
      add(statistics, answer_one(watcher, random));
      watcher.filter.variance += drift;
      watcher.ability += std::sqrt(drift) * random.normal();
    }
    effects = estimate(bank, statistics);
    for (Watcher& watcher : watchers) {
      if (!due(watcher, trigger, round, random)) continue;
      watcher.ability += truth + spread * random.normal();
      watcher.filter.shift(effect, effects, spread * spread);
      watcher.seen = true;
    }
  }
  return effects;
}

struct RecursionSummary {
  double mean = 0.0;
  double spread = 0.0;
  double reported = 0.0;
  double coverage = 0.0;
};

RecursionSummary over_seeds(int seeds, int pupils, Trigger trigger, double truth) {
  const int effect = video_effect(0, Zone::Novice);
  RecursionSummary summary;
  double squares = 0.0;
  for (int seed = 0; seed < seeds; ++seed) {
    const Effects effects = learn_video(pupils, trigger, truth, mix(12, seed));
    const double value = effects.value[effect];
    summary.mean += value / seeds;
    squares += value * value / seeds;
    summary.reported += effects.sd[effect] / seeds;
    summary.coverage += (std::abs(value - truth) < 1.96 * effects.sd[effect]) / static_cast<double>(seeds);
  }
  summary.spread = std::sqrt(squares - summary.mean * summary.mean);
  return summary;
}

}  // namespace

TEST_CASE("effects: the score is the slope of the whole filter's log-likelihood", "[engine]") {
  constexpr double h = 1e-4, wide = 1e-2;
  double worst = 0.0;
  for (const double gain : {0.0, 0.015, 0.06}) {
    const auto likelihood = [](double at) { return practising(at, 100, 80).log_likelihood; };
    const RecursionRun run = practising(gain, 100, 80);
    const double slope_of_it = (likelihood(gain + h) - likelihood(gain - h)) / (2.0 * h);
    const double curvature =
        (2.0 * run.log_likelihood - likelihood(gain + wide) - likelihood(gain - wide)) / (wide * wide);
    CAPTURE(gain);
    worst = std::max(worst, 100.0 * std::abs(run.score / slope_of_it - 1.0));
    CHECK(run.score == Approx(slope_of_it).epsilon(0.05));
    CHECK(run.information == Approx(curvature).epsilon(0.05));
  }
  figure("engine", "score of an effect against finite differences, %", "< 5", worst);
}

TEST_CASE("effects: a video shown after failures is judged by what it did", "[engine][.slow]") {
  const RecursionSummary shown = over_seeds(30, 1000, Trigger::Failures, 0.3);
  CAPTURE(shown.mean, shown.spread, shown.reported, shown.coverage);
  figure("engine", "video effect .30 after failures: mean", ".27–.33", shown.mean);
  figure("engine", "video effect .30 after failures: coverage", "≥ .88", shown.coverage);
  CHECK(std::abs(shown.mean - 0.3) < 0.03);
  CHECK(shown.coverage >= 0.88);
  const RecursionSummary useless = over_seeds(30, 1000, Trigger::Failures, 0.0);
  CAPTURE(useless.mean, useless.spread, useless.reported, useless.coverage);
  figure("engine", "video effect 0 after failures: mean", "−.03–.03", useless.mean);
  CHECK(std::abs(useless.mean) < 0.03);
  CHECK(useless.coverage >= 0.88);
}

TEST_CASE("effects: and so is one shown at random", "[engine][.slow]") {
  const RecursionSummary shown = over_seeds(30, 1000, Trigger::Random, 0.3);
  CAPTURE(shown.mean, shown.spread, shown.reported, shown.coverage);
  CHECK(std::abs(shown.mean - 0.3) < 0.03);
  CHECK(shown.coverage >= 0.88);
}
