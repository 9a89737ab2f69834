// A belief moves to another version of the bank.
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::tracking;
using test::item_of;

namespace {

Catalogue bank_with_domains(const std::vector<int>& domains) {
  Catalogue bank;
  for (const int domain : domains) bank.topics.push_back({.domain = domain});
  complete(bank);
  return bank;
}

// Ten answers on the given topics, then three weeks without any.
Posterior history_on(const Catalogue& bank, const std::vector<int>& topics) {
  Random random{51};
  Posterior belief = prior(bank, 0.3);
  for (int i = 0; i < 10; ++i) {
    const CatalogueItem item = item_of(topics[i % topics.size()], 0.2 * i - 1.0, 1.3, 0.2);
    belief = update(std::move(belief), item, random.uniform() < 0.6).posterior;
  }
  return advance(std::move(belief), Drift{}, 21.0, 0.3);
}

double distance(const Posterior& first, const Posterior& second) {
  return std::max((topic_means(first) - topic_means(second)).cwiseAbs().maxCoeff(),
                  (topic_covariance(first) - topic_covariance(second)).cwiseAbs().maxCoeff());
}

}  // namespace

TEST_CASE("rebase: new topics are believed as if they had been there from the start", "[engine]") {
  const Catalogue small = bank_with_domains({0, 0, 1});
  const Catalogue large = bank_with_domains({0, 2, 0, 1, 1});
  const Posterior moved = rebase(history_on(small, {0, 1, 2}), large, {0, -1, 1, 2, -1}).posterior;
  CHECK(distance(moved, history_on(large, {0, 2, 3})) < 1e-12);
}

TEST_CASE("rebase: dropping a topic leaves the belief about the others as it was", "[engine]") {
  const Catalogue large = bank_with_domains({0, 0, 1, 1});
  const Catalogue small = bank_with_domains({1, 0});
  const Posterior before = history_on(large, {0, 1, 2});
  const Posterior after = rebase(before, small, {3, 0}).posterior;
  CHECK(after.mean(0) == before.mean(3));
  CHECK(after.mean(1) == before.mean(0));
  CHECK(after.covariance(0, 1) == before.covariance(3, 0));
  CHECK(after.covariance(1, 1) == before.covariance(0, 0));
}

TEST_CASE("rebase: a dropped topic still informs a new one of its domain", "[engine]") {
  const Catalogue from = bank_with_domains({0, 0, 1});
  const Catalogue to = bank_with_domains({5, 5, 3});  // domains numbered anew: 0 became 5, 1 became 3
  const Catalogue both = bank_with_domains({0, 0, 1, 0});
  const Posterior moved = rebase(history_on(from, {0, 1, 2}), to, {0, -1, 2}).posterior;
  const Posterior whole = history_on(both, {0, 1, 2});
  CHECK(moved.mean(1) == Approx(whole.mean(3)).epsilon(1e-12));
  CHECK(moved.covariance(1, 1) == Approx(whole.covariance(3, 3)).epsilon(1e-12));
  CHECK(moved.covariance(1, 0) == Approx(whole.covariance(3, 0)).epsilon(1e-12));
}

TEST_CASE("rebase: the same bank changes nothing", "[engine]") {
  const Catalogue bank = bank_with_domains({0, 1, 0});
  const Posterior before = history_on(bank, {0, 2});
  CHECK(distance(rebase(before, bank, {0, 1, 2}).posterior, before) == 0.0);
}

TEST_CASE("rebase: a bank of new topics only, joined through the general ability", "[engine]") {
  const Catalogue from = bank_with_domains({0});
  const Catalogue to = bank_with_domains({0, 1});
  const Posterior moved = rebase(history_on(from, {0}), to, {-1, -1}).posterior;
  CHECK(moved.topics() == 2);
  CHECK(test::smallest_eigenvalue(moved.covariances) > 0.0);
  CHECK(moved.covariance(0, 0) < 1.1);
}
