#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "engine/insight/alert_rules.hpp"
#include "engine/insight/norm.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "engine/tracking/moments.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::insight;

namespace {

constexpr double usual_slope = 1.2;

ItemParameters aimed_at_three_in_four(double mean, double spread, Random& random) {
  return {.slope = usual_slope, .difficulty = mean - 1.1 / usual_slope + spread * random.normal()};
}

bool answers(double ability, const ItemParameters& item, Random& random) {
  return random.uniform() < irt::logistic(item.slope * (ability - item.difficulty));
}

struct FlagRate {
  int flagged = 0;
  int rightly = 0;
  double precision() const { return rightly / static_cast<double>(std::max(1, flagged)); }
};

// 4,000 pupils, three in ten of whom gain nothing from practice, the others .08 an answer; flags after 20 and
// 40.
std::vector<FlagRate> stuck_flags(std::uint64_t seed) {
  Random random(seed);
  std::vector<FlagRate> rates(2);
  for (int pupil = 0; pupil < 4000; ++pupil) {
    const bool is_stuck = random.uniform() < 0.3;
    double ability = -1.0 + 0.6 * random.normal();
    Progress progress = new_progress(0, -1.0, 0.6);
    for (int answer = 1; answer <= 40; ++answer) {
      const ItemParameters item =
          aimed_at_three_in_four(0.5 * (progress.still.mean + progress.growing.mean), 0.4, random);
      answered(progress, item, answers(ability, item, random), 0.08);
      ability += (is_stuck ? 0.0 : 0.08) + std::sqrt(0.004) * random.normal();
      if (answer % 20 != 0 || probability_stuck(progress) <= 0.8) continue;
      FlagRate& rate = rates[static_cast<std::size_t>(answer / 20 - 1)];
      ++rate.flagged;
      rate.rightly += is_stuck;
    }
  }
  return rates;
}

// A pupil whose tracker knows the ability to about sd .3, and who may fall by `fall` after 20 answers. The
// number of the answer at which the alarm comes, `length` if never.
int first_alarm(double fall, int length, Random& random) {
  const Catalogue bank = test::chain_bank(1, 1);
  tracking::Posterior posterior = tracking::prior(bank, 0.0);
  Watch watch;
  double mean = 0.0;
  double variance = 0.1;
  double ability = std::sqrt(variance) * random.normal();
  Catalogue one = bank;
  for (int answer = 0; answer < length; ++answer) {
    if (answer == 20) ability -= fall;
    const ItemParameters item = aimed_at_three_in_four(mean, 0.3, random);
    const bool right = answers(ability, item, random);
    const tracking::Tilt tilt = tracking::tilt(usual_slope * (mean - item.difficulty),
                                               usual_slope * usual_slope * variance, {}, right);
    one.items[0].parameters = item;
    answered(watch, one, posterior,
             {.item = 0, .right = right, .predicted = right ? tilt.probability : 1.0 - tilt.probability});
    mean += tilt.step * usual_slope * variance;
    variance -= tilt.shrink * usual_slope * usual_slope * variance * variance - 0.003;
    ability += std::sqrt(0.003) * random.normal();
    if (watch.drop_odds > 4.0 && (fall == 0.0 || answer >= 20)) return answer;  // P > .8
  }
  return length;
}

// One topic with one item of this difficulty, a pupil believed at `mean` ± sd.
struct Desk {
  Catalogue bank = test::chain_bank(1, 1, 0.0);
  tracking::Posterior posterior =
      test::belief_of(Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Constant(1, 1, 0.09));
  Watch watch;

  void give(int times, Observation observation) {
    for (int n = 0; n < times; ++n) answered(watch, bank, posterior, observation);
  }
  std::vector<Alert> alerts(const ClassHabits& habits = {}) const {
    return alerts_of(watch, posterior, bank, habits);
  }
  bool has(AlertKind kind) const {
    const std::vector<Alert> found = alerts();
    return std::any_of(found.begin(), found.end(), [&](const Alert& alert) { return alert.kind == kind; });
  }
};

// 3,000 pupils of all abilities at a pool that ends at −1: each gets what is nearest to .75, 60 times. Of the alerts
// after 20, 40 and 60, those whose last exercises truly came right in more than 85 % on average.
FlagRate under_challenged_flags(std::uint64_t seed) {
  constexpr double hardest = -1.0, truly_easy = 0.85;
  Random random(seed);
  FlagRate rate;
  for (int pupil = 0; pupil < 3000; ++pupil) {
    const double ability = random.normal();
    Desk desk;
    desk.posterior = test::belief_of(0.0, 1.0);
    std::vector<double> chances;
    for (int answer = 1; answer <= 60; ++answer) {
      CatalogueItem& item = desk.bank.items[0];
      item.parameters = aimed_at_three_in_four(desk.posterior.mean(0), 0.3, random);
      item.parameters.difficulty = std::min(item.parameters.difficulty, hardest);
      chances.push_back(irt::logistic(usual_slope * (ability - item.parameters.difficulty)));
      const bool right = random.uniform() < chances.back();
      tracking::Updated updated = tracking::update(desk.posterior, item, right);
      answered(desk.watch, desk.bank, desk.posterior,
               {.item = 0, .right = right, .predicted = updated.predicted});
      desk.posterior = std::move(updated.posterior);
      if (answer % 20 != 0 || !desk.has(AlertKind::UnderChallenged)) continue;
      ++rate.flagged;
      rate.rightly += std::accumulate(chances.end() - window, chances.end(), 0.0) > truly_easy * window;
    }
  }
  return rate;
}

}  // namespace

TEST_CASE("alerts: a stuck pupil is named late rather than wrongly", "[engine]") {
  const std::vector<FlagRate> rates = stuck_flags(12);
  testing::figure("engine", "stuck flag precision at 20 answers", "≥ .85", rates[0].precision());
  testing::figure("engine", "stuck flag precision at 40 answers", "≥ .95", rates[1].precision());
  CHECK(rates[0].precision() >= 0.85);
  CHECK(rates[0].flagged > 100);
  CHECK(rates[1].precision() >= 0.95);
  CHECK(rates[1].rightly > 800);
}

TEST_CASE("alerts: nine in ten of those called the best fifth belong to it", "[engine]") {
  Random random(14);
  FlagRate rate;
  const Norm norm;
  for (int pupil = 0; pupil < 6000; ++pupil) {
    const double ability = random.normal();
    double mean = 0.0;
    double variance = 1.0;
    for (int answer = 0; answer < 20; ++answer) {
      const ItemParameters item = aimed_at_three_in_four(mean, 0.3, random);
      const bool right = answers(ability, item, random);
      const tracking::Tilt tilt = tracking::tilt(usual_slope * (mean - item.difficulty),
                                                 usual_slope * usual_slope * variance, {}, right);
      mean += tilt.step * usual_slope * variance;
      variance -= tilt.shrink * usual_slope * usual_slope * variance * variance;
    }
    if (probability_above({mean, variance}, norm.upper_fifth()) <= 0.8) continue;
    ++rate.flagged;
    rate.rightly += ability > norm.upper_fifth();
  }
  testing::figure("engine", "top-20 % flag precision at 20 answers", "≥ .9", rate.precision());
  CHECK(rate.precision() >= 0.9);
  CHECK(rate.flagged > 400);
}

TEST_CASE("alerts: a great fall is noticed, steady work seldom mistaken for one", "[engine]") {
  Random random(5);
  int alarms = 0, noticed = 0, noticed_great = 0;
  for (int pupil = 0; pupil < 1000; ++pupil) {
    alarms += first_alarm(0.0, 100, random) < 100;
    noticed += first_alarm(1.5, 45, random) < 45;
    noticed_great += first_alarm(2.5, 45, random) < 45;
  }
  testing::figure("engine", "sudden drop: false alarm in 100 answers", "≤ .05", alarms / 1000.0);
  testing::figure("engine", "sudden drop: 1.5 noticed in 25 answers", "≥ .5", noticed / 1000.0);
  testing::figure("engine", "sudden drop: 2.5 noticed in 25 answers", "≥ .95", noticed_great / 1000.0);
  CHECK(alarms <= 50);
  CHECK(noticed >= 500);
  CHECK(noticed_great >= 950);
}

TEST_CASE("alerts: one slip on easy work is no fall", "[engine]") {
  Desk desk;
  desk.give(1, {.right = false, .predicted = 0.99});
  CHECK(desk.watch.drop_odds < 0.01);
  desk.give(6, {.right = true, .predicted = 0.99});
  CHECK_FALSE(desk.has(AlertKind::SuddenDrop));
}

TEST_CASE("alerts: nine in ten of those called under-challenged are given what comes right anyway",
          "[engine]") {
  const FlagRate rate = under_challenged_flags(21);
  testing::figure("engine", "under-challenged alert: precision", "≥ .9", rate.precision());
  CHECK(rate.precision() >= 0.9);
  CHECK(rate.flagged > 300);
}

TEST_CASE("alerts: nobody is accused before twelve answers", "[engine]") {
  Desk desk;
  desk.posterior.means[tracking::learning_rate_row] = -0.9;
  desk.posterior.covariances(tracking::learning_rate_row, tracking::learning_rate_row) = 0.04;
  desk.give(5, {.right = true, .predicted = 0.5});
  desk.give(6, {.right = false, .predicted = 0.5});
  CHECK_FALSE(desk.has(AlertKind::Stuck));
  desk.give(1, {.right = false, .predicted = 0.5});
  CHECK(desk.has(AlertKind::Stuck));
  // Who has mastered the topic is not stuck on it, however slowly it goes.
  desk.posterior.means[desk.posterior.rows[0].own] = 3.0;
  CHECK_FALSE(desk.has(AlertKind::Stuck));
}

TEST_CASE("alerts: a pool too easy is told from a pupil who takes it easy", "[engine]") {
  Desk lacking;
  lacking.give(15, {.right = true, .predicted = 0.96, .target = 0.75});
  REQUIRE(lacking.has(AlertKind::UnderChallenged));
  CHECK(lacking.alerts().front().cause == Cause::PoolTooEasy);
  Desk coasting;
  coasting.give(15, {.right = true, .predicted = 0.93, .target = 0.9});
  REQUIRE(coasting.has(AlertKind::UnderChallenged));
  CHECK(coasting.alerts().front().cause == Cause::Coasting);
  coasting.give(2, {.right = false, .predicted = 0.93, .target = 0.9});
  CHECK_FALSE(coasting.has(AlertKind::UnderChallenged));
}

TEST_CASE("alerts: who gets hardly anything right is named, whatever is believed", "[engine]") {
  for (const double predicted : {0.02, 0.3, 0.75}) {
    Desk desk;
    desk.posterior.covariances.setOnes();  // hardly known: the exercises are all far too hard
    desk.give(11, {.right = false, .predicted = predicted});
    CHECK_FALSE(desk.has(AlertKind::Stuck));
    desk.give(1, {.right = false, .predicted = predicted});
    REQUIRE(desk.has(AlertKind::Stuck));
    CHECK(desk.alerts().front().cause == Cause::TooHard);
    CHECK(desk.alerts().front().topic == 0);
    CHECK(desk.alerts().front().evidence == 12);
    desk.give(4, {.right = true, .predicted = predicted});
    CHECK_FALSE(desk.has(AlertKind::Stuck));
  }
  Desk guessing;
  guessing.give(15, {.right = false, .predicted = 0.75, .rapid = true});
  CHECK_FALSE(guessing.has(AlertKind::Stuck));
}

TEST_CASE("alerts: one in fifty is called failing in a hundred exercises at six in ten", "[engine]") {
  Random random(31);
  int called = 0;
  const int pupils = 2000;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    Desk desk;
    bool once = false;
    for (int answer = 0; answer < 100 && !once; ++answer) {
      desk.give(1, {.right = random.uniform() < 0.6, .predicted = 0.6});
      const std::vector<Alert> found = desk.alerts();
      once = std::any_of(found.begin(), found.end(),
                         [](const Alert& each) { return each.cause == Cause::TooHard; });
    }
    called += once;
  }
  testing::figure("engine", "called failing within 100 exercises at 60 %", "≤ .02",
                  called / static_cast<double>(pupils), 3);
  CHECK(called <= 0.02 * pupils);
}

TEST_CASE("alerts: rapid guesses tell of engagement and of nothing else", "[engine]") {
  Desk desk;
  desk.give(7, {.right = true, .predicted = 0.75});
  desk.give(2, {.right = false, .predicted = 0.75, .rapid = true});
  CHECK_FALSE(desk.has(AlertKind::Disengaged));
  desk.give(2, {.right = false, .predicted = 0.75, .rapid = true});
  REQUIRE(desk.has(AlertKind::Disengaged));
  CHECK(desk.alerts().front().evidence == 10);
  CHECK(desk.watch.progress.front().answers == 7);
  CHECK(desk.watch.drop_odds < 0.01);
  // Where the whole class guesses, four rapid answers are nothing special.
  CHECK(desk.alerts({.rapid_rate = 0.3}).empty());
}

TEST_CASE("alerts: asking for the hint before reading is seen", "[engine]") {
  Desk desk;
  desk.give(4, {.right = true, .predicted = 0.75});
  desk.give(2, {.right = true, .predicted = 0.75, .quick_hint = true});
  CHECK_FALSE(desk.has(AlertKind::HintAbuse));
  desk.give(2, {.right = true, .predicted = 0.75, .quick_hint = true});
  CHECK(desk.has(AlertKind::HintAbuse));
}

TEST_CASE("alerts: a weekend makes both courses less certain and judges nobody", "[engine]") {
  Desk desk;
  desk.give(14, {.right = false, .predicted = 0.6});
  const double before = probability_stuck(desk.watch.progress.front());
  const double variance = desk.watch.progress.front().still.variance;
  new_session(desk.watch, 2.0);
  CHECK(probability_stuck(desk.watch.progress.front()) == before);
  CHECK(desk.watch.progress.front().still.variance > variance);
  CHECK(desk.watch.session_answers == 0);
}

TEST_CASE("alerts: nothing is said about an ability that is not known", "[engine]") {
  Desk desk;
  desk.posterior.means[tracking::learning_rate_row] = -0.9;
  desk.posterior.covariances(tracking::learning_rate_row, tracking::learning_rate_row) = 0.04;
  for (int n = 0; n < 7; ++n) {
    desk.give(1, {.right = true, .predicted = 0.5});
    desk.give(1, {.right = false, .predicted = 0.5});
  }
  REQUIRE(desk.has(AlertKind::Stuck));
  desk.posterior.covariances.bottomRightCorner(1, 1).setOnes();
  CHECK(desk.posterior.sd(0) > largest_sd);
  CHECK_FALSE(desk.has(AlertKind::Stuck));
}

TEST_CASE("alerts: another bank keeps what is remembered of topics and items that it still has", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 2);
  const tracking::Posterior posterior = tracking::prior(bank, 0.0);
  Watch watch;
  for (const int topic : {0, 2, 2})
    answered(watch, bank, posterior, {.item = bank.topics[static_cast<std::size_t>(topic)].items.front()});
  const int on_last = bank.topics[2].items.front();
  // The first topic and its items are gone, the other two have changed places.
  const Watch moved = rebase(watch, {2, 1}, {on_last});
  REQUIRE(moved.progress.size() == 1);
  CHECK(moved.progress[0].topic == 0);
  CHECK(moved.progress[0].answers == 2);
  CHECK(moved.progress[0].still.mean == watch.progress[1].still.mean);
  CHECK(newest(moved, 1).front().item == 0);
  CHECK(newest(moved, 3).back().item == -1);
  CHECK(moved.answers == 3);
}
