// A bank of five hundred topics of which a pupil meets twenty: the belief without rows for the rest.
#include <cmath>

#include "engine/tracking/practice.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

Catalogue wide_bank(int topics, int domains) {
  Catalogue bank;
  for (int k = 0; k < topics; ++k) bank.topics.push_back({.domain = k % domains});
  return bank;
}

// The next event of a pupil's year on some topics: answers, practice, days.
Posterior next(Posterior belief, const std::vector<int>& met, Random& random) {
  CatalogueItem item = test::item_of(met[random.below(static_cast<int>(met.size()))], random.normal());
  item.parameters.guessing = random.uniform() < 0.3 ? 0.25 : 0.0;
  if (random.uniform() < 0.3) item.loadings.push_back({met[0], 0.4});
  belief = update(std::move(belief), item, random.uniform() < 0.7).posterior;
  belief = practised(std::move(belief), item.topic(), 0.04, 0.003);
  return advance(std::move(belief), Drift{}, random.uniform() < 0.2 ? 3.0 : 0.0, 0.1);
}

// The same history in a belief with rows for all topics, and in one with rows for those that were met.
void check_equal(int topics, int domains, int met_topics, int events, std::uint64_t seed) {
  const Catalogue bank = wide_bank(topics, domains);
  std::vector<int> met;
  for (int i = 0; i < met_topics; ++i) met.push_back((i * 29 + 3) % topics);
  Posterior sparse = prior(bank, 0.2);
  Posterior dense = test::all_touched(sparse);
  Random for_sparse{seed}, for_dense{seed};
  for (int i = 0; i < events; ++i) {
    sparse = next(std::move(sparse), met, for_sparse);
    dense = next(std::move(dense), met, for_dense);
  }
  CHECK(sparse.dimensions() <= first_domain_row + domains + met_topics);
  CHECK((topic_means(sparse) - topic_means(dense)).cwiseAbs().maxCoeff() < 1e-12);
  CHECK((topic_covariance(sparse) - topic_covariance(dense)).cwiseAbs().maxCoeff() < 1e-12);
  CHECK(sparse.learning_rate() == Approx(dense.learning_rate()).margin(1e-12));
}

}  // namespace

TEST_CASE("sparse: a belief with rows for what was met says of every topic what a full one says",
          "[engine]") {
  check_equal(60, 5, 8, 200, 101);
}

TEST_CASE("sparse: five hundred topics of which twenty were met", "[engine][.slow]") {
  check_equal(500, 12, 20, 60, 102);
}

TEST_CASE("sparse: a topic touched later takes the place it always had", "[engine]") {
  const Catalogue bank = wide_bank(30, 3);
  Random random{103};
  Posterior belief = prior(bank, 0.0);
  for (int i = 0; i < 50; ++i) belief = next(std::move(belief), {2, 9, 11}, random);
  const Posterior after = touched(belief, 5);
  CHECK(after.dimensions() == belief.dimensions() + 1);
  CHECK((topic_means(after) - topic_means(belief)).cwiseAbs().maxCoeff() < 1e-14);
  CHECK((topic_covariance(after) - topic_covariance(belief)).cwiseAbs().maxCoeff() < 1e-14);
  CHECK(test::smallest_eigenvalue(after.covariances) > 0.0);
}
