// Time, practice and videos: how a belief moves between answers.
#include <cmath>

#include "engine/tracking/practice.hpp"
#include "engine/tracking/practice.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

// A belief made sharp by some answers.
Posterior posterior_after(const Catalogue& bank, int answers, std::uint64_t seed) {
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
  CHECK(topic_means(belief) == Eigen::VectorXd::Constant(6, -0.7));
  CHECK(belief.learning_rate() == 0.0);
  CHECK(belief.learning_rate_sd() == Approx(0.45));
  CHECK(belief.covariance(0, 0) == Approx(1.0));
  CHECK(belief.covariance(0, 3) == Approx(0.65));  // same domain
  CHECK(belief.covariance(0, 1) == Approx(0.49));
}

TEST_CASE("time: days away widen every ability and pull it towards the cohort", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 4);
  const Posterior before = posterior_after(bank, 60, 41);
  const Posterior after = advance(before, Drift{}, 42.0, 0.0);
  for (int topic = 0; topic < 6; ++topic) {
    CHECK(after.sd(topic) > before.sd(topic));
    CHECK(std::abs(after.mean(topic)) < std::abs(before.mean(topic)));
  }
}

TEST_CASE("time: six weeks make an ability of sd .30 one of sd .43", "[engine]") {
  const Posterior before = test::belief_of(0.0, 0.09);
  CHECK(advance(before, Drift{}, 42.0, 0.0).sd(0) == Approx(0.43).margin(0.005));
}

TEST_CASE("time: no days or a clock that went back change nothing", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 3);
  const Posterior before = posterior_after(bank, 20, 42);
  for (const double days : {0.0, -3.0}) {
    CHECK(advance(before, Drift{}, days, 0.5).means == before.means);
    CHECK(advance(before, Drift{}, days, 0.5).covariances == before.covariances);
  }
}

TEST_CASE("time: a hundred years lead back to the cohort", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 3);
  const Posterior after = advance(posterior_after(bank, 30, 43), Drift{}, 36'500.0, 0.4);
  CHECK((topic_means(after).array() - 0.4).abs().maxCoeff() < 1e-12);
}

TEST_CASE("time: without diffusion a pupil of the cohort stays one", "[engine]") {
  const Posterior start = test::all_touched(prior(test::chain_bank(5, 1), 0.2));
  const Posterior after = advance(start, Drift{300.0, 0.0}, 100.0, 0.2);
  CHECK((after.covariances - start.covariances).cwiseAbs().maxCoeff() < 1e-14);
  CHECK((after.means - start.means).cwiseAbs().maxCoeff() < 1e-14);
}

TEST_CASE("time: two halves of a period are the whole", "[engine]") {
  const Drift drift{300.0, 0.0};
  const Posterior before = posterior_after(test::chain_bank(5, 3), 30, 44);
  const Posterior whole = advance(before, drift, 50.0, 0.1);
  const Posterior halves = advance(advance(before, drift, 20.0, 0.1), drift, 30.0, 0.1);
  CHECK((whole.covariances - halves.covariances).cwiseAbs().maxCoeff() < 1e-13);
  CHECK((whole.means - halves.means).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("time: an untouched topic ages as if it had a row", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 3);
  Posterior implicit = prior(bank, 0.1);
  Posterior explicit_ = test::all_touched(implicit);
  for (int i = 0; i < 10; ++i) {
    implicit =
        advance(update(std::move(implicit), bank.items[i % 6], i % 3 != 0).posterior, Drift{}, 9.0, 0.2);
    explicit_ =
        advance(update(std::move(explicit_), bank.items[i % 6], i % 3 != 0).posterior, Drift{}, 9.0, 0.2);
  }
  CHECK(implicit.dimensions() < explicit_.dimensions());
  CHECK((topic_means(implicit) - topic_means(explicit_)).cwiseAbs().maxCoeff() < 1e-13);
  CHECK((topic_covariance(implicit) - topic_covariance(explicit_)).cwiseAbs().maxCoeff() < 1e-13);
}

TEST_CASE("time: days leave the learning rate alone and its tie to what was practised fades", "[engine]") {
  const Posterior before = practised(prior(test::chain_bank(3, 1), 0.0), 1, 0.1, 0.0);
  const Posterior after = advance(before, Drift{}, 100.0, 0.0);
  const int row = before.rows[1].own;
  CHECK(after.learning_rate_sd() == before.learning_rate_sd());
  CHECK(after.covariances(row, learning_rate_row) ==
        Approx(std::exp(-0.1) * before.covariances(row, learning_rate_row)));
}

TEST_CASE("time: practice raises the practised topic only and makes us less sure of it", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 3);
  const Posterior before = posterior_after(bank, 20, 45);
  const Posterior after = practised(before, 2, 0.04, 0.004);
  CHECK(after.mean(2) == Approx(before.mean(2) + 0.04 * expected_rate(before)));
  CHECK(after.sd(2) > before.sd(2));
  CHECK(after.mean(1) == before.mean(1));
  CHECK(after.covariance(1, 1) == before.covariance(1, 1));
}

TEST_CASE("time: practice is the linear shift F of the whole belief", "[engine]") {
  const Posterior before = practised(posterior_after(test::chain_bank(4, 3), 20, 47), 1, 0.1, 0.0);
  const int row = before.rows[2].own;
  Eigen::MatrixXd shift = Eigen::MatrixXd::Identity(before.dimensions(), before.dimensions());
  shift(row, learning_rate_row) = 0.08;
  Eigen::MatrixXd expected = shift * before.covariances * shift.transpose();
  expected(row, row) += 0.003;
  const Posterior after = practised(before, 2, 0.08, 0.003);
  CHECK((after.covariances - expected).cwiseAbs().maxCoeff() < 1e-15);
  CHECK(after.covariances == after.covariances.transpose());
}

TEST_CASE("time: a wild gain ties topic and rate no more than .15 does, a negative one not at all",
          "[engine]") {
  const Posterior before = prior(test::chain_bank(2, 1), 0.0);
  const auto tie = [&](double gain) {
    const Posterior after = practised(before, 1, gain, 0.0);
    return after.covariances(after.rows[1].own, learning_rate_row);
  };
  CHECK(tie(5.0) == tie(0.15));
  CHECK(tie(-1.0) == 0.0);
}

TEST_CASE("time: even who seems to learn nothing is believed to gain a tenth", "[engine]") {
  Posterior before = prior(test::chain_bank(2, 1), 0.0);
  before.means[learning_rate_row] = -3.0;
  CHECK(practised(before, 1, 0.1, 0.0).mean(1) == Approx(0.01));
}

TEST_CASE("time: mastery is the probability above the cut", "[engine]") {
  const Posterior belief = test::belief_of(0.5, 0.25);
  CHECK(mastery(belief, 0, 0.5) == Approx(0.5));
  CHECK(mastery(belief, 0, 0.0) == Approx(0.8413447461).epsilon(1e-9));
  CHECK(mastery(belief, 0, -20.0) == Approx(1.0));
}

TEST_CASE("time: digests agree for equal beliefs and see a change of 1e-8 anywhere", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 3);
  const Posterior belief = posterior_after(bank, 20, 46);
  CHECK(agree(digest(belief), digest(belief)));
  for (int k = 0; k < belief.dimensions(); ++k) {
    Posterior other = belief;
    other.means[k] += 1e-8;
    CHECK_FALSE(agree(digest(belief), digest(other)));
    other = belief;
    other.covariances(k, (k + 2) % belief.dimensions()) += 1e-8;
    CHECK_FALSE(agree(digest(belief), digest(other)));
  }
  Posterior broken = belief;
  broken.means[0] = std::nan("");
  CHECK_FALSE(agree(digest(broken), digest(broken)));
}
