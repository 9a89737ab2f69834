// A hundred thousand answers: the plain covariance form against the square-root form.
#include <Eigen/Cholesky>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/practice.hpp"
#include "engine/tracking/square_root.hpp"
#include "engine/tracking/state.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

bool answer(const Eigen::VectorXd& abilities, const CatalogueItem& item, Random& random) {
  return random.uniform() <
         irt::probability(irt::log_odds(item, abilities), irt::asymptotes_of(item.parameters));
}

}  // namespace

TEST_CASE("stability: after 1e5 answers on 30 topics both forms agree to 1e-10 and stay definite",
          "[engine]") {
  Random random{21};
  const Catalogue bank = test::chain_bank(30, 1);
  const Posterior start = test::all_touched(prior(bank, 0.0));
  const Eigen::MatrixXd spread = prior_covariance(bank).llt().matrixL();
  const Eigen::VectorXd truth = spread * test::normals(30, random);
  Posterior plain = start;
  RootPosterior rooted = root_of(start);
  double difference = 0.0;
  for (int i = 1; i <= 100'000; ++i) {
    CatalogueItem item = test::random_item(30, random);
    item.parameters.difficulty += truth[item.topic()];
    const bool right = answer(truth, item, random);
    plain = update(std::move(plain), item, right).posterior;
    rooted = update(std::move(rooted), item, right);
    if (i % 10'000 != 0) continue;
    difference = std::max(difference, (plain.covariances - square(rooted)).cwiseAbs().maxCoeff());
    REQUIRE(difference < 1e-10);
    REQUIRE((plain.means - rooted.means).cwiseAbs().maxCoeff() < 1e-10);
    REQUIRE(test::smallest_eigenvalue(plain.covariances) > 0.0);
  }
  CHECK(plain.covariances == plain.covariances.transpose());
  testing::figure("tracking", "1e5 answers, 30 topics: plain against square-root form", "< 1e-10",
                  difference);
}

TEST_CASE("stability: a nearly singular prior stays definite in both forms", "[engine]") {
  Random random{22};
  const int topics = 10;
  Eigen::MatrixXd nearly_one = Eigen::MatrixXd::Constant(topics, topics, 1.0);
  nearly_one.diagonal().array() += 1e-8;
  Posterior plain = test::belief_of(Eigen::VectorXd::Zero(topics), nearly_one);
  RootPosterior rooted = root_of(plain);
  const Eigen::VectorXd truth = Eigen::VectorXd::Constant(topics, 0.3);
  for (int i = 0; i < 5'000; ++i) {
    const CatalogueItem item = test::random_item(topics, random);
    const bool right = answer(truth, item, random);
    plain = update(std::move(plain), item, right).posterior;
    rooted = update(std::move(rooted), item, right);
  }
  CHECK(test::smallest_eigenvalue(plain.covariances) > 0.0);
  CHECK(test::smallest_eigenvalue(square(rooted)) > 0.0);
  CHECK((plain.covariances - square(rooted)).cwiseAbs().maxCoeff() < 1e-10);
}

TEST_CASE("stability: 1e5 answers, practice and days keep the whole state finite and definite", "[engine]") {
  Random random{23};
  const Catalogue bank = test::chain_bank(30, 12);
  const Constants constants;
  State state = new_state(bank, 0.0);
  for (int i = 1; i <= 100'000; ++i) {
    const int item = random.below(static_cast<int>(bank.items.size()));
    const bool right = random.uniform() < predict(state, bank, item, constants);
    state = update(std::move(state), bank, item, right, constants).state;
    state.posterior = practised(std::move(state.posterior), bank.items[item].topic(), 0.0, 0.003);
    if (i % 20 == 0) state = advance(std::move(state), constants, 1.0, 0.0);
    if (i % 10'000 != 0) continue;
    REQUIRE(test::smallest_eigenvalue(state.posterior.covariances) > 0.0);
    REQUIRE(state.posterior.means.allFinite());
  }
  CHECK(state.posterior.covariances == state.posterior.covariances.transpose());
  CHECK(state.residuals.size() <= residual_limit);
  CHECK(state.residuals.size() > residual_limit / 2);
  for (const FastState& fast : state.fast) CHECK(fast.variance > 0.0);
  for (const Residual& residual : state.residuals) CHECK(residual.variance > 0.0);
}
