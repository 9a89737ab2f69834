// The laboratory: its worlds give what an independent program got, its runs are fair and repeatable.
#include <algorithm>
#include <map>

#include "engine/lab/study.hpp"
#include "engine/lab/study_bank.hpp"
#include "engine/lab/summary.hpp"
#include "engine/tracking/practice.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::lab;

namespace {

// Gains of an independent program (numpy) for a random exercise and the frontier at .60, .75, .85, whose tracker
// takes a fixed practice gain for granted: .042 × readiness × exp(−((p − .72) / .25)² / 2).
const std::map<World, std::array<double, 4>> published = {{World::Hill65, {0.056, 0.334, 0.340, 0.235}},
                                                          {World::Success85, {0.074, 0.066, 0.326, 0.409}},
                                                          {World::Flat, {0.159, 0.305, 0.301, 0.306}},
                                                          {World::Mistakes, {0.137, 0.254, 0.181, 0.120}}};

double taken_gain(const tracking::Posterior& belief, const Catalogue& bank, int topic, double predicted) {
  const double before = topic > 0 ? belief.mean(topic - 1) - bank.topics[topic - 1].cut : 9.0;
  const double ready = 0.1 + 0.9 / (1.0 + std::exp(-2.5 * (before + 0.7)));
  const double away = (predicted - 0.72) / 0.25;
  return 0.042 * ready * std::exp(-0.5 * away * away);
}

// The mean gain of pupils under one rule: target 0 = a random exercise, else the frontier at that target.
double gain_of(const Catalogue& bank, World world, double target, int pupils, std::uint64_t seed) {
  const Contender frontier{
      .rule = target > 0.0 ? Rule::Frontier : Rule::Random, .target = target, .video = false};
  const effects::Effects effects = effects::first_guess(bank);
  double gain = 0.0;
  for (int i = 0; i < pupils; ++i) {
    Random random{mix(seed, static_cast<std::uint64_t>(i))};
    LabPupil pupil = lab_pupil(study_pupil(bank, random), {}, bank, frontier);
    tracking::Posterior& belief = pupil.tracked.state.posterior;
    gain -= test_score(pupil.truth, bank);
    for (int n = 0; n < 240; ++n) {
      const int item = next_step(pupil, bank, frontier, effects, random).item;
      const CatalogueItem& exercise = bank.items[item];
      const double predicted = tracking::quick_predict(belief, exercise);
      const bool right = pupil.truth.answers(exercise, random);
      belief = tracking::update(std::move(belief), exercise, right).posterior;
      practise(pupil.truth, bank, exercise, world);
      const double taken = taken_gain(belief, bank, exercise.topic(), predicted);
      belief = tracking::shifted(std::move(belief), exercise.topic(), taken, 0.003);
    }
    gain += test_score(pupil.truth, bank);
  }
  return gain / pupils;
}

double told_coverage(World world, const Contender& contender = usual_contenders().back()) {
  const StudyOptions options{.pupils = 200, .seeds = 1};
  const RunResult result = run(study_bank(world), world, contender, options, 41);
  testing::figure(
      "policy",
      "coverage of told intervals, " + contender.name + ", world \"" + std::string(name_of(world)) + "\"",
      "≥ .93", result.coverage);
  return result.coverage;
}

void check_published(int pupils, double tolerance) {
  const Catalogue bank = study_bank();
  constexpr std::array<double, 4> targets = {0.0, 0.60, 0.75, 0.85};
  for (const auto& [world, gains] : published)
    for (std::size_t rule = 0; rule < targets.size(); ++rule) {
      const double gain = gain_of(bank, world, targets[rule], pupils, 5);
      INFO(name_of(world) << ", target " << targets[rule]);
      CHECK(gain == Approx(gains[rule]).margin(tolerance));
      testing::figure(
          "policy",
          "gain in world \"" + std::string(name_of(world)) + "\", " +
              (rule == 0 ? "random exercise" : "frontier at " + std::to_string(targets[rule]).substr(0, 4)),
          std::to_string(gains[rule]).substr(0, 5) + " ± .02", gain);
    }
}

}  // namespace

TEST_CASE("laboratory: random and frontier policies gain what an independent program got",
          "[engine][.slow]") {
  check_published(800, 0.02);
}

// Gains of the same program for the frontier at .75 with videos; it learns the effects and takes pupils to learn alike.
TEST_CASE("laboratory: the frontier with videos gains what an independent program got", "[engine][.slow]") {
  const std::map<World, double> published_with_video = {
      {World::Hill65, 0.387}, {World::Success85, 0.398}, {World::Flat, 0.348}, {World::Mistakes, 0.208}};
  const std::vector<Contender> contenders = usual_contenders();
  const auto contender = std::find_if(contenders.begin(), contenders.end(),
                                      [](const Contender& each) { return each.word == "frontier75-video"; });
  REQUIRE(contender != contenders.end());
  const StudyOptions options{.pupils = 800, .seeds = 1};
  for (const auto& [world, gain] : published_with_video) {
    const std::vector<RunResult> runs = {run(study_bank(world), world, *contender, options, 5)};
    const double own = summarise(runs).gains.all.mean;
    INFO(name_of(world));
    CHECK(own == Approx(gain).margin(0.02));
    testing::figure("policy",
                    "gain in world \"" + std::string(name_of(world)) + "\", frontier at 0.75, video",
                    std::to_string(gain).substr(0, 5) + " ± .02", own);
  }
}

TEST_CASE("laboratory: a smaller study is already near those gains", "[engine]") {
  check_published(60, 0.06);
}

TEST_CASE("laboratory: a study gives the same for every number of workers", "[engine]") {
  StudyOptions options{.pupils = 12, .minutes = 40.0, .seeds = 2, .workers = 1, .worlds = {World::Misfit}};
  const std::vector<Contender> contenders = usual_contenders();
  const StudyResults alone = compare(contenders, options);
  options.workers = 3;
  const StudyResults together = compare(contenders, options);
  for (std::size_t c = 0; c < contenders.size(); ++c)
    for (int s = 0; s < options.seeds; ++s) {
      REQUIRE(alone[0][c][s].curve == together[0][c][s].curve);
      REQUIRE(alone[0][c][s].rmse == together[0][c][s].rmse);
    }
}

TEST_CASE("laboratory: told intervals hold in worlds the tracker does not know", "[engine]") {
  for (const World world : {World::Misfit, World::Talent, World::SlowReaders, World::DayForm})
    CHECK(told_coverage(world) > 0.92);  // 1,200 abilities: ± .01
}

// Found when this world was first run and left as it is: docs/LABORATORY.md.
TEST_CASE("laboratory: where learning comes in jumps the told intervals hold too few", "[engine]") {
  CHECK(told_coverage(World::Insights) > 0.87);
}

// With a bank taken for exact they hold 92 %; a school learns on, and so finds out.
TEST_CASE("laboratory: exercises that became harder are found out by who learns them", "[engine]") {
  const Contender learning{.name = "Trede, exercises learned", .calibrated_within = 0.15};
  CHECK(told_coverage(World::Changed, learning) > 0.93);
}

TEST_CASE("laboratory: who comes after other pupils begins with what they taught", "[engine]") {
  const Catalogue bank = study_bank();
  const StudyOptions options{.pupils = 40, .minutes = 60.0, .seeds = 1};
  const RunResult first = run(bank, World::Flat, {.word = "trede"}, options, 7);
  const RunResult second = run(bank, World::Flat, {.word = "trede", .cohorts_before = 1}, options, 7);
  for (int band = 0; band < static_cast<int>(effects::bands.size()); ++band)
    CHECK(second.effects.sd[effects::practice_effect(band)] <
          first.effects.sd[effects::practice_effect(band)]);
  for (std::size_t i = 0; i < first.pupils.size(); ++i)
    CHECK(first.pupils[i].before == second.pupils[i].before);
}

TEST_CASE("laboratory: every contender meets the same pupils and the same time", "[engine]") {
  const Catalogue bank = study_bank();
  const StudyOptions options{.pupils = 20, .minutes = 60.0, .seeds = 1};
  std::vector<double> before;
  for (const Contender& contender : usual_contenders()) {
    const RunResult result = run(bank, World::Flat, contender, options, 3);
    std::vector<double> own;
    for (const PupilResult& pupil : result.pupils) {
      own.push_back(pupil.before);
      CHECK(pupil.answers + 3 * pupil.videos >= 60);
      CHECK(pupil.answers + 3 * pupil.videos <= 62);
    }
    if (before.empty()) before = own;
    CHECK(own == before);
  }
}
