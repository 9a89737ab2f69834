// Items that learn from answers while pupils do: exact moments, order of evidence, and intervals that hold what
// they promise.
#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "engine/calibration/online_item.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

struct Moments {
  double probability = 0.0;
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();  // η, ln a, b
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
};

// The three-dimensional integral on a grid of ±6 standard deviations.
Moments brute_force(const OnlineItem& item, const ItemEvidence& evidence) {
  const int half = 40;
  const double step = 6.0 / half;
  const Eigen::Matrix2d root = item.covariance.llt().matrixL();
  Moments sum;
  for (int i = -half; i <= half; ++i)
    for (int j = -half; j <= half; ++j)
      for (int k = -half; k <= half; ++k) {
        const Eigen::Vector3d x = step * Eigen::Vector3d(i, j, k);
        const Eigen::Vector2d own = root * x.tail<2>() + Eigen::Vector2d(item.log_slope, item.difficulty);
        const Eigen::Vector3d at(evidence.mean + std::sqrt(evidence.variance) * x[0], own[0], own[1]);
        const double z = std::exp(at[1]) * (at[0] - at[2]);
        const irt::Asymptotes asymptotes{item.guessing, 1.0};
        const double likelihood =
            evidence.right ? irt::probability(z, asymptotes) : irt::failure_probability(z, asymptotes);
        const double weight = likelihood * std::exp(-0.5 * x.squaredNorm());
        sum.probability += weight;
        sum.mean += weight * at;
        sum.covariance += weight * at * at.transpose();
      }
  sum.mean /= sum.probability;
  sum.covariance = sum.covariance / sum.probability - sum.mean * sum.mean.transpose();
  sum.probability *= std::pow(step / std::sqrt(2.0 * M_PI), 3);
  return sum;
}

OnlineItem uncertain_item(double guessing) {
  OnlineItem item{.log_slope = 0.1, .difficulty = 0.4, .guessing = guessing};
  item.covariance << 0.06, 0.03, 0.03, 0.3;
  return item;
}

void check_moments(const OnlineItem& item, const ItemEvidence& evidence) {
  const Moments exact = brute_force(item, evidence);
  const JointUpdate found = update(item, evidence, 1.0);
  CHECK(found.tilt.probability == Approx(exact.probability).margin(1e-5));
  CHECK(evidence.mean + evidence.variance * found.tilt.step == Approx(exact.mean[0]).margin(1e-4));
  CHECK(evidence.variance * (1.0 - evidence.variance * found.tilt.shrink) ==
        Approx(exact.covariance(0, 0)).margin(1e-4));
  CHECK(found.item.log_slope == Approx(exact.mean[1]).margin(1e-4));
  CHECK(found.item.difficulty == Approx(exact.mean[2]).margin(1e-4));
  CHECK((found.item.covariance - exact.covariance.bottomRightCorner<2, 2>()).cwiseAbs().maxCoeff() < 1e-4);
}

// The share of 95 % intervals that hold the truth, and how far off the estimates are.
struct Coverage {
  double difficulty = 0.0, log_slope = 0.0, ability = 0.0;
  double difficulty_rmse = 0.0, log_slope_rmse = 0.0;
};

struct Lesson {
  bool adaptive = false;
  bool in_windows = false;  // items change only when every pupil has answered once
  int pupils = 2000;
  int items = 200;
  int answers = 60;  // of each pupil
};

// Pupils and items that know nothing of each other: θ ~ N(0, 1), b ~ N(0, 1), ln a ~ N(.2, .25²).
class NewWorld {
 public:
  NewWorld(const Lesson& lesson, std::uint64_t seed) : lesson_(lesson), random_(seed) {
    for (int j = 0; j < lesson.items; ++j)
      truth_.push_back({std::exp(0.2 + 0.25 * random_.normal()), random_.normal()});
    for (int i = 0; i < lesson.pupils; ++i) {
      ability_.push_back(random_.normal());
      order_.push_back(i);
    }
    items_.resize(truth_.size());
    mean_.assign(ability_.size(), 0.0);
    variance_.assign(ability_.size(), 1.0);
    used_.assign(ability_.size(), std::vector<bool>(truth_.size(), false));
  }

  Coverage run() {
    for (int round = 0; round < lesson_.answers; ++round) {
      for (int i = lesson_.pupils - 1; i > 0; --i) std::swap(order_[i], order_[random_.below(i + 1)]);
      std::vector<std::vector<ItemEvidence>> window(items_.size());
      for (const int pupil : order_) answer(pupil, window);
      for (std::size_t j = 0; j < items_.size(); ++j) items_[j] = learn(items_[j], window[j]);
    }
    return coverage();
  }

 private:
  struct Truth {
    double slope, difficulty;
  };

  int choice(int pupil) {
    int best = -1;
    double best_score = 1e9;
    for (int j = 0; j < lesson_.items; ++j) {
      if (used_[pupil][j]) continue;
      const double distance = mean_[pupil] - items_[j].difficulty - 1.1 / items_[j].slope();
      const double score =
          lesson_.adaptive ? std::abs(distance) + 0.5 * random_.uniform() : random_.uniform();
      if (score < best_score) best = j, best_score = score;
    }
    return best;
  }

  void answer(int pupil, std::vector<std::vector<ItemEvidence>>& window) {
    const int j = choice(pupil);
    used_[pupil][j] = true;
    const double z = truth_[j].slope * (ability_[pupil] - truth_[j].difficulty);
    const ItemEvidence evidence{mean_[pupil], variance_[pupil], random_.uniform() < irt::logistic(z)};
    tracking::Tilt moved;
    if (lesson_.in_windows) {
      moved = tilt(items_[j], evidence);
      window[j].push_back(evidence);
    } else {
      const JointUpdate joint = update(items_[j], evidence);
      items_[j] = joint.item;
      moved = joint.tilt;
    }
    mean_[pupil] += variance_[pupil] * moved.step;
    variance_[pupil] *= moved.variance_left;
  }

  Coverage coverage() const {
    Coverage result;
    const double n = lesson_.items;
    for (int j = 0; j < lesson_.items; ++j) {
      const double difficulty = items_[j].difficulty - truth_[j].difficulty;
      const double log_slope = items_[j].log_slope - std::log(truth_[j].slope);
      result.difficulty += (std::abs(difficulty) < 1.959964 * items_[j].difficulty_sd()) / n;
      result.log_slope += (std::abs(log_slope) < 1.959964 * items_[j].log_slope_sd()) / n;
      result.difficulty_rmse += difficulty * difficulty / n;
      result.log_slope_rmse += log_slope * log_slope / n;
    }
    for (std::size_t i = 0; i < ability_.size(); ++i)
      result.ability += (std::abs(mean_[i] - ability_[i]) < 1.959964 * std::sqrt(variance_[i])) /
                        static_cast<double>(ability_.size());
    result.difficulty_rmse = std::sqrt(result.difficulty_rmse);
    result.log_slope_rmse = std::sqrt(result.log_slope_rmse);
    return result;
  }

  Lesson lesson_;
  Random random_;
  std::vector<Truth> truth_;
  std::vector<OnlineItem> items_;
  std::vector<int> order_;
  std::vector<double> ability_, mean_, variance_;
  std::vector<std::vector<bool>> used_;
};

void check_coverage(const Coverage& found, double least) {
  INFO("b " << found.difficulty << " (rmse " << found.difficulty_rmse << "), ln a " << found.log_slope
            << " (rmse " << found.log_slope_rmse << "), pupils " << found.ability);
  CHECK(found.difficulty >= least);
  CHECK(found.log_slope >= least);
  CHECK(found.ability >= 0.92);
  CHECK(found.ability <= 0.97);
}

std::string two(double first, double second) {
  std::ostringstream text;
  text << std::setprecision(3) << first << " / " << second;
  return text.str();
}

void tell(const std::string& design, const Coverage& found) {
  testing::figure("calibration", "online item, " + design + ": coverage b / ln a", ">= .93",
                  two(found.difficulty, found.log_slope));
  testing::figure("calibration", "online item, " + design + ": coverage of pupils", ".93-.95", found.ability);
}

}  // namespace

TEST_CASE("online item: the moments of ability, slope and difficulty are exact", "[calibration]") {
  for (const double guessing : {0.0, 0.25})
    for (const bool right : {false, true}) {
      check_moments(uncertain_item(guessing), {.mean = -0.3, .variance = 0.5, .right = right});
      check_moments(uncertain_item(guessing), {.mean = 1.5, .variance = 0.1, .right = right});
    }
}

TEST_CASE("online item: a certain item moves the pupil as the tracker does and stays", "[calibration]") {
  OnlineItem anchor{.log_slope = 0.3, .difficulty = -0.5};
  anchor.covariance.setZero();
  const ItemEvidence evidence{.mean = 0.2, .variance = 0.4, .right = false};
  const JointUpdate found = update(anchor, evidence);
  const double a = anchor.slope();
  const auto plain = tracking::tilt(a * 0.7, a * a * 0.4, {}, false);
  CHECK(found.tilt.step == Approx(a * plain.step).epsilon(1e-5));
  CHECK(found.tilt.shrink == Approx(a * a * plain.shrink).epsilon(1e-5));
  CHECK(found.item.difficulty == Approx(anchor.difficulty).margin(1e-9));
}

TEST_CASE("online item: an uncertain item moves the pupil less", "[calibration]") {
  const ItemEvidence evidence{.mean = 0.2, .variance = 0.4, .right = true};
  OnlineItem known = uncertain_item(0.0);
  known.covariance *= 1e-6;
  CHECK(tilt(uncertain_item(0.0), evidence).step < tilt(known, evidence).step);
  CHECK(tilt(uncertain_item(0.0), evidence).shrink < tilt(known, evidence).shrink);
}

TEST_CASE("online item: answers that tell nothing do not widen it without bound", "[calibration]") {
  OnlineItem item = uncertain_item(0.0);
  for (int n = 0; n < 20'000; ++n) item = update(item, {.mean = 12.0, .variance = 0.2, .right = true}).item;
  CHECK(item.answers == 20'000);
  CHECK(item.difficulty_sd() <= widest_difficulty_sd);
  CHECK(item.log_slope_sd() <= widest_log_slope_sd);
  CHECK(item.covariance.determinant() > 0.0);
}

TEST_CASE("online item: answers that contradict it for ever leave it an item", "[calibration]") {
  OnlineItem item;
  for (int i = 0; i < 12'000; ++i) {
    const bool right = (i / 3000) % 2 == 1;  // nobody can, then everybody
    item = update(item, {3.0, 0.3, right}).item;
    REQUIRE(std::abs(item.log_slope) <= furthest_log_slope);
    REQUIRE(std::abs(item.difficulty) < furthest_difficulty + 1e-9);
    REQUIRE(item.difficulty_sd() < 10.0);
    REQUIRE(item.log_slope_sd() < 3.0);
  }
}

TEST_CASE("online item: that nobody can do it is known long before its difficulty runs away",
          "[calibration]") {
  OnlineItem item;
  for (int n = 0; n < 100'000; ++n) item = update(item, {-1.0, 1.5, false}).item;
  CHECK(item.difficulty > 3.0);
  CHECK(item.difficulty < furthest_difficulty + 1e-9);
  CHECK(item.covariance.determinant() > 0.0);
}

TEST_CASE("online item: days make the difficulty less certain, the slope not", "[calibration]") {
  const OnlineItem before = uncertain_item(0.0);
  const OnlineItem after = pass_days(before, 100.0, 0.001);
  CHECK(after.covariance(1, 1) == Approx(before.covariance(1, 1) + 0.1));
  CHECK(after.covariance(0, 0) == before.covariance(0, 0));
  CHECK(pass_days(before, -1.0).covariance == before.covariance);
}

TEST_CASE("online item: intervals of new items hold, answers drawn or chosen by the belief",
          "[calibration]") {
  check_coverage(NewWorld({.pupils = 600, .items = 100, .answers = 30}, 1).run(), 0.9);
  check_coverage(NewWorld({.adaptive = true, .pupils = 600, .items = 100, .answers = 30}, 2).run(), 0.9);
}

TEST_CASE("online item: 600 answers an item, all items new", "[calibration][.slow]") {
  const Coverage random = NewWorld({.adaptive = false}, 11).run();
  const Coverage adaptive = NewWorld({.adaptive = true}, 12).run();
  const Coverage windows = NewWorld({.adaptive = true, .in_windows = true}, 13).run();
  for (const Coverage& each : {random, adaptive, windows}) check_coverage(each, 0.93);
  tell("random", random);
  tell("adaptive", adaptive);
  tell("adaptive, published every 2,000 answers", windows);
}
