// What is finished and what comes back; the first look at a new pupil; what teacher and pupil fix; new exercises.
#include <set>

#include "engine/policy/placement.hpp"
#include "engine/policy/stages.hpp"
#include "tests/engine/policy_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::policy;
using namespace trede::test;

namespace {

// Answers on a topic spread over some sessions.
void practise_topic(PupilContext& context, const Catalogue& bank, const tracking::Posterior& belief,
                    int topic, int answers, int sessions) {
  for (int n = 0; n < answers; ++n) {
    if (n > 0 && n % std::max(1, answers / sessions) == 0 && context.session + 1 < sessions)
      time_passes(context, 24.0 * 60.0, context.day + 1);
    answer(context, bank, bank.topics[topic].items[n], true);
    settle(context, bank, belief, bank.topics[topic].items[n]);
  }
}

}  // namespace

TEST_CASE("mastery: a topic is finished after six answers in two sessions, not before", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  const tracking::Posterior sure = belief_at(bank, 1);
  PupilContext one_session = new_context(bank);
  practise_topic(one_session, bank, sure, 0, 10, 1);
  CHECK_FALSE(one_session.topics[0].finished);
  PupilContext few = new_context(bank);
  practise_topic(few, bank, sure, 0, 4, 2);
  CHECK_FALSE(few.topics[0].finished);
  PupilContext enough = new_context(bank);
  practise_topic(enough, bank, sure, 0, 6, 2);
  CHECK(enough.topics[0].finished);
}

TEST_CASE("mastery: what is finished stays so until answers speak clearly against it", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = belief_at(bank, 1);
  practise_topic(context, bank, belief, 0, 6, 2);
  set_ability(belief, bank, 0, 0.3, 0.4);  // P(mastery) .77
  settle(context, bank, belief, bank.topics[0].items[0]);
  CHECK(context.topics[0].finished);
  CHECK(frontier(look_at(belief, bank, context, effects::first_guess(bank))) == std::vector<int>{1});
  set_ability(belief, bank, 0, 0.1, 0.4);  // .60
  settle(context, bank, belief, bank.topics[0].items[0]);
  CHECK_FALSE(context.topics[0].finished);
}

TEST_CASE("mastery: a topic is finished at a higher level where nine in ten of its exercises come right", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = belief_at(bank, 1);
  practise_topic(context, bank, belief, 0, 6, 2);  // 1.5 ± .3 above the cut: P(higher) .990
  CHECK(context.topics[0].finished_higher);
  PupilContext plain = new_context(bank);
  set_ability(belief, bank, 0, 1.2, 0.3);  // .91
  practise_topic(plain, bank, belief, 0, 6, 2);
  CHECK(plain.topics[0].finished);
  CHECK_FALSE(plain.topics[0].finished_higher);
  set_ability(belief, bank, 0, 1.3, 0.3);  // .952: later counts as well
  settle(plain, bank, belief, bank.topics[0].items[0]);
  CHECK(plain.topics[0].finished_higher);
  PupilContext few = new_context(bank);
  practise_topic(few, bank, belief, 0, 6, 1);
  CHECK_FALSE(few.topics[0].finished_higher);
}

TEST_CASE("mastery: the higher level goes with the topic only, and never before it", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = belief_at(bank, 1);
  practise_topic(context, bank, belief, 0, 6, 2);
  set_ability(belief, bank, 0, 0.3, 0.4);  // P(mastery) .77, P(higher) .11
  settle(context, bank, belief, bank.topics[0].items[0]);
  CHECK(context.topics[0].finished_higher);
  set_ability(belief, bank, 0, 0.1, 0.4);  // .60
  settle(context, bank, belief, bank.topics[0].items[0]);
  CHECK_FALSE(context.topics[0].finished);
  CHECK_FALSE(context.topics[0].finished_higher);
}

TEST_CASE("mastery: of the topics declared finished one in twenty is not", "[engine]") {
  int declared = 0, wrongly = 0;
  for (std::uint64_t pupil = 1; pupil <= 150; ++pupil) {
    Walk walk(test::chain_bank(6, 20), 0.5, pupil);
    for (int n = 1; n <= 200; ++n) {
      const auto before = walk.context.topics;
      const int topic = walk.step().choice.topic;
      if (!before[topic].finished && walk.context.topics[topic].finished) {
        ++declared;
        wrongly += walk.pupil.ability[topic] < walk.bank.topics[topic].cut;
      }
      if (n % 20 == 0) time_passes(walk.context, 24.0 * 60.0, walk.context.day + 1);
    }
  }
  CHECK(declared > 300);
  testing::figure("policy", "mastery: finished and yet below the cut", "≤ .06", 1.0 * wrongly / declared);
  CHECK(wrongly <= 0.06 * declared);
}

TEST_CASE("mastery: who asks for hard exercises may prove a higher level within reach, others go on", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = belief_at(bank, 1);
  set_ability(belief, bank, 0, 1.0, 0.3);  // P(higher) .75
  practise_topic(context, bank, belief, 0, 6, 2);
  for (const Level level : {Level::Adaptive, Level::Easy, Level::Middle}) {
    context.steering.level = level;
    CHECK(share_of(all_choices(belief, bank, context), Reason::HigherLevel) == 0.0);
  }
  context.steering.level = Level::Hard;
  const std::vector<Choice> hard = all_choices(belief, bank, context);
  CHECK(share_of(hard, Reason::HigherLevel) == Approx(higher_share));
  CHECK(total_probability(hard) == Approx(1.0));
  context.steering.topics = {1};
  CHECK(share_of(all_choices(belief, bank, context), Reason::HigherLevel) == 0.0);
  context.steering.topics = {};
  set_ability(belief, bank, 0, 0.7, 0.3);  // .37: out of reach
  CHECK(share_of(all_choices(belief, bank, context), Reason::HigherLevel) == 0.0);
  set_ability(belief, bank, 0, 1.4, 0.3);
  settle(context, bank, belief, bank.topics[0].items[0]);
  CHECK(context.topics[0].finished_higher);
  CHECK(share_of(all_choices(belief, bank, context), Reason::HigherLevel) == 0.0);
}

TEST_CASE("review: what was finished comes back when it may be fading, one exercise in five", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 20);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = belief_at(bank, 2);
  practise_topic(context, bank, belief, 0, 6, 2);
  CHECK(share_of(all_choices(belief, bank, context), Reason::Review) == 0.0);
  set_ability(belief, bank, 0, 0.3, 0.4);
  CHECK(share_of(all_choices(belief, bank, context), Reason::Review) == Approx(review_share));
}

TEST_CASE("review: a holiday leaves no pile, a day has its share", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 40);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = belief_at(bank, 2);
  practise_topic(context, bank, belief, 0, 6, 2);
  set_ability(belief, bank, 0, 0.3, 0.4);
  for (int n = 0; n < reviews_a_day; ++n)
    answered(context, bank, {.item = bank.topics[0].items[10 + n], .right = true, .reason = Reason::Review});
  CHECK(share_of(all_choices(belief, bank, context), Reason::Review) == 0.0);
  time_passes(context, 1000.0, context.day + 1);
  CHECK(share_of(all_choices(belief, bank, context), Reason::Review) == Approx(review_share));
}

TEST_CASE("review: what was mastered within one session is asked again in another", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 20);
  PupilContext context = new_context(bank);
  const tracking::Posterior belief = belief_at(bank, 1);
  practise_topic(context, bank, belief, 0, 4, 1);
  CHECK(share_of(all_choices(belief, bank, context), Reason::Review) == 0.0);
  time_passes(context, 60.0, 0);
  CHECK(share_of(all_choices(belief, bank, context), Reason::Review) == Approx(review_share));
}

TEST_CASE("placement: eight to fifteen exercises, starting where success is likely", "[engine]") {
  double exercises = 0.0;
  double right = 0.0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Random random{seed};
    Walk walk{test::chain_bank(10, 30, -2.0), 0.5 * random.normal(), seed};
    begin_placement(walk.context);
    const Step first = walk.step();
    REQUIRE(first.choice.reason == Reason::Placement);
    CHECK(std::abs(first.choice.predicted - placement_start) < 0.13);
    int given = 1;
    right += first.right;
    while (walk.context.placement.open) {
      const Step step = walk.step();
      REQUIRE(step.choice.reason == Reason::Placement);
      right += step.right;
      ++given;
    }
    const bool all_left_alone = placement_items(walk.belief, walk.bank, walk.context).empty();
    CHECK((given >= placement_least || all_left_alone));
    CHECK(given <= placement_most);
    exercises += given;
  }
  testing::figure("policy", "placement: exercises, mean of 60 pupils", "8–15", exercises / 60.0);
  testing::figure("policy", "placement: share right", "≥ .5", right / exercises);
  CHECK(right / exercises > 0.55);
}

TEST_CASE("placement: a topic is left alone after two failures, and what builds on it", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 20);
  PupilContext context = new_context(bank);
  begin_placement(context);
  fail_on(context, bank, 2, 2);
  for (const Choice& choice : all_choices(tracking::prior(bank, 0.0), bank, context)) {
    REQUIRE(choice.reason == Reason::Placement);
    CHECK(choice.topic < 2);
  }
}

TEST_CASE("placement: it may be skipped", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 20);
  PupilContext context = new_context(bank);
  begin_placement(context);
  skip_placement(context);
  CHECK(share_of(all_choices(tracking::prior(bank, 0.0), bank, context), Reason::Placement) == 0.0);
}

TEST_CASE("placement: about a new subject it asks nothing else", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 20);
  PupilContext context = new_context(bank);
  begin_placement(context, {2, 3});
  for (const Choice& choice : all_choices(tracking::prior(bank, 0.0), bank, context)) {
    CHECK(choice.reason == Reason::Placement);
    CHECK((choice.topic == 2 || choice.topic == 3));
  }
  const Mapping gone{{0, 1}, std::vector<int>(40, -1), {}};  // the new bank lacks the subject again
  CHECK_FALSE(rebase(context, gone).placement.open);
}

TEST_CASE("steering: a topic the teacher asks for is practised, what it builds on known or not", "[engine]") {
  const Catalogue bank = test::chain_bank(6, 20);
  PupilContext context = new_context(bank);
  context.steering.topics = {4};
  for (const Choice& choice : all_choices(belief_at(bank, 0), bank, context)) CHECK(choice.topic == 4);
}

TEST_CASE("steering: practice stays within this week's topics while they have something to learn",
          "[engine]") {
  const Catalogue bank = test::chain_bank(6, 20);
  PupilContext context = new_context(bank);
  context.steering.topics = {1};
  tracking::Posterior belief = belief_at(bank, 1);
  for (const Choice& choice : all_choices(belief, bank, context)) CHECK(choice.topic == 1);
  set_ability(belief, bank, 1, 1.5, 0.3);  // done: on with the others
  for (const Choice& choice : all_choices(belief, bank, context)) CHECK(choice.topic == 2);
}

TEST_CASE("steering: what must be done comes before what may be done", "[engine]") {
  Catalogue bank = test::chain_bank(6, 20);
  for (CatalogueTopic& topic : bank.topics) topic.prerequisites.clear();
  complete(bank);
  PupilContext context = new_context(bank);
  context.steering.must_do = {4};
  CHECK(frontier(look_at(belief_at(bank, 0), bank, context, effects::first_guess(bank))).front() == 4);
}

TEST_CASE("steering: a blocked exercise is never given", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 3);
  PupilContext context = new_context(bank);
  context.steering.blocked_items = {0, 1};
  for (const Choice& choice : all_choices(belief_at(bank, 0), bank, context))
    CHECK((choice.kind == ChoiceKind::Video || choice.item == 2));
  context.steering.blocked_items = {0, 1, 2};
  CHECK(first_choice(belief_at(bank, 0), bank, context).reason == Reason::NothingLeft);
}

TEST_CASE("policy: new exercises take an eighth of the turns, at a level that suits", "[engine]") {
  Catalogue bank = test::chain_bank(2, 40);
  for (int i = 0; i < 40; i += 4) bank.items[i].status = ItemStatus::Seeding;
  complete(bank);
  const std::vector<Choice> choices = all_choices(belief_at(bank, 0), bank, new_context(bank));
  CHECK(share_of(choices, Reason::Seeding) == Approx(seeding_share));
  for (const Choice& choice : choices)
    if (choice.reason == Reason::Seeding) CHECK(choice.predicted == Approx(0.7).margin(0.22));
}

TEST_CASE("policy: when all of a topic is too easy the strongest get what is above it", "[engine]") {
  Catalogue bank = test::chain_bank(1, 10, -4.0);
  PupilContext context = new_context(bank);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  bank.topics[0].cut = 1.0;  // the topic is not mastered and yet nothing in it is a challenge
  set_ability(belief, bank, 0, 0.0, 0.5);
  CHECK(first_choice(belief, bank, context).gap == Gap::NothingHarder);
  bank.items.push_back(test::item_of(0, -0.5));
  bank.items.back().enrichment = true;
  const double cut = bank.topics[0].cut;
  complete(bank);
  bank.topics[0].cut = cut;
  CHECK(first_choice(belief, bank, new_context(bank)).reason == Reason::Enrichment);
}

TEST_CASE("policy: while a topic is to be learned, nothing above it that is out of reach comes instead",
          "[engine]") {
  Catalogue bank = test::chain_bank(1, 10, -4.0);
  bank.items.push_back(test::item_of(0, 4.0));
  bank.items.back().enrichment = true;
  complete(bank);
  bank.topics[0].cut = 1.0;
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  set_ability(belief, bank, 0, 0.0, 0.5);
  CHECK(share_of(all_choices(belief, bank, new_context(bank)), Reason::Enrichment) == 0.0);
}

TEST_CASE("policy: an exercise that fails twice against all expectation is suspected", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 10);
  PupilContext context = new_context(bank);
  answered(context, bank, {.item = 3, .right = false, .predicted = 0.96});
  CHECK(suspect_item(context) == -1);
  answered(context, bank, {.item = 4, .right = false, .predicted = 0.6});
  answered(context, bank, {.item = 3, .right = false, .predicted = 0.97});
  CHECK(suspect_item(context) == 3);
  answered(context, bank, {.item = 3, .right = true, .predicted = 0.9});
  CHECK(suspect_item(context) == -1);
}

TEST_CASE("policy: an answer too fast to have been read counts as no failure", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 10);
  PupilContext context = new_context(bank);
  answered(context, bank, {.item = 0, .right = false, .rapid = true});
  CHECK(context.recent_failures == 0);
  CHECK(context.topics[0].failures_in_row == 0);
  CHECK(context.topics[0].answers == 1);
  CHECK(context.item_answered_at[0] == 1);
}
