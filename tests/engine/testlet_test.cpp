// Items that share a text: a row that comes and goes.
#include "engine/tracking/testlet.hpp"

#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;
using test::item_of;

namespace {

struct Covered {
  double ignored = 0.0, tracked = 0.0;
};

// Six texts of five items each, with .7 logits of their own.
Covered share_covered(std::uint64_t seed) {
  const int pupils = 4'000;
  const double spread = 0.7;
  Random random{seed};
  Covered covered;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const double truth = random.normal();
    Posterior ignoring = test::belief_of(0.0, 1.0);
    Posterior tracking = ignoring;
    for (int text = 0; text < 6; ++text) {
      const double shared = spread * random.normal();
      tracking = enter_testlet(std::move(tracking), spread);
      for (int i = 0; i < 5; ++i) {
        const CatalogueItem item = item_of(0, random.normal(), 1.3);
        const double z = 1.3 * (truth + shared - item.parameters.difficulty);
        const bool right = random.uniform() < irt::logistic(z);
        ignoring = update(std::move(ignoring), item, right).posterior;
        tracking = update(std::move(tracking), item, right).posterior;
      }
      tracking = leave_testlet(std::move(tracking));
    }
    covered.ignored += (std::abs(ignoring.mean(0) - truth) < 1.96 * ignoring.sd(0)) / double(pupils);
    covered.tracked += (std::abs(tracking.mean(0) - truth) < 1.96 * tracking.sd(0)) / double(pupils);
  }
  return covered;
}

}  // namespace

TEST_CASE("testlet: intervals hold when the shared part has a row, and not when it is ignored", "[engine]") {
  const Covered covered = share_covered(61);
  CHECK(covered.tracked > 0.93);
  CHECK(covered.tracked < 0.97);
  CHECK(covered.ignored < 0.91);
  testing::figure("tracking", "testlets: coverage with their row", ".93–.97", covered.tracked);
  testing::figure("tracking", "testlets: coverage when ignored", "–", covered.ignored);
}

TEST_CASE("testlet: leaving takes the row away and no topic's belief with it", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 2);
  Posterior within = enter_testlet(prior(bank, 0.0), 0.5);
  for (const int topic : {2, 0, 3}) within = update(std::move(within), item_of(topic, 0.2), true).posterior;
  const Posterior after = leave_testlet(within);
  CHECK(after.dimensions() == within.dimensions() - 1);
  CHECK(after.testlet_row == -1);
  CHECK((topic_means(after) - topic_means(within)).cwiseAbs().maxCoeff() == 0.0);
  CHECK((topic_covariance(after) - topic_covariance(within)).cwiseAbs().maxCoeff() == 0.0);
}

TEST_CASE("testlet: what the text explains is not held against the pupil", "[engine]") {
  const Posterior before = test::belief_of(0.0, 1.0);
  Posterior plain = before;
  Posterior within = enter_testlet(before, 1.0);
  for (int i = 0; i < 5; ++i) {
    plain = update(std::move(plain), item_of(0, 0.0), false).posterior;
    within = update(std::move(within), item_of(0, 0.0), false).posterior;
  }
  CHECK(within.mean(0) > plain.mean(0));
  CHECK(within.means[within.testlet_row] < 0.0);
}

TEST_CASE("testlet: the prediction knows of the text", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 2);
  Posterior within = update(prior(bank, 0.0), item_of(1, 0.0), true).posterior;
  within = enter_testlet(std::move(within), 0.7);
  within = update(std::move(within), item_of(1, 0.3), true).posterior;
  CatalogueItem item = item_of(2, 0.1);
  item.loadings.push_back({1, 0.4});
  CHECK(predict(within, item) == Approx(update(within, item, true).predicted).epsilon(1e-12));
}
