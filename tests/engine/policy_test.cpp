// The chain of a choice: its probabilities, who is never left with nothing, what may come back when.
#include <algorithm>
#include <map>
#include <set>

#include "engine/policy/stages.hpp"
#include "tests/engine/policy_support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::policy;
using namespace trede::test;

TEST_CASE("policy: the same belief and seed give the same choice", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 12);
  const tracking::Posterior belief = belief_at(bank, 2);
  const PupilContext context = new_context(bank);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Choice first = first_choice(belief, bank, context, seed);
    const Choice second = first_choice(belief, bank, context, seed);
    CHECK(first.item == second.item);
    CHECK(first.probability == second.probability);
  }
}

TEST_CASE("policy: no exercise comes back within twenty answers when the bank is rich enough", "[engine]") {
  Walk walk{test::chain_bank(6, 40), -0.5, 8};
  std::vector<int> given;
  for (int n = 0; n < 300; ++n) {
    const Step step = walk.step();
    if (step.choice.kind != ChoiceKind::Exercise) continue;
    const auto recent = given.end() - std::min<std::ptrdiff_t>(20, static_cast<std::ptrdiff_t>(given.size()));
    REQUIRE(std::find(recent, given.end(), step.choice.item) == given.end());
    given.push_back(step.choice.item);
  }
}

TEST_CASE("policy: exercises that vary come back after four answers, never twice in a row", "[engine]") {
  Catalogue bank = test::chain_bank(1, 6);
  for (CatalogueItem& item : bank.items) item.varies = true;
  Walk walk{bank, -1.0, 9};
  std::vector<int> given;
  for (int n = 0; n < 100; ++n) {
    const Step step = walk.step();
    if (step.choice.kind != ChoiceKind::Exercise) continue;
    const auto recent = given.end() - std::min<std::ptrdiff_t>(4, static_cast<std::ptrdiff_t>(given.size()));
    REQUIRE(std::find(recent, given.end(), step.choice.item) == given.end());
    given.push_back(step.choice.item);
  }
  CHECK(std::set<int>(given.begin(), given.end()).size() == 6);
}

TEST_CASE("policy: a pupil is never left with nothing while one exercise is in use", "[engine]") {
  for (int survivor = 0; survivor < 12; ++survivor) {
    Catalogue bank = test::chain_bank(4, 3);
    for (CatalogueItem& item : bank.items) item.status = ItemStatus::Retired;
    bank.items[survivor].status = ItemStatus::Active;
    bank.items[survivor].enrichment = survivor % 2 == 0;
    complete(bank);
    for (const double mean : {-3.0, 0.0, 4.0}) {
      Walk walk{bank, mean, 10};
      int exercises = 0;
      for (int n = 0; n < 30; ++n) {
        const Step step = walk.step();
        REQUIRE(step.choice.kind != ChoiceKind::Nothing);
        exercises += step.choice.kind == ChoiceKind::Exercise;
      }
      CHECK(exercises >= 20);
    }
  }
}

TEST_CASE("policy: a bank without exercises in use gives nothing, and says so", "[engine]") {
  Catalogue bank = test::chain_bank(3, 2);
  for (CatalogueItem& item : bank.items) item.status = ItemStatus::Retired;
  const Choice choice = first_choice(tracking::prior(bank, 0.0), bank, new_context(bank));
  CHECK(choice.kind == ChoiceKind::Nothing);
  CHECK(choice.reason == Reason::NothingLeft);
  CHECK(choice.probability == 1.0);
}

TEST_CASE("policy: retired exercises are never given", "[engine]") {
  Catalogue bank = test::chain_bank(4, 10);
  for (std::size_t i = 0; i < bank.items.size(); i += 2) bank.items[i].status = ItemStatus::Retired;
  Walk walk{bank, 0.0, 11};
  for (int n = 0; n < 200; ++n) {
    const Choice choice = walk.step().choice;
    if (choice.kind == ChoiceKind::Exercise) REQUIRE(bank.items[choice.item].status == ItemStatus::Active);
  }
}

TEST_CASE("policy: new topics open only when their prerequisites are more likely known than not",
          "[engine]") {
  Walk walk{test::chain_bank(8, 20), -1.0, 12};
  for (int n = 0; n < 300; ++n) {
    const Situation situation = look_at(walk.belief, walk.bank, walk.context, walk.effects);
    const Choice choice = walk.step().choice;
    if (choice.reason != Reason::Frontier && choice.reason != Reason::VideoForNew) continue;
    REQUIRE(situation.mastery[choice.topic] < mastered_from);
    for (const int needed : walk.bank.topics[choice.topic].prerequisites)
      REQUIRE(situation.mastery[needed] > prerequisite_from);
  }
}

TEST_CASE("policy: a topic without exercises does not block what builds on it", "[engine]") {
  Catalogue bank = test::chain_bank(3, 6);
  std::erase_if(bank.items, [](const CatalogueItem& item) { return item.topic() == 1; });
  complete(bank);
  const tracking::Posterior belief = belief_at(bank, 1);
  const PupilContext context = new_context(bank);
  CHECK(frontier(look_at(belief, bank, context, effects::first_guess(bank))) == std::vector<int>{2});
}

TEST_CASE("policy: the choice reports what it weighed", "[engine]") {
  const Catalogue bank = test::chain_bank(2, 80, 0.0);
  PupilContext context = new_context(bank);
  answer(context, bank, bank.topics[0].items[0], true);
  const tracking::Posterior belief = belief_at(bank, 0);
  const Choice choice = first_choice(belief, bank, context, 3);
  CHECK(choice.candidates == 79);
  CHECK(choice.alternatives == shortlist_length - 1);
  CHECK(choice.predicted == Approx(tracking::predict(belief, bank.items[choice.item])));
  CHECK(choice.mastery == Approx(tracking::mastery(belief, 0, bank.topics[0].cut)));
}

TEST_CASE("policy: a history moves along to a new version of the bank", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 4);
  PupilContext context = new_context(bank);
  answer(context, bank, 5, false);
  watched_video(context, bank, 1);
  context.plan = Plan{.topic = 1, .video_first = 2, .readiness_left = 3};
  const PupilContext moved =
      rebase(context, {.topics = {-1, 1, 0}, .items = {5, -1, 0}, .videos = {-1, 2, 1}});
  CHECK(moved.item_answered_at == std::vector<int>{1, -1, -1});
  CHECK(moved.last_item == 0);
  CHECK(moved.topics[1].failures_in_row == 1);
  CHECK(moved.topics[0].answers == 0);
  CHECK(moved.videos[2].times_seen == 1);
  CHECK(moved.easy_after_video == 1);
  CHECK(moved.plan->video_first == 1);
  CHECK_FALSE(rebase(context, {.topics = {0, 2}, .items = {}, .videos = {}}).plan.has_value());
}
