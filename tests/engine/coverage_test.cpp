// Simulated pupils whose truth we know: intervals must hold what they promise.
#include <string>
#include <vector>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;
using test::item_of;

namespace {

bool answer(const Eigen::VectorXd& abilities, const CatalogueItem& item, Random& random) {
  return random.uniform() <
         irt::probability(irt::log_odds(item, abilities), irt::asymptotes_of(item.parameters));
}

Posterior standard_normal() {
  return test::belief_of(0.0, 1.0);
}

bool within_95(const Posterior& belief, const Eigen::VectorXd& truth, int topic = 0) {
  return std::abs(belief.mean(topic) - truth[topic]) < 1.959964 * belief.sd(topic);
}

// Shares of pupils within their 95 % interval after 5, 10, 30 and 100 answers.
std::vector<double> coverage(bool adaptive, double guessing, std::uint64_t seed) {
  const std::vector<int> stages{5, 10, 30, 100};
  const int pupils = 8'000;
  std::vector<double> share(stages.size(), 0.0);
  Random random{seed};
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const Eigen::VectorXd truth = test::normals(1, random);
    Posterior belief = standard_normal();
    for (int n = 1, stage = 0; n <= 100; ++n) {
      const double slope = std::exp(0.2 + 0.3 * random.normal());
      const double difficulty =
          adaptive ? belief.mean(0) - 1.0986 / slope + 0.2 * random.normal() : 1.2 * random.normal();
      const CatalogueItem item = item_of(0, difficulty, slope, guessing);
      belief = update(std::move(belief), item, answer(truth, item, random)).posterior;
      if (n == stages[stage]) share[stage++] += within_95(belief, truth) / double(pupils);
    }
  }
  return share;
}

void check_coverage(bool adaptive, double guessing, std::uint64_t seed) {
  std::string shares;
  for (const double share : coverage(adaptive, guessing, seed)) {
    CHECK(share > 0.935);
    CHECK(share < 0.965);
    shares += " " + std::to_string(share).substr(1, 4);
  }
  testing::figure(
      "tracking",
      std::string("coverage after 5, 10, 30, 100 answers, ") + (adaptive         ? "adaptive"
                                                                : guessing > 0.0 ? "random, guessing"
                                                                                 : "random"),
      ".935–.965", shares);
}

// Mean of the exact posterior on a grid after the same answers, and its standard deviation.
struct Grid {
  std::vector<double> log_weight = std::vector<double>(401);

  Grid() {
    for (int i = 0; i < 401; ++i) log_weight[i] = -0.5 * at(i) * at(i);
  }
  static double at(int i) { return -5.0 + 0.025 * i; }
  void learn(const CatalogueItem& item, bool right) {
    for (int i = 0; i < 401; ++i) {
      const double p = irt::probability(item.parameters.slope * (at(i) - item.parameters.difficulty),
                                        irt::asymptotes_of(item.parameters));
      log_weight[i] += std::log(right ? p : 1.0 - p);
    }
  }
  std::pair<double, double> moments() const {
    double total = 0.0, first = 0.0, second = 0.0;
    for (int i = 0; i < 401; ++i) {
      const double weight = std::exp(log_weight[i] - log_weight[200]);
      total += weight;
      first += weight * at(i);
      second += weight * at(i) * at(i);
    }
    return {first / total, std::sqrt(second / total - first * first / total / total)};
  }
};

double distance_to_exact(double guessing, std::uint64_t seed) {
  Random random{seed};
  double squares = 0.0;
  const int pupils = 150;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const Eigen::VectorXd truth = test::normals(1, random);
    Posterior belief = standard_normal();
    Grid grid;
    for (int n = 0; n < 100; ++n) {
      const CatalogueItem item = item_of(0, random.normal(), std::exp(0.3 * random.normal()), guessing);
      const bool right = answer(truth, item, random);
      belief = update(std::move(belief), item, right).posterior;
      grid.learn(item, right);
    }
    const auto [mean, sd] = grid.moments();
    squares += std::pow((belief.mean(0) - mean) / sd, 2) / pupils;
  }
  return std::sqrt(squares);
}

}  // namespace

TEST_CASE("coverage: 95 % intervals hold 95 % of pupils after 5 to 100 random items", "[engine]") {
  check_coverage(false, 0.0, 31);
  check_coverage(false, 0.25, 32);
}

TEST_CASE("coverage: choosing items by the belief does not spoil the intervals", "[engine]") {
  check_coverage(true, 0.0, 33);
}

TEST_CASE("coverage: after 100 answers the mean is within .15 sd of the exact one", "[engine]") {
  const double open = distance_to_exact(0.0, 34);
  const double guessed = distance_to_exact(0.25, 35);
  CHECK(open < 0.15);
  CHECK(guessed < 0.15);
  testing::figure("tracking", "distance to the exact mean after 100 answers, 2PL (sd)", "< .15", open);
  testing::figure("tracking", "the same, 3PL", "< .15", guessed);
}
