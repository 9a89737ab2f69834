#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/insight/group_plan.hpp"
#include "engine/insight/groups.hpp"
#include "engine/random.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::insight;

namespace {

// Σ over the groups of the squared distances to the group's mean.
double spread_of(const Eigen::MatrixXd& points, const std::vector<int>& group_of, int groups) {
  double spread = 0.0;
  for (int group = 0; group < groups; ++group) {
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(points.cols());
    double squares = 0.0;
    int size = 0;
    for (Eigen::Index pupil = 0; pupil < points.rows(); ++pupil) {
      if (group_of[static_cast<std::size_t>(pupil)] != group) continue;
      sum += points.row(pupil);
      squares += points.row(pupil).squaredNorm();
      ++size;
    }
    if (size > 0) spread += squares - sum.squaredNorm() / size;
  }
  return spread;
}

Eigen::MatrixXd random_points(int pupils, int features, Random& random) {
  Eigen::MatrixXd points(pupils, features);
  for (double& entry : points.reshaped()) entry = random.normal();
  return points;
}

int size_of(const Grouping& grouping, int group) {
  return static_cast<int>(std::count(grouping.group_of.begin(), grouping.group_of.end(), group));
}

double mean_certainty(const Grouping& grouping) {
  double sum = 0.0;
  for (const double certainty : grouping.certainty) sum += certainty;
  return sum / static_cast<double>(grouping.certainty.size());
}

// Every assignment of pupils to two groups of these sizes.
double least_spread_of_two(const Eigen::MatrixXd& points, int smallest, int largest) {
  double best = 1e9;
  const int pupils = static_cast<int>(points.rows());
  for (int pattern = 0; pattern < 1 << pupils; ++pattern) {
    std::vector<int> group_of;
    for (int pupil = 0; pupil < pupils; ++pupil) group_of.push_back((pattern >> pupil) & 1);
    const auto ones = std::count(group_of.begin(), group_of.end(), 1);
    if (ones < smallest || ones > largest || pupils - ones < smallest || pupils - ones > largest) continue;
    best = std::min(best, spread_of(points, group_of, 2));
  }
  return best;
}

}  // namespace

TEST_CASE("groups: uncertain abilities group nearly as well as the true ones", "[engine]") {
  constexpr int classes = 40;
  const double error = 0.35;
  const double kept = 1.0 / (1.0 + error * error);
  const double sd = error * std::sqrt(kept);
  double found = 0.0;
  double oracle = 0.0;
  for (std::uint64_t n = 0; n < classes; ++n) {
    Random random(mix(14, n));
    const Eigen::MatrixXd truth = random_points(28, 3, random);
    GroupFeatures features{
        .means = kept * (truth + error * random_points(28, 3, random)), .covariances = {}, .weights = {}};
    const GroupWishes wishes{.groups = 4, .smallest = 7, .largest = 7, .apart = {}, .together = {}};
    found += spread_of(truth, group_pupils(features, wishes, n).group_of, 4);
    features.means = truth;
    oracle += group_pupils(features, wishes, n).spread;
  }
  testing::figure("engine", "groups: true within-SS vs oracle (sd .33)", "≤ 1.15", found / oracle);
  CHECK(sd == Approx(0.33).margin(0.005));
  CHECK(found / oracle <= 1.15);
}

TEST_CASE("groups: the best of all assignments is found for a small class", "[engine]") {
  for (std::uint64_t n = 0; n < 20; ++n) {
    Random random(mix(3, n));
    const Eigen::MatrixXd points = random_points(10, 2, random);
    const GroupWishes wishes{.groups = 2, .smallest = 4, .largest = 6, .apart = {}, .together = {}};
    const Grouping grouping = group_pupils({.means = points, .covariances = {}, .weights = {}}, wishes, n);
    CHECK(grouping.spread == Approx(least_spread_of_two(points, 4, 6)).epsilon(1e-9));
    CHECK(grouping.spread == Approx(spread_of(points, grouping.group_of, 2)).epsilon(1e-9));
  }
}

TEST_CASE("groups: sizes and the teacher's pairs are kept", "[engine]") {
  Random random(5);
  GroupWishes wishes{.groups = 4, .smallest = 5, .largest = 8, .apart = {}, .together = {}};
  wishes.apart = {{0, 1}, {0, 2}, {3, 4}, {10, 11}};
  wishes.together = {{5, 6}, {6, 20}, {7, 8}};
  const Grouping grouping =
      group_pupils({.means = random_points(26, 3, random), .covariances = {}, .weights = {}}, wishes, 1);
  CHECK(grouping.broken_wishes == 0);
  const auto group = [&](int pupil) { return grouping.group_of[static_cast<std::size_t>(pupil)]; };
  for (const auto& [first, second] : wishes.apart) CHECK(group(first) != group(second));
  for (const auto& [first, second] : wishes.together) CHECK(group(first) == group(second));
  for (int g = 0; g < 4; ++g) {
    CHECK(size_of(grouping, g) >= 5);
    CHECK(size_of(grouping, g) <= 8);
  }
}

TEST_CASE("groups: wishes that cannot all be kept are counted, not refused", "[engine]") {
  Random random(6);
  GroupWishes wishes{.groups = 2, .smallest = 3, .largest = 6, .apart = {}, .together = {}};
  wishes.apart = {{0, 1}, {1, 2}, {0, 2}};
  const Grouping one =
      group_pupils({.means = random_points(9, 2, random), .covariances = {}, .weights = {}}, wishes, 1);
  CHECK(one.broken_wishes == 1);
  wishes.apart.clear();
  wishes.largest = 3;
  CHECK(group_pupils({.means = random_points(9, 2, random), .covariances = {}, .weights = {}}, wishes, 1)
            .broken_wishes == 3);
  CHECK(group_pupils({}, wishes, 1).group_of.empty());
}

TEST_CASE("groups: who is near a border may be in either, who is clear is sure", "[engine]") {
  GroupFeatures features{.means = Eigen::MatrixXd(9, 1), .covariances = {}, .weights = {}};
  features.means << -2.1, -2.0, -1.9, -2.0, 0.0, 1.9, 2.0, 2.1, 2.0;
  features.covariances.assign(9, Eigen::MatrixXd::Constant(1, 1, 0.04));
  const GroupWishes wishes{.groups = 2, .smallest = 4, .largest = 5, .apart = {}, .together = {}};
  const Grouping grouping = group_pupils(features, wishes, 2);
  CHECK(grouping.certainty[0] > 0.9);
  CHECK(grouping.either[0] == -1);
  CHECK(grouping.certainty[4] < 0.8);
  CHECK(grouping.group_of[0] == 0);
  CHECK(grouping.group_of[8] == 1);
  CHECK(grouping.co_assignment(0, 1) == Approx(1.0));
  CHECK(grouping.co_assignment(0, 8) == 0.0);
}

TEST_CASE("groups: less is certain the less is known, and the seed decides all chance", "[engine]") {
  Random random(7);
  GroupFeatures features{.means = random_points(20, 2, random), .covariances = {}, .weights = {}};
  const GroupWishes wishes{.groups = 3, .smallest = 5, .largest = 8, .apart = {}, .together = {}};
  features.covariances.assign(20, 0.01 * Eigen::MatrixXd::Identity(2, 2));
  const Grouping sure = group_pupils(features, wishes, 3);
  features.covariances.assign(20, 0.5 * Eigen::MatrixXd::Identity(2, 2));
  const Grouping unsure = group_pupils(features, wishes, 3);
  CHECK(mean_certainty(sure) > mean_certainty(unsure) + 0.1);
  CHECK(group_pupils(features, wishes, 3).co_assignment == unsure.co_assignment);
}

TEST_CASE("groups: abilities and their covariance come from the beliefs", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 3);
  const tracking::Posterior pupil = tracking::prior(bank, 0.4);
  const GroupFeatures features = ability_features({&pupil, &pupil}, {1, 3});
  CHECK(features.means.rows() == 2);
  CHECK(features.means(1, 0) == Approx(0.4));
  CHECK(features.covariances[0](0, 1) == Approx(pupil.covariance(1, 3)));
}

TEST_CASE("groups: a plan takes the topic most members are ready for", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 8);
  const effects::Effects effects = effects::first_guess(bank);
  tracking::Posterior beginner = tracking::prior(bank, -1.5);
  tracking::Posterior advanced = tracking::prior(bank, 1.3);
  for (tracking::Posterior* pupil : {&beginner, &advanced}) pupil->covariances *= 0.02;
  const GroupPlan low = plan_for({&beginner, &beginner}, bank, effects);
  const GroupPlan high = plan_for({&advanced, &advanced}, bank, effects);
  CHECK(low.topic == 0);
  CHECK(high.topic > low.topic);
  CHECK(high.video == high.topic);
  CHECK(low.video_gain > 0.0);
  REQUIRE(low.items.size() == plan_items);
  for (const int item : low.items) CHECK(bank.items[static_cast<std::size_t>(item)].topic() == 0);
  CHECK(plan_for({&advanced}, bank, effects, {0}).topic == -1);
}
