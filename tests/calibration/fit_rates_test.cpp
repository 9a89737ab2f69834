// How often the tests of fit reject items that fit and items that do not.
#include <cmath>
#include <string>

#include "engine/calibration/fit.hpp"
#include "engine/calibration/mml.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/moments.hpp"
#include "tests/calibration/fit_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

struct Rejections {
  double sx2 = 0.0;
  double earlier = 0.0;
  double others = 0.0;
};

// How often each test says at .05 that one of the first `tested` items does not fit, over `tables` tables of
// 1,500 people and 40 items.
Rejections rejections(const std::vector<Item>& believed, const std::vector<Item>& truth, int tables,
                      int tested) {
  Rejections shares;
  for (int n = 0; n < tables; ++n) {
    const ResponseTable table = test::simulated(truth, 1500, 40, mix(17, static_cast<std::uint64_t>(n)));
    FitOptions options;
    const Fit others = fit_of(table, believed, {{}}, options);
    options.predict_from = PredictFrom::EarlierAnswers;
    const Fit earlier = fit_of(table, believed, {{}}, options);
    for (std::size_t item = 0; item < static_cast<std::size_t>(tested); ++item) {
      shares.sx2 += others.items[item].sx2->p < 0.05;
      shares.others += others.items[item].predictive->p < 0.05;
      shares.earlier += earlier.items[item].predictive->p < 0.05;
    }
  }
  const double tests = tables * tested;
  return {shares.sx2 / tests, shares.earlier / tests, shares.others / tests};
}

std::size_t nearest(const std::vector<Item>& items, const std::vector<bool>& used, double ability,
                    double target) {
  std::size_t best = 0;
  double distance = 2.0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const double miss = std::abs(irt::logistic(items[i].slope * ability + items[i].intercept) - target);
    if (used[i] || miss >= distance) continue;
    best = i;
    distance = miss;
  }
  return best;
}

// Each of some banks of 60 items is practised by `people`, who get the item they are nearest to have right
// three times in four; predictions are made by exact moments, one by one. A list for each item.
std::vector<std::vector<PredictedAnswer>> adaptive_stream(int people, int length) {
  std::vector<std::vector<PredictedAnswer>> stream;
  for (std::uint64_t bank = 0; bank < 4; ++bank) {
    Random random(mix(9, bank));
    const std::vector<Item> items = test::random_items(60, random);
    std::vector<std::vector<PredictedAnswer>> answers(60);
    for (int person = 0; person < people; ++person) {
      const double ability = random.normal();
      double mean = 0.0;
      double variance = 1.0;
      std::vector<bool> used(60, false);
      for (int step = 0; step < length; ++step) {
        const std::size_t next = nearest(items, used, mean, 0.75 + 0.1 * random.normal());
        used[next] = true;
        const double a = items[next].slope;
        const bool right = testing::random_category(items[next], ability, random) == 1;
        const tracking::Tilt tilt =
            tracking::tilt(a * mean + items[next].intercept, a * a * variance, {}, right);
        answers[next].push_back(predicted_answer(right, right ? tilt.probability : 1.0 - tilt.probability));
        mean += tilt.step * a * variance;
        variance -= tilt.shrink * a * a * variance * variance;
      }
    }
    stream.insert(stream.end(), answers.begin(), answers.end());
  }
  return stream;
}

void check_misfit_found(const std::string& what, const Item& truth_of_first) {
  Random random(13);
  std::vector<Item> believed = test::random_items(40, random);
  believed[0] = test::item_at(1.2, 0.0);
  std::vector<Item> truth = believed;
  truth[0] = truth_of_first;
  const Rejections shares = rejections(believed, truth, 10, 1);
  testing::figure("calibration", "prequential fit: power at 1,500, " + what, "≥ .9", shares.earlier);
  CHECK(shares.sx2 >= 0.9);
  CHECK(shares.earlier >= 0.9);
  CHECK(shares.others >= 0.9);
}

}  // namespace

TEST_CASE("fit: items that fit are rejected one time in twenty", "[calibration]") {
  Random random(13);
  const std::vector<Item> items = test::random_items(40, random);
  const Rejections shares = rejections(items, items, 15, 40);
  testing::figure("calibration", "prequential fit: type I at .05", "≤ .08", shares.earlier);
  testing::figure("calibration", "fit from all other answers: type I at .05", "≤ .08", shares.others);
  testing::figure("calibration", "S-X2: type I at .05", "≤ .08", shares.sx2);
  CHECK(shares.sx2 <= 0.08);
  CHECK(shares.earlier <= 0.08);
  CHECK(shares.others <= 0.08);
  CHECK(shares.earlier >= 0.03);
  CHECK(shares.others >= 0.03);
}

TEST_CASE("fit: a flatter item is found among 1,500 answers", "[calibration]") {
  check_misfit_found("slope x .6", test::item_at(0.6 * 1.2, 0.0));
}
TEST_CASE("fit: a guessed item is found among 1,500 answers", "[calibration]") {
  check_misfit_found("guessing .25", test::item_at(1.2, 0.0, 0.25));
}
TEST_CASE("fit: a harder item is found among 1,500 answers", "[calibration]") {
  check_misfit_found("b + .3", test::item_at(1.2, 0.3));
}

TEST_CASE("fit: items estimated from the same answers are rejected one time in twenty too", "[calibration]") {
  double rejected = 0.0;
  for (std::uint64_t n = 0; n < 8; ++n) {
    Random random(mix(31, n));
    const ResponseTable table = test::simulated(test::random_items(25, random), 1000, 20, mix(32, n));
    const Options model{.standard_errors = false};
    const Calibration calibration = calibrate(table, model);
    FitOptions options;
    options.free_parameters = free_parameters(table, model);
    for (const ItemFit& item : fit_of(table, calibration.items, calibration.groups, options).items)
      rejected += (item.predictive->p < 0.05) / 200.0;
  }
  CHECK(rejected <= 0.09);
  CHECK(rejected >= 0.01);
}

TEST_CASE("fit: the tracker's own predictions of an adaptive lesson pass", "[calibration]") {
  const std::vector<std::vector<PredictedAnswer>> stream = adaptive_stream(1500, 30);
  int tests = 0;
  int rejected = 0;
  for (const std::vector<PredictedAnswer>& answers : stream) {
    const std::optional<ChiSquare> test = predictive_chi_square(answers);
    tests += test.has_value();
    rejected += test && test->p < 0.05;
  }
  CHECK(tests > 100);
  CHECK(rejected <= 0.08 * tests + 2.0 * std::sqrt(0.05 * tests));
}
