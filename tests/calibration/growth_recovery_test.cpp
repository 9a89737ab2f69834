// What calibration of growing pupils gets back from simulated schools: the acceptance figures.
#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/calibration/growth.hpp"
#include "engine/tracking/posterior.hpp"
#include "tests/calibration/growth_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::calibration;
using testing::figure;

namespace {

GrowthOptions known_slopes() {
  GrowthOptions options;
  options.slopes = Slopes::Fixed;
  return options;
}

test::Recovery mean_recovery(int anchored, int terms) {
  test::Recovery mean;
  for (int k = 0; k < terms; ++k) {
    const test::GrowingWorld world = test::growing_world({}, anchored, 800 + static_cast<std::uint64_t>(k));
    const GrowthCalibration found = calibrate_growth(world.problem, known_slopes());
    CHECK(found.converged);
    const test::Recovery each = test::recovery(world, found.items);
    mean.rmse += each.rmse / terms;
    mean.bias_slope += each.bias_slope / terms;
    mean.coverage += each.coverage / terms;
  }
  return mean;
}

// A school of two years, the second 1 logit ahead: items of four topics, a third of them on two, and .02 logits
// from every answer.
struct School {
  GrowthProblem problem;
  std::vector<double> difficulties, slopes;
};

School school(int pupils, int answers, std::uint64_t seed) {
  Random random{seed};
  School result;
  Catalogue bank;
  bank.topics = {{.domain = 0}, {.domain = 0}, {.domain = 1}, {.domain = 1}};
  GrowthProblem& problem = result.problem;
  problem.prior_covariance = tracking::prior_covariance(bank);
  for (int j = 0; j < 40; ++j) {
    GrowingItem item{.loadings = {{j % 4, 1.0}}};
    if (j % 3 == 0) item.loadings.push_back({(j + 1) % 4, 0.4});
    item.prior.covariance = Eigen::Vector2d(0.16, 4.0).asDiagonal();
    result.slopes.push_back(std::exp(0.2 + 0.25 * random.normal()));
    result.difficulties.push_back(0.5 + random.normal());
    problem.items.push_back(item);
  }
  const Eigen::MatrixXd root = problem.prior_covariance.llt().matrixL();
  for (int i = 0; i < pupils; ++i) {
    Eigen::VectorXd ability(4);
    for (double& entry : ability) entry = random.normal();
    ability = root * ability + Eigen::VectorXd::Constant(4, i % 2 == 0 ? 0.0 : 1.0);
    for (int t = 0; t < answers; ++t) {
      const int j = random.below(40);
      const auto& loadings = problem.items[static_cast<std::size_t>(j)].loadings;
      double z = -result.difficulties[static_cast<std::size_t>(j)];
      for (const Loading& each : loadings) z += each.weight * ability[each.topic];
      z *= result.slopes[static_cast<std::size_t>(j)];
      problem.people.answers.push_back({j, random.uniform() < irt::logistic(z), double(t / 5)});
      ability[loadings.front().topic] += 0.02 + 0.07 * random.normal();
    }
    problem.people.begins.push_back(problem.people.answers.size());
    problem.people.groups.push_back(i % 2);
  }
  problem.groups = {{}, {}};
  problem.growth.diffusion_per_answer = 0.02;
  return result;
}

// One ability each, and every pupil answers some of the items once.
School still_class(int pupils, int items, int answers, std::uint64_t seed) {
  Random random{seed};
  School result;
  std::vector<int> order;
  for (int j = 0; j < items; ++j) {
    result.slopes.push_back(std::exp(0.2 + 0.3 * random.normal()));
    result.difficulties.push_back(random.normal());
    GrowingItem item;
    item.prior.covariance = Eigen::Vector2d(0.16, 4.0).asDiagonal();
    result.problem.items.push_back(item);
    order.push_back(j);
  }
  for (int i = 0; i < pupils; ++i) {
    const double ability = random.normal();
    for (int t = 0; t < answers; ++t) {
      std::swap(order[t], order[t + random.below(items - t)]);
      const int j = order[t];
      const double z = result.slopes[j] * (ability - result.difficulties[j]);
      result.problem.people.answers.push_back({j, random.uniform() < irt::logistic(z), 0.0});
    }
    result.problem.people.begins.push_back(result.problem.people.answers.size());
  }
  return result;
}

// Root mean squares of the errors of b and ln a, and the shares of 95 % intervals that hold the truth.
struct ItemRecovery {
  double difficulty = 0.0, log_slope = 0.0, difficulty_covered = 0.0, log_slope_covered = 0.0;
};

ItemRecovery item_recovery(const std::vector<OnlineItem>& found, const std::vector<double>& difficulties,
                           const std::vector<double>& slopes) {
  const double n = static_cast<double>(found.size());
  ItemRecovery result;
  for (std::size_t j = 0; j < found.size(); ++j) {
    const double difficulty = found[j].difficulty - difficulties[j];
    const double log_slope = found[j].log_slope - std::log(slopes[j]);
    result.difficulty += difficulty * difficulty / n;
    result.log_slope += log_slope * log_slope / n;
    result.difficulty_covered += (std::abs(difficulty) < 1.959964 * found[j].difficulty_sd()) / n;
    result.log_slope_covered += (std::abs(log_slope) < 1.959964 * found[j].log_slope_sd()) / n;
  }
  result.difficulty = std::sqrt(result.difficulty);
  result.log_slope = std::sqrt(result.log_slope);
  return result;
}

GrowthOptions per_answer() {
  GrowthOptions options;
  options.per_day = options.diffusion_per_day = false;
  options.per_answer = options.diffusion_per_answer = options.groups = true;
  options.tolerance = 1e-3;
  return options;
}

}  // namespace

TEST_CASE("growth: growth and diffusion are found when items are known", "[calibration]") {
  const test::GrowingWorld world = test::growing_world({}, 1, 82);
  const GrowthCalibration found = calibrate_growth(world.problem, {});
  figure("calibration", "q by predictive likelihood (600 x 60; true .01)", "within 30 %",
         found.growth.diffusion_per_day);
  figure("calibration", "growth a day (600 x 60; true .025)", "within 10 %", found.growth.per_day);
  CHECK(found.converged);
  CHECK(found.growth.diffusion_per_day == Approx(0.01).epsilon(0.3));
  CHECK(found.growth.per_day == Approx(0.025).epsilon(0.1));
  CHECK(std::abs(found.growth.per_day - 0.025) < 3.0 * found.growth_errors.per_day);
  CHECK(std::abs(std::log(found.growth.diffusion_per_day / 0.01)) <
        3.0 * found.growth_errors.diffusion_per_day);
}

TEST_CASE("growth: topics, years and gains by practice are found together", "[calibration]") {
  const School world = school(200, 30, 21);
  const GrowthCalibration found = calibrate_growth(world.problem, per_answer());
  const ItemRecovery items = item_recovery(found.items, world.difficulties, world.slopes);
  CHECK(found.converged);
  CHECK(found.joint_errors);
  CHECK(items.difficulty < 0.25);
  CHECK(items.log_slope < 0.22);
  CHECK(items.difficulty_covered >= 0.85);
  CHECK(found.groups[0].mean == 0.0);
  CHECK(std::abs(found.groups[1].mean - 1.0) < 3.0 * found.group_errors[1].mean);
  CHECK(std::abs(std::log(found.groups[1].sd)) < 3.0 * found.group_errors[1].sd);
  CHECK(std::abs(found.growth.per_answer - 0.02) < 3.0 * found.growth_errors.per_answer);
  CHECK(found.growth_errors.per_answer < 0.02);
}

TEST_CASE("growth: a term of 600 pupils leaves no slope in the difficulties", "[calibration][.slow]") {
  const test::Recovery alone = mean_recovery(0, 8);
  const test::Recovery anchored = mean_recovery(9, 4);
  figure("calibration", "growth EM: bias slope over the term, no anchors", "|.| < .10", alone.bias_slope);
  figure("calibration", "growth EM: bias slope over the term, 10 anchors of 90", "|.| < .10",
         anchored.bias_slope);
  figure("calibration", "growth EM: RMSE b with 10 anchors (one ability a term: .42 to .86)", "<= .13",
         anchored.rmse);
  figure("calibration", "growth EM: coverage of b with 10 anchors", ">= .90", anchored.coverage);
  figure("calibration", "growth EM: coverage of b, no anchors, growth unknown", ">= .90", alone.coverage);
  CHECK(std::abs(alone.bias_slope) < 0.1);
  CHECK(std::abs(anchored.bias_slope) < 0.1);
  CHECK(anchored.rmse < 0.13);
  CHECK(alone.coverage >= 0.9);
  CHECK(anchored.coverage >= 0.9);
}

TEST_CASE("growth: pupils who stand still give the items of a plain calibration", "[calibration][.slow]") {
  const School world = still_class(2000, 60, 20, 10);
  GrowthOptions options;
  options.per_day = options.diffusion_per_day = false;
  const GrowthCalibration found = calibrate_growth(world.problem, options);
  const ItemRecovery items = item_recovery(found.items, world.difficulties, world.slopes);
  figure("calibration", "growth EM without growth, 666 answers an item: RMSE b", "<= .13", items.difficulty);
  figure("calibration", "growth EM without growth, 666 answers an item: RMSE ln a", "<= .14",
         items.log_slope);
  CHECK(items.difficulty <= 0.13);
  CHECK(items.log_slope <= 0.14);
  CHECK(items.difficulty_covered >= 0.88);
}
