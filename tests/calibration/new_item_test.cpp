// Items that nobody has answered yet: what their features tell, and when they have shown enough.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/calibration/new_item.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

const std::vector<double> steps = {-1.0, -0.5, 0.0, 0.5, 1.0};

// Authors who think every step is .7 of what they say and do not see that choosing is .4 easier; what they miss
// else is N(0, .4²).
struct Authored {
  KnownItem known;
  double truth = 0.0;
};

Authored authored_item(Random& random) {
  const AuthorWord word{-1.0 + 0.5 * random.below(6), steps[random.below(5)], random.uniform() < 0.5};
  const double expected = 0.2 + word.level + 0.7 * word.step - (word.choice ? 0.4 : 0.0);
  const double truth = expected + 0.4 * random.normal();
  return {{features(word), truth + 0.12 * random.normal(), 0.12}, truth};
}

std::vector<KnownItem> known_items(int count, Random& random) {
  std::vector<KnownItem> items;
  for (int j = 0; j < count; ++j) items.push_back(authored_item(random).known);
  return items;
}

// Answers until a new item of this truth is promoted, pupils known to sd .3 and met at the seeding targets.
struct Seeding {
  int answers = 0;
  bool covered = false;
};

Seeding seed(double slope, double difficulty, Random& random) {
  OnlineItem item = new_item(authors_word(), features({.level = difficulty + 0.4 * random.normal()}), 0.0);
  while (standing(item, false) == Standing::Seeding && item.answers < 2000) {
    const double target = seeding_target(item);
    const double mean = item.difficulty + std::log(target / (1.0 - target)) / item.slope();
    const double ability = mean + 0.3 * random.normal();
    const bool right = random.uniform() < irt::logistic(slope * (ability - difficulty));
    item = update(item, {.mean = mean, .variance = 0.09, .right = right}).item;
  }
  return {item.answers, std::abs(item.difficulty - difficulty) < 1.96 * item.difficulty_sd()};
}

}  // namespace

TEST_CASE("new item: without calibrated items the author is believed", "[calibration]") {
  const FeatureModel word = learn(authors_word(), {});
  const OnlineItem item = new_item(word, features({.level = 0.5, .step = -1.0, .choice = true}), 0.25);
  CHECK(item.difficulty == Approx(-0.5));
  CHECK(item.guessing == 0.25);
  CHECK(item.difficulty_sd() > 0.7);
  CHECK(word.spread == Approx(0.7).margin(1e-6));
}

TEST_CASE("new item: weights and spread are learned from calibrated items", "[calibration]") {
  Random random{3};
  const FeatureModel model = learn(authors_word(), known_items(400, random));
  CHECK(model.converged);
  const Eigen::Vector4d truth(0.2, 1.0, 0.7, -0.4);
  for (int k = 0; k < 4; ++k)
    CHECK(std::abs(model.weights[k] - truth[k]) < 3.0 * std::sqrt(model.covariance(k, k)));
  CHECK(model.spread == Approx(0.4).margin(0.05));
}

TEST_CASE("new item: the interval from features holds the items that come", "[calibration]") {
  Random random{4};
  for (const int known : {0, 10, 100}) {
    const FeatureModel model = learn(authors_word(), known_items(known, random));
    int covered = 0;
    for (int j = 0; j < 1000; ++j) {
      const Authored next = authored_item(random);
      const OnlineItem item = new_item(model, next.known.features, 0.0);
      covered += std::abs(item.difficulty - next.truth) < 1.96 * item.difficulty_sd();
    }
    INFO(known << " calibrated items");
    CHECK(covered > 920);
    if (known == 100) CHECK(covered < 975);
  }
}

TEST_CASE("new item: one is promoted after some two hundred answers, and then known", "[calibration]") {
  Random random{5};
  std::vector<int> answers;
  int covered = 0;
  for (int j = 0; j < 100; ++j) {
    const Seeding seeding = seed(std::exp(0.2 + 0.25 * random.normal()), random.normal(), random);
    answers.push_back(seeding.answers);
    covered += seeding.covered;
  }
  std::nth_element(answers.begin(), answers.begin() + 50, answers.end());
  testing::figure("calibration", "new item: median of answers to promotion", "<= 200", answers[50], 4);
  CHECK(answers[50] > 60);
  CHECK(answers[50] < 220);
  CHECK(covered >= 88);
}

TEST_CASE("new item: misfit retires whatever is known", "[calibration]") {
  OnlineItem item;
  CHECK(standing(item, true) == Standing::Retired);
  CHECK(standing(item, false) == Standing::Seeding);
  item.covariance = 0.04 * Eigen::Matrix2d::Identity();
  CHECK(standing(item, false) == Standing::Promoted);
  CHECK(standing(item, true) == Standing::Retired);
}
