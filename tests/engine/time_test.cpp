// Time, practice and videos: how a belief moves between answers.
#include <cmath>

#include "engine/tracking/effects.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

// A belief made sharp by some answers.
Posterior after_answers(const Catalogue& bank, int answers, std::uint64_t seed) {
  Random random{seed};
  Posterior belief = prior(bank, 0.0);
  for (int i = 0; i < answers; ++i)
    belief = update(std::move(belief), bank.items[random.below(static_cast<int>(bank.items.size()))],
                    random.uniform() < 0.8)
                 .posterior;
  return belief;
}

}  // namespace

TEST_CASE("time: the prior has the spread and the correlations of the hierarchy", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 1);
  const Posterior belief = prior(bank, -0.7);
  CHECK(belief.mean == Eigen::VectorXd::Constant(6, -0.7));
  CHECK(belief.covariance(0, 0) == Approx(1.0));
  CHECK(belief.covariance(0, 3) == Approx(0.65));  // same domain
  CHECK(belief.covariance(0, 1) == Approx(0.49));
}

TEST_CASE("time: days away widen every ability and pull it towards the cohort", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 4);
  const Posterior before = after_answers(bank, 60, 41);
  const Posterior after = advance(before, bank, 42.0, 0.0);
  for (int topic = 0; topic < 6; ++topic) {
    CHECK(after.sd(topic) > before.sd(topic));
    CHECK(std::abs(after.mean[topic]) < std::abs(before.mean[topic]));
  }
}

TEST_CASE("time: six weeks make an ability of sd .30 one of sd .43", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 1);
  const Posterior before{Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Constant(1, 1, 0.09)};
  CHECK(advance(before, bank, 42.0, 0.0).sd(0) == Approx(0.43).margin(0.005));
}

TEST_CASE("time: no days or a clock that went back change nothing", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 3);
  const Posterior before = after_answers(bank, 20, 42);
  for (const double days : {0.0, -3.0}) {
    CHECK(advance(before, bank, days, 0.5).mean == before.mean);
    CHECK(advance(before, bank, days, 0.5).covariance == before.covariance);
  }
}

TEST_CASE("time: a hundred years lead back to the cohort", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 3);
  const Posterior after = advance(after_answers(bank, 30, 43), bank, 36'500.0, 0.4);
  CHECK((after.mean.array() - 0.4).abs().maxCoeff() < 1e-12);
}

TEST_CASE("time: without diffusion a pupil of the cohort stays one", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 1);
  const Drift drift{Eigen::VectorXd::Constant(5, 300.0), Eigen::VectorXd::Zero(5)};
  const Posterior start = prior(bank, 0.2);
  const Posterior after = advance(start, start.covariance, drift, 100.0, 0.2);
  CHECK((after.covariance - start.covariance).cwiseAbs().maxCoeff() < 1e-14);
  CHECK((after.mean - start.mean).cwiseAbs().maxCoeff() < 1e-14);
}

TEST_CASE("time: two halves of a period are the whole", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 3);
  const Drift drift{Eigen::VectorXd::Constant(5, 300.0), Eigen::VectorXd::Zero(5)};
  const Posterior before = after_answers(bank, 30, 44);
  const Eigen::MatrixXd spread = prior_covariance(bank);
  const Posterior whole = advance(before, spread, drift, 50.0, 0.1);
  const Posterior halves = advance(advance(before, spread, drift, 20.0, 0.1), spread, drift, 30.0, 0.1);
  CHECK((whole.covariance - halves.covariance).cwiseAbs().maxCoeff() < 1e-13);
  CHECK((whole.mean - halves.mean).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("time: topics that move at very unequal speeds keep a definite covariance", "[engine]") {
  const Eigen::MatrixXd spread =
      Eigen::MatrixXd::Constant(3, 3, 1.0) + 1e-9 * Eigen::MatrixXd::Identity(3, 3);
  const Drift drift{Eigen::Vector3d{1'000.0, 140.0, 5.0}, Eigen::Vector3d{0.0, 0.01, 0.001}};
  const Posterior sure{Eigen::VectorXd::Zero(3), 1e-8 * Eigen::MatrixXd::Identity(3, 3)};
  for (const double days : {0.01, 1.0, 100.0, 5'000.0})
    CHECK(test::smallest_eigenvalue(advance(sure, spread, drift, days, 0.0).covariance) > 0.0);
}

TEST_CASE("time: practice raises the practised topic only and makes us less sure of it", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 3);
  const Posterior before = after_answers(bank, 20, 45);
  const Posterior after = practised(before, 2);
  CHECK(after.mean[2] == Approx(before.mean[2] + practice_gain));
  CHECK(after.sd(2) > before.sd(2));
  CHECK(after.mean[1] == before.mean[1]);
  CHECK(after.covariance(1, 1) == before.covariance(1, 1));
}

TEST_CASE("time: a video does more for a novice, less each time, and by the part that was seen", "[engine]") {
  Catalogue bank = test::chain_bank(1, 5, 0.0);
  const auto gain = [&](double distance_below_cut, double fraction, int seen) {
    const Posterior before{Eigen::VectorXd::Constant(1, bank.topics[0].cut - distance_below_cut),
                           Eigen::MatrixXd::Constant(1, 1, 0.25)};
    return watched(before, bank, 0, fraction, seen).mean[0] - before.mean[0];
  };
  CHECK(gain(2.0, 1.0, 0) == Approx(video_gain_novice));
  CHECK(gain(0.5, 1.0, 0) == Approx(video_gain_other));
  CHECK(gain(2.0, 1.0, 2) == Approx(video_gain_novice / 4.0));
  CHECK(gain(2.0, 0.3, 0) == Approx(video_gain_novice * 0.3));
  CHECK(gain(2.0, 7.0, 0) == Approx(video_gain_novice));
  CHECK(gain(2.0, -1.0, 0) == 0.0);
}

TEST_CASE("time: mastery is the probability above the cut", "[engine]") {
  const Posterior belief{Eigen::VectorXd::Constant(1, 0.5), Eigen::MatrixXd::Constant(1, 1, 0.25)};
  CHECK(mastery(belief, 0, 0.5) == Approx(0.5));
  CHECK(mastery(belief, 0, 0.0) == Approx(0.8413447461).epsilon(1e-9));
  CHECK(mastery(belief, 0, -20.0) == Approx(1.0));
}

TEST_CASE("time: digests agree for equal beliefs and see a change of 1e-8 anywhere", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 3);
  const Posterior belief = after_answers(bank, 20, 46);
  CHECK(agree(digest(belief), digest(belief)));
  for (int k = 0; k < 5; ++k) {
    Posterior other = belief;
    other.mean[k] += 1e-8;
    CHECK_FALSE(agree(digest(belief), digest(other)));
    other = belief;
    other.covariance(k, (k + 2) % 5) += 1e-8;
    CHECK_FALSE(agree(digest(belief), digest(other)));
  }
  Posterior broken = belief;
  broken.mean[0] = std::nan("");
  CHECK_FALSE(agree(digest(broken), digest(broken)));
}
