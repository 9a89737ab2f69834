// Eight topics that go together, drift from day to day and grow with practice: one belief over all of them, a
// belief a topic on its own, and Elo.
#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/practice.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

constexpr int topics = 8;
constexpr int answers = 200;
constexpr int answers_a_day = 4;
constexpr int counted_from = 20;
constexpr double gain = 0.02;
constexpr Drift drift{.memory_days = 200.0, .diffusion_per_day = 0.012};

// Rating of one topic after another: R ← R + K (y − p), K = first / (1 + fade n) after n answers on the
// topic.
struct Elo {
  double first;
  double fade;
  double log_loss = 0.0;
  std::vector<double> rating = {};
  std::vector<int> count = {};
};

struct TrueWorld {
  double joint_error = 0.0, separate_error = 0.0, covered = 0.0, log_loss = 0.0;
  std::array<Elo, 4> elo{{{0.2, 0.0}, {0.4, 0.0}, {0.8, 0.0}, {1.5, 0.1}}};

  double best_elo() const {
    return std::min_element(elo.begin(), elo.end(),
                            [](const Elo& one, const Elo& other) { return one.log_loss < other.log_loss; })
        ->log_loss;
  }
};

Catalogue two_domains() {
  Catalogue bank;
  for (int k = 0; k < topics; ++k) bank.topics.push_back({.domain = k / 4});
  return bank;
}

double loss(double probability_right, bool right) {
  return -std::log(right ? probability_right : 1.0 - probability_right);
}

struct Pupil {
  TrueWorld& world;
  Random& random;
  Eigen::MatrixXd spread;  // root of the cohort's covariance
  Eigen::VectorXd truth;
  double rate;
  Posterior joint;
  std::vector<Posterior> separate;

  Pupil(const Catalogue& bank, TrueWorld& counted_in, Random& generator)
      : world(counted_in),
        random(generator),
        spread(prior_covariance(bank).llt().matrixL()),
        truth(spread * test::normals(topics, random)),
        rate(1.0 + learning_rate_spread * random.normal()),
        joint(prior(bank, 0.0)),
        separate(topics, prior(test::chain_bank(1, 1), 0.0)) {
    for (Elo& elo : world.elo) {
      elo.rating.assign(topics, 0.0);
      elo.count.assign(topics, 0);
    }
  }

  void pass_night() {
    const auto [kept, replaced] = passage(drift, 1.0);
    truth = kept * truth + std::sqrt(replaced) * spread * test::normals(topics, random);
    joint = advance(std::move(joint), drift, 1.0, 0.0);
    for (Posterior& topic : separate) topic = advance(std::move(topic), drift, 1.0, 0.0);
  }

  void answer_one(bool counted) {
    const int topic = random.below(topics);
    const double slope = std::exp(0.2 + 0.25 * random.normal());
    const double difficulty = joint.mean(topic) - 1.32 / slope * random.uniform() + 0.7 * random.normal();
    const CatalogueItem item = test::item_of(topic, difficulty, slope);
    const bool right = random.uniform() < irt::logistic(slope * (truth[topic] - difficulty));
    for (Elo& elo : world.elo) {
      const double p = irt::logistic(slope * (elo.rating[topic] - difficulty));
      elo.log_loss += counted * loss(p, right);
      elo.rating[topic] += elo.first / (1.0 + elo.fade * elo.count[topic]++) * (right - p);
    }
    Updated updated = update(std::move(joint), item, right);
    world.log_loss -= counted * updated.log_likelihood;
    joint = practised(std::move(updated.posterior), topic, gain, 0.0);
    const CatalogueItem alone = test::item_of(0, difficulty, slope);
    separate[topic] = practised(update(std::move(separate[topic]), alone, right).posterior, 0, gain, 0.0);
    truth[topic] += gain * rate;
  }

  void compare() {
    for (int topic = 0; topic < topics; ++topic) {
      const double away = joint.mean(topic) - truth[topic];
      world.joint_error += away * away;
      world.separate_error += std::pow(separate[topic].mean(0) - truth[topic], 2);
      world.covered += std::abs(away) < 1.96 * joint.sd(topic);
    }
  }
};

TrueWorld follow(int pupils, std::uint64_t seed) {
  const Catalogue bank = two_domains();
  Random random{seed};
  TrueWorld world;
  for (int i = 0; i < pupils; ++i) {
    Pupil pupil{bank, world, random};
    for (int n = 0; n < answers; ++n) {
      if (n > 0 && n % answers_a_day == 0) pupil.pass_night();
      pupil.answer_one(n >= counted_from);
      if (n >= counted_from) pupil.compare();
    }
  }
  const double counted = static_cast<double>(pupils) * (answers - counted_from);
  world.covered /= counted * topics;
  world.log_loss /= counted;
  for (Elo& elo : world.elo) elo.log_loss /= counted;
  return world;
}

}  // namespace

TEST_CASE("tracking: topics that learn from each other are known better than topics apart and than Elo",
          "[engine]") {
  const TrueWorld world = follow(300, 36);
  const double ratio = std::sqrt(world.joint_error / world.separate_error);
  const double gained = world.log_loss - world.best_elo();
  CHECK(world.covered > 0.93);
  CHECK(world.covered < 0.97);
  CHECK(ratio <= 0.92);
  CHECK(gained <= -0.015);
  testing::figure("tracking", "eight drifting topics: coverage", ".93–.97", world.covered);
  testing::figure("tracking", "eight drifting topics: error against topics apart", "≤ .92", ratio);
  testing::figure("tracking", "eight drifting topics: log-loss against the best Elo", "≤ −.015", gained);
}
