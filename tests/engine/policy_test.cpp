// The next step: never nothing, no repetition, prerequisites, videos, the teacher's lesson.
#include "engine/policy/choice.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/lab/simulated_pupil.hpp"
#include "engine/policy/stages.hpp"
#include "engine/tracking/effects.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::policy;

namespace {

struct Step {
  Choice choice;
  bool right = false;
};

// One simulated pupil following the policy, as the server would let it.
struct Walk {
  Catalogue bank;
  Random random;
  lab::SimulatedPupil pupil;
  tracking::Posterior belief;
  PupilContext context;
  std::uint64_t seed;

  Walk(Catalogue catalogue, double mean, std::uint64_t first_seed)
      : bank(std::move(catalogue)),
        random(first_seed),
        pupil(lab::simulate_pupil(bank, mean, random)),
        belief(tracking::prior(bank, mean)),
        context(new_context(bank)),
        seed(first_seed) {}

  Step step() {
    Step taken{choose(belief, bank, context, mix(seed, seed_count++)), false};
    if (taken.choice.kind == ChoiceKind::Video) {
      belief = tracking::watched(belief, bank, taken.choice.video, 1.0, context.videos[taken.choice.video].times_seen);
      watched_video(context, bank, taken.choice.video);
      pupil.watch(bank, taken.choice.video);
    }
    if (taken.choice.kind == ChoiceKind::Exercise) {
      const CatalogueItem& item = bank.items[taken.choice.item];
      taken.right = pupil.answers(item, random);
      belief = tracking::practised(tracking::update(belief, item, taken.right).posterior, taken.choice.topic);
      answered(context, bank, taken.choice.item, taken.right);
      pupil.practise(item);
    }
    return taken;
  }

 private:
  std::uint64_t seed_count = 0;
};

void set_ability(tracking::Posterior& belief, const Catalogue& bank, int topic, double above_cut, double sd) {
  belief.covariance.row(topic).setZero();
  belief.covariance.col(topic).setZero();
  belief.covariance(topic, topic) = sd * sd;
  belief.mean[topic] = bank.topics[topic].cut + above_cut;
}

// A belief in which the first `mastered` topics of a chain are known well and the next is 1 below its cut.
tracking::Posterior belief_at(const Catalogue& bank, int mastered) {
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  for (int k = 0; k < belief.topics(); ++k) set_ability(belief, bank, k, k < mastered ? 1.5 : -1.0, 0.3);
  return belief;
}

double probability_of(const std::vector<Choice>& choices, auto condition) {
  double sum = 0.0;
  for (const Choice& choice : choices)
    if (condition(choice)) sum += choice.probability;
  return sum;
}

double share_of(const std::vector<Choice>& choices, Reason reason) {
  return probability_of(choices, [&](const Choice& choice) { return choice.reason == reason; });
}

double total_probability(const std::vector<Choice>& choices) {
  return probability_of(choices, [](const Choice&) { return true; });
}

void fail_on(PupilContext& context, const Catalogue& bank, int topic, int times) {
  for (int i = 0; i < times; ++i) answered(context, bank, bank.topics[topic].items[i], false);
}

}  // namespace

TEST_CASE("policy: the same belief and seed give the same choice", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 12);
  const tracking::Posterior belief = belief_at(bank, 2);
  const PupilContext context = new_context(bank);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Choice first = choose(belief, bank, context, seed);
    const Choice second = choose(belief, bank, context, seed);
    CHECK(first.item == second.item);
    CHECK(first.probability == second.probability);
  }
}

TEST_CASE("policy: the probabilities of all possible choices add up to one", "[engine]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Walk walk{test::chain_bank(8, 3 + static_cast<int>(seed) * 4), -1.5 + 0.15 * static_cast<double>(seed), seed};
    for (int n = 0; n < 60; ++n) {
      REQUIRE(std::abs(total_probability(possible_choices(walk.belief, walk.bank, walk.context)) - 1.0) < 1e-9);
      walk.step();
    }
  }
}

TEST_CASE("policy: the stored probability is how often the choice is made", "[engine]") {
  Walk walk{test::chain_bank(6, 30), 0.0, 7};
  for (int n = 0; n < 40; ++n) walk.step();
  std::map<std::pair<int, int>, double> expected, seen;
  for (const Choice& choice : possible_choices(walk.belief, walk.bank, walk.context))
    expected[{choice.item, choice.video}] += choice.probability;
  const int draws = 100'000;
  for (int seed = 0; seed < draws; ++seed) {
    const Choice choice = choose(walk.belief, walk.bank, walk.context, static_cast<std::uint64_t>(seed));
    REQUIRE(expected.at({choice.item, choice.video}) == Approx(choice.probability));
    seen[{choice.item, choice.video}] += 1.0 / draws;
  }
  CHECK(expected.size() > 30);
  for (const auto& [choice, probability] : expected)
    CHECK(std::abs(seen[choice] - probability) < 5.0 * std::sqrt(probability / draws) + 1e-5);
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
  for (CatalogueItem& item : bank.items) item.draws = 100;
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
  const Choice choice = choose(tracking::prior(bank, 0.0), bank, new_context(bank), 1);
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

TEST_CASE("policy: new topics open only when their prerequisites are more likely known than not", "[engine]") {
  Walk walk{test::chain_bank(8, 20), -1.0, 12};
  for (int n = 0; n < 300; ++n) {
    const Situation situation = look_at(walk.belief, walk.bank, walk.context);
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
  CHECK(frontier(look_at(belief, bank, context)) == std::vector<int>{2});
}

TEST_CASE("policy: exercises are aimed at three right in four, or at what the pupil asked", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 200, 0.0);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  set_ability(belief, bank, 0, -0.3, 0.3);
  for (const auto& [level, target] : std::map<Level, double>{{Level::Easy, 0.9}, {Level::Middle, 0.75}, {Level::Hard, 0.6}}) {
    PupilContext context = new_context(bank);
    context.topics[0].answers = 5;
    context.level = level;
    double mean = 0.0;
    for (const Choice& choice : possible_choices(belief, bank, context)) mean += choice.probability * choice.predicted;
    CHECK(mean == Approx(target).margin(0.04));
  }
}

TEST_CASE("policy: after five wrong of eight exercises become easier", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 60, 0.0);
  PupilContext context = new_context(bank);
  for (int i = 0; i < 8; ++i) answered(context, bank, i, i % 3 == 2 || i == 0);
  CHECK(choose(belief_at(bank, 0), bank, context, 1).target == target_discouraged);
}

TEST_CASE("policy: one exercise in five repeats what was mastered before", "[engine]") {
  const Catalogue bank = test::chain_bank(5, 10);
  PupilContext context = new_context(bank);
  const tracking::Posterior belief = belief_at(bank, 2);
  CHECK(share_of(possible_choices(belief, bank, context), Reason::Review) == 0.0);  // nothing practised yet
  answered(context, bank, bank.topics[0].items[0], true);
  const std::vector<Choice> choices = possible_choices(belief, bank, context);
  CHECK(share_of(choices, Reason::Review) == Approx(review_share));
  CHECK(probability_of(choices, [](const Choice& choice) { return choice.topic == 0; }) == Approx(review_share));
}

TEST_CASE("policy: who masters everything gets what is above the curriculum", "[engine]") {
  Catalogue bank = test::chain_bank(3, 8);
  bank.items.push_back(test::item_of(2, 3.0));
  bank.items.back().enrichment = true;
  complete(bank);
  const PupilContext context = new_context(bank);
  const std::vector<Choice> top = possible_choices(belief_at(bank, 3), bank, context);
  CHECK(share_of(top, Reason::Enrichment) == Approx(1.0));
  CHECK(top.front().item == static_cast<int>(bank.items.size()) - 1);
  const std::vector<Choice> middle = possible_choices(belief_at(bank, 2), bank, context);
  CHECK(probability_of(middle, [&](const Choice& choice) { return choice.item == top.front().item; }) == 0.0);
}

TEST_CASE("policy: a new topic that is far too hard starts with its video, nine times in ten", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  tracking::Posterior belief = belief_at(bank, 1);
  set_ability(belief, bank, 1, -4.0, 0.3);
  PupilContext context = new_context(bank);
  CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForNew) == Approx(video_offer));
  context.topics[1].answers = 2;
  CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForNew) == 0.0);
  context.topics[1].answers = 0;
  set_ability(belief, bank, 1, -1.0, 0.3);
  CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForNew) == 0.0);
}

TEST_CASE("policy: three wrong of the last four on a topic bring its video", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  const tracking::Posterior belief = belief_at(bank, 0);
  PupilContext context = new_context(bank);
  fail_on(context, bank, 0, 2);
  CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForStuck) == 0.0);
  answered(context, bank, bank.topics[0].items[3], true);
  answered(context, bank, bank.topics[0].items[4], false);
  CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForStuck) == Approx(video_offer));
}

TEST_CASE("policy: after a video comes a likely success on its topic", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  PupilContext context = new_context(bank);
  fail_on(context, bank, 0, 3);
  watched_video(context, bank, 0);
  for (const Choice& choice : possible_choices(belief_at(bank, 0), bank, context)) {
    REQUIRE(choice.reason == Reason::EasyAfterVideo);
    REQUIRE(choice.topic == 0);
    REQUIRE(choice.target == Approx(target_after_video));
  }
  answered(context, bank, bank.topics[0].items[0], true);
  CHECK(share_of(possible_choices(belief_at(bank, 0), bank, context), Reason::EasyAfterVideo) == 0.0);
}

TEST_CASE("policy: a video rests five answers and is offered three times at most", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 40);
  const tracking::Posterior belief = belief_at(bank, 0);
  PupilContext context = new_context(bank);
  fail_on(context, bank, 0, 4);
  for (int times = 1; times <= 3; ++times) {
    CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForStuck) == Approx(video_offer));
    watched_video(context, bank, 0);
    for (int n = 0; n < 5; ++n) {
      CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForStuck) == 0.0);
      answered(context, bank, bank.topics[0].items[10 * times + n], false);
    }
  }
  CHECK(share_of(possible_choices(belief, bank, context), Reason::VideoForStuck) == 0.0);
}

TEST_CASE("policy: the teacher's lesson comes first, its video, then three exercises on its topic", "[engine]") {
  Walk walk{test::chain_bank(6, 10), -1.0, 13};
  walk.step();
  walk.context.plan = Plan{.topic = 5, .video_first = 5, .readiness_left = 3};
  const Choice first = walk.step().choice;
  CHECK(first.reason == Reason::LessonVideo);
  CHECK(first.video == 5);
  CHECK(first.probability == 1.0);
  for (int n = 0; n < 3; ++n) {
    const Choice check = walk.step().choice;
    CHECK(check.reason == Reason::ReadinessCheck);
    CHECK(check.topic == 5);
  }
  CHECK(walk.context.plan->readiness_left == 0);
  const Choice after = walk.step().choice;
  CHECK(after.reason != Reason::ReadinessCheck);
  CHECK(after.reason != Reason::LessonVideo);
}

TEST_CASE("policy: a lesson on a topic without exercises ends with its video", "[engine]") {
  Catalogue bank = test::chain_bank(3, 4);
  std::erase_if(bank.items, [](const CatalogueItem& item) { return item.topic() == 2; });
  complete(bank);
  PupilContext context = new_context(bank);
  context.plan = Plan{.topic = 2, .video_first = 2, .readiness_left = 3};
  CHECK(choose(belief_at(bank, 0), bank, context, 1).reason == Reason::LessonVideo);
  watched_video(context, bank, 2);
  CHECK(choose(belief_at(bank, 0), bank, context, 1).kind == ChoiceKind::Exercise);
}

TEST_CASE("policy: the choice reports what it weighed", "[engine]") {
  const Catalogue bank = test::chain_bank(2, 80, 0.0);
  PupilContext context = new_context(bank);
  answered(context, bank, bank.topics[0].items[0], true);
  const tracking::Posterior belief = belief_at(bank, 0);
  const Choice choice = choose(belief, bank, context, 3);
  CHECK(choice.candidates == 79);
  CHECK(choice.alternatives == shortlist_length - 1);
  CHECK(choice.predicted == Approx(tracking::predict(belief, bank.items[choice.item])));
  CHECK(choice.mastery == Approx(tracking::mastery(belief, 0, bank.topics[0].cut)));
}

TEST_CASE("policy: a history moves along to a new version of the bank", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 4);
  PupilContext context = new_context(bank);
  answered(context, bank, 5, false);
  watched_video(context, bank, 1);
  context.plan = Plan{.topic = 1, .video_first = 2, .readiness_left = 3};
  const PupilContext moved = rebase(context, {.topics = {-1, 1, 0}, .items = {5, -1, 0}, .videos = {-1, 2, 1}});
  CHECK(moved.item_answered_at == std::vector<int>{1, -1, -1});
  CHECK(moved.last_item == 0);
  CHECK(moved.topics[1].failures_in_row == 1);
  CHECK(moved.topics[0].answers == 0);
  CHECK(moved.videos[2].times_seen == 1);
  CHECK(moved.easy_after_video == 1);
  CHECK(moved.plan->video_first == 1);
  CHECK_FALSE(rebase(context, {.topics = {0, 2}, .items = {}, .videos = {}}).plan.has_value());
}
