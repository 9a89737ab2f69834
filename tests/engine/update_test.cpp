// One answer: the moments of the update against brute force, and what must hold for every answer.
#include "engine/tracking/update.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/irt/dichotomous.hpp"
#include "engine/irt/quadrature.hpp"
#include "engine/tracking/moments.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;
using test::item_of;

namespace {

// Mean and covariance after the answer by summing over a grid of all abilities.
struct Moments {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};
Moments by_brute_force(const Posterior& prior, const CatalogueItem& item, bool right) {
  const int topics = prior.topics();
  const Eigen::MatrixXd root = topic_covariance(prior).llt().matrixL();
  const int nodes = 57;
  const double step = 14.0 / (nodes - 1);
  const int points = static_cast<int>(std::pow(nodes, topics) + 0.5);
  double total = 0.0;
  Eigen::VectorXd first = Eigen::VectorXd::Zero(topics);
  Eigen::MatrixXd second = Eigen::MatrixXd::Zero(topics, topics);
  for (int point = 0; point < points; ++point) {
    Eigen::VectorXd x(topics);
    for (int k = 0, rest = point; k < topics; ++k, rest /= nodes) x[k] = -7.0 + step * (rest % nodes);
    const Eigen::VectorXd theta = topic_means(prior) + root * x;
    const double p = irt::probability(irt::log_odds(item, theta), irt::asymptotes_of(item.parameters));
    const double weight = std::exp(-0.5 * x.squaredNorm()) * (right ? p : 1.0 - p);
    total += weight;
    first += weight * theta;
    second += weight * theta * theta.transpose();
  }
  const Eigen::VectorXd mean = first / total;
  return {mean, second / total - mean * mean.transpose()};
}

// The largest difference in mean and covariance.
double distance_to_brute_force(int topics, std::uint64_t seed) {
  Random random{seed};
  const Posterior prior = test::random_belief(topics, random);
  CatalogueItem item = test::random_item(topics, random);
  item.loadings.push_back({(item.topic() + 1) % topics, 0.4});
  double worst = 0.0;
  for (const bool right : {false, true}) {
    const Moments exact = by_brute_force(prior, item, right);
    const Posterior ours = update(prior, item, right).posterior;
    worst = std::max(worst, (topic_means(ours) - exact.mean).cwiseAbs().maxCoeff());
    worst = std::max(worst, (topic_covariance(ours) - exact.covariance).cwiseAbs().maxCoeff());
  }
  return worst;
}

// Mean and variance (in sd of the prior) and probability, with 20,001 points.
Tilt finely(double mean, double sd, irt::Asymptotes model, bool right) {
  double weights = 0.0, total = 0.0, first = 0.0, second = 0.0;
  for (int i = -10'000; i <= 10'000; ++i) {
    const double x = 12.0 * i / 10'000;
    const double p = irt::probability(mean + sd * x, model);
    const double weight = std::exp(-0.5 * x * x);
    const double tilted = weight * (right ? p : 1.0 - p);
    weights += weight;
    total += tilted;
    first += tilted * x;
    second += tilted * x * x;
  }
  const double shift = first / total;
  return {total / weights, shift / sd, 0.0, second / total - shift * shift, std::log(total / weights)};
}

}  // namespace

TEST_CASE("update: two topics agree with brute force to 1e-5", "[engine]") {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6}) CHECK(distance_to_brute_force(2, seed) < 1e-5);
}

TEST_CASE("update: three topics agree with brute force to 1e-5", "[engine]") {
  double worst = 0.0;
  for (const std::uint64_t seed : {7, 8}) worst = std::max(worst, distance_to_brute_force(3, seed));
  CHECK(worst < 1e-5);
  testing::figure("tracking", "update against brute force in three dimensions", "< 1e-5", worst, 2);
}

TEST_CASE("update: however wide a belief, its sums have an end and are right to 4e-4", "[engine]") {
  for (const double sd : {100.0, 1e3, 1e6, 1e12}) {
    int nodes = 0;
    irt::for_each_node(sd, [&](double, double) { ++nodes; });
    CHECK(nodes <= 6001);
    for (const double shift : {-2.0, 0.0, 0.7}) {
      INFO("sd " << sd << ", mean " << shift << " sd");
      const double expected = 0.5 * std::erfc(-shift / std::sqrt(2.0));  // a curve that is a step
      CHECK(std::abs(expected_probability(shift * sd, sd * sd, {}) - expected) < 4e-4);
    }
  }
}

TEST_CASE("update: quadrature errs less than 3e-6 up to a standard deviation of five", "[engine]") {
  double worst = 0.0;
  for (const double sd : {0.05, 0.3, 0.8, 1.2, 1.5, 1.51, 2.0, 3.0, 5.0})
    for (const irt::Asymptotes model : {irt::Asymptotes{0.0, 1.0}, irt::Asymptotes{0.25, 1.0}})
      for (double mean = -4.0; mean <= 4.0; mean += 1.0)
        for (const bool right : {false, true}) {
          const Tilt exact = finely(mean, sd, model, right);
          const Tilt ours = tilt(mean, sd * sd, model, right);
          CHECK(ours.probability == Approx(exact.probability).margin(3e-6));
          CHECK(ours.step * sd == Approx(exact.step * sd).margin(3e-6));
          CHECK(ours.variance_left == Approx(exact.variance_left).margin(3e-6));
          worst = std::max({worst, std::abs(ours.probability - exact.probability),
                            std::abs(ours.step - exact.step) * sd,
                            std::abs(ours.variance_left - exact.variance_left)});
        }
  testing::figure("tracking", "quadrature, sd up to 5", "< 3e-5", worst, 2);
}

TEST_CASE("update: step and shrink are derivatives of the log-likelihood", "[engine]") {
  const double h = 1e-3;
  for (const bool right : {false, true})
    for (const double variance : {0.2, 1.0, 4.0}) {
      const auto log_z = [&](double mean) {
        return tilt(mean, variance, irt::Asymptotes{0.2, 1.0}, right).log_probability;
      };
      const Tilt here = tilt(0.4, variance, irt::Asymptotes{0.2, 1.0}, right);
      CHECK(here.step == Approx((log_z(0.4 + h) - log_z(0.4 - h)) / (2.0 * h)).margin(1e-4));
      CHECK(here.shrink ==
            Approx(-(log_z(0.4 + h) - 2.0 * log_z(0.4) + log_z(0.4 - h)) / (h * h)).margin(1e-3));
    }
}

TEST_CASE("update: every response model's moments are those of a fine grid", "[engine]") {
  const std::vector<std::pair<irt::ResponseModel, double>> seen{{irt::PartialCredit{{-1.0, 0.2, 1.1}}, 2.0},
                                                                {irt::PartialCredit{{0.5, -0.5}}, 0.0},
                                                                {irt::Graded{{-1.0, 0.2, 1.1}}, 3.0},
                                                                {irt::Graded{{-1.0, 0.2, 1.1}}, 1.0},
                                                                {irt::SignedTime{1.0}, 0.7},
                                                                {irt::SignedTime{2.0}, -1.5}};
  for (const auto& [model, outcome] : seen)
    for (const double sd : {0.3, 1.0, 1.5, 3.0})
      for (const double mean : {-2.0, 0.4, 3.0}) {
        double total = 0.0, first = 0.0, second = 0.0, weights = 0.0;
        for (int i = -14'000; i <= 14'000; ++i) {
          const double x = i / 1'000.0;
          const double weight = std::exp(-0.5 * x * x);
          const double tilted = weight * std::exp(irt::log_likelihood(model, outcome, mean + sd * x));
          weights += weight;
          total += tilted;
          first += tilted * x;
          second += tilted * x * x;
        }
        const Tilt ours = tilt(mean, sd * sd, model, outcome);
        CHECK(ours.log_probability == Approx(std::log(total / weights)).margin(3e-5));
        CHECK(ours.step * sd == Approx(first / total).margin(3e-5));
        CHECK(ours.variance_left == Approx(second / total - std::pow(first / total, 2)).margin(3e-5));
      }
}

TEST_CASE("update: likelihoods too small for a double still teach", "[engine]") {
  const Tilt far = tilt(-600.0, 1.0, irt::PartialCredit{{0.0, 0.0, 0.0}}, 3.0);
  CHECK(far.log_probability == Approx(-1795.5).epsilon(1e-3));
  CHECK(far.step == Approx(3.0).margin(0.01));
}

TEST_CASE("update: a right answer never lowers an ability, a wrong one never raises it", "[engine]") {
  Random random{11};
  const Catalogue bank = test::chain_bank(6, 4);
  Posterior belief = prior(bank, 0.0);
  for (int i = 0; i < 2'000; ++i) {
    CatalogueItem item = test::random_item(6, random);
    item.parameters.difficulty *= 4.0;
    const Posterior right = update(belief, item, true).posterior;
    const Posterior wrong = update(belief, item, false).posterior;
    REQUIRE(right.mean(item.topic()) - belief.mean(item.topic()) >= 0.0);
    REQUIRE(wrong.mean(item.topic()) - belief.mean(item.topic()) <= 0.0);
    belief = random.uniform() < 0.6 ? right : wrong;
    belief.covariances.diagonal().array() += 0.01;  // so that it never becomes too sure to move
  }
}

TEST_CASE("update: without guessing no variance ever grows", "[engine]") {
  Random random{12};
  for (int i = 0; i < 2'000; ++i) {
    const Posterior before = test::random_belief(4, random);
    CatalogueItem item = test::random_item(4, random);
    item.parameters.guessing = 0.0;
    const Posterior after = update(before, item, random.uniform() < 0.5).posterior;
    REQUIRE((before.covariances - after.covariances).diagonal().minCoeff() >= 0.0);
  }
}

TEST_CASE("update: a lucky guess at a far too hard item may widen the belief, by less than a tenth",
          "[engine]") {
  const Posterior before = test::belief_of(-2.0, 1.0);
  const Posterior after = update(before, item_of(0, 0.0, 1.0, 0.25), true).posterior;
  CHECK(after.covariance(0, 0) > 1.0);
  CHECK(after.covariance(0, 0) < 1.1);
}

TEST_CASE("update: an answer on one topic informs the topics that go with it, most the nearest", "[engine]") {
  Catalogue bank;
  bank.topics = {{.domain = 0}, {.domain = 0}, {.domain = 1}};
  complete(bank);
  const Posterior before = prior(bank, 0.0);
  const Posterior after = update(before, item_of(0, 0.0), true).posterior;
  CHECK(after.mean(0) > after.mean(1));
  CHECK(after.mean(1) > after.mean(2));
  CHECK(after.mean(2) > 0.0);
  CHECK(after.mean(1) / after.mean(0) == Approx(0.65));
  CHECK(after.mean(2) / after.mean(0) == Approx(0.49));
  CHECK(after.covariance(2, 2) < before.covariance(2, 2));
}

TEST_CASE("update: the prediction is that of predict, the log-likelihood that of what happened", "[engine]") {
  Random random{13};
  const Posterior belief = test::random_belief(3, random);
  const CatalogueItem item = item_of(1, 0.7, 1.5, 0.2);
  const double p = predict(belief, item);
  CHECK(update(belief, item, true).predicted == Approx(p).epsilon(1e-12));
  CHECK(update(belief, item, false).predicted == Approx(p).epsilon(1e-12));
  CHECK(update(belief, item, true).log_likelihood == Approx(std::log(p)).epsilon(1e-12));
  CHECK(update(belief, item, false).log_likelihood == Approx(std::log(1.0 - p)).epsilon(1e-12));
}

TEST_CASE("update: the quick prediction is within .02 of the exact one", "[engine]") {
  Random random{14};
  for (int i = 0; i < 3'000; ++i) {
    const Posterior belief = test::random_belief(3, random);
    const CatalogueItem item = test::random_item(3, random);
    REQUIRE(std::abs(quick_predict(belief, item) - predict(belief, item)) < 0.02);
  }
}

TEST_CASE("update: absurd items and beliefs still give finite numbers", "[engine]") {
  const Posterior sure = test::belief_of(900.0, 0.0);
  const Posterior vague = test::belief_of(-900.0, 1e6);
  for (const Posterior& before : {sure, vague})
    for (const bool right : {false, true}) {
      const Updated after = update(before, item_of(0, 0.0, 5.0), right);
      CHECK(std::isfinite(after.posterior.mean(0)));
      CHECK(std::isfinite(after.log_likelihood));
      CHECK(after.posterior.covariance(0, 0) >= 0.0);
    }
}
