// A dry run of a bank says what its authors would want to know.
#include "engine/lab/bank_walk.hpp"

#include <numeric>

#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::lab;

namespace {

constexpr WalkOptions short_walk = {.pupils = 4, .weeks = 4, .workers = 2};

// Two topics; the second has exercises far too hard for everybody.
Catalogue bank_with_riddles() {
  Catalogue bank = test::chain_bank(2, 12, 0.0);
  for (CatalogueItem& item : bank.items)
    if (item.topic() == 1) item.parameters.difficulty += 4.0;
  bank.topics[0].prerequisites = {};
  bank.topics[1].prerequisites = {};
  complete(bank);
  return bank;
}

}  // namespace

TEST_CASE("dry run: it is the same for every number of workers", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  WalkOptions options = short_walk;
  const BankWalk together = walk(bank, options);
  options.workers = 1;
  const BankWalk alone = walk(bank, options);
  REQUIRE(alone.mastered == together.mastered);
  for (std::size_t i = 0; i < bank.items.size(); ++i) CHECK(alone.items[i].given == together.items[i].given);
}

TEST_CASE("dry run: what is given adds up", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  const BankWalk all = walk(bank, short_walk);
  int given = 0, answers = 0, of_topics = 0;
  for (const ItemUse& item : all.items) {
    given += item.given;
    CHECK(item.pupils <= 4);
  }
  for (const WalkedPupil& pupil : all.pupils) answers += pupil.answers;
  for (const TopicUse& topic : all.topics) of_topics += topic.answers;
  CHECK(given == answers);
  CHECK(of_topics == answers);
  CHECK(all.mastered.size() == 4);
}

TEST_CASE("dry run: a topic of riddles asks for easier exercises", "[engine]") {
  const BankWalk all = walk(bank_with_riddles(), short_walk);
  const TopicUse& riddles = all.topics[1];
  REQUIRE(riddles.answers > 0);
  const auto sum = [](const auto& bins) { return std::accumulate(bins.begin(), bins.end(), 0); };
  CHECK(riddles.nothing_easier > 0);
  CHECK(sum(riddles.too_hard) > 2 * sum(riddles.too_easy));
}

TEST_CASE("dry run: a pupil far above the bank gets gifts and comes to the end", "[engine]") {
  WalkOptions options = short_walk;
  options.cohort_mean = 6.0;
  options.all_alike = true;
  const BankWalk all = walk(test::chain_bank(2, 8), options);
  for (const WalkedPupil& pupil : all.pupils) {
    CHECK(pupil.gifts > 0.9 * pupil.answers);
    CHECK(pupil.weeks_to_end >= 1);
  }
}

TEST_CASE("dry run: a bank with nothing in use leaves every session empty", "[engine]") {
  Catalogue bank = test::chain_bank(2, 3);
  for (CatalogueItem& item : bank.items) item.status = ItemStatus::Retired;
  const BankWalk all = walk(bank, short_walk);
  for (const WalkedPupil& pupil : all.pupils) {
    CHECK(pupil.answers == 0);
    CHECK(pupil.left_empty == short_walk.weeks * short_walk.sessions_a_week);
  }
}
