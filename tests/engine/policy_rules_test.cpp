// The rules a choice follows: target, review, enrichment, videos, the teacher's lesson.
#include <map>

#include "engine/policy/stages.hpp"
#include "tests/engine/policy_support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::policy;
using namespace trede::test;

TEST_CASE("policy: exercises are aimed at the level that teacher or pupil fixed", "[engine]") {
  Catalogue bank = test::chain_bank(1, 200, 0.0);
  bank.videos.clear();
  complete(bank);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  set_ability(belief, bank, 0, -0.3, 0.3);
  const std::map<Level, double> targets{{Level::Easy, 0.9}, {Level::Middle, 0.75}, {Level::Hard, 0.6}};
  for (const auto& [level, target] : targets) {
    PupilContext context = new_context(bank);
    context.topics[0].answers = 5;
    context.steering.level = level;
    double mean = 0.0;
    for (const Choice& choice : all_choices(belief, bank, context))
      mean += choice.probability * choice.predicted;
    CHECK(mean == Approx(target).margin(0.04));
  }
}

TEST_CASE("policy: after five wrong of eight exercises become easier", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 60, 0.0);
  PupilContext context = new_context(bank);
  for (int i = 0; i < 8; ++i) answer(context, bank, i, i % 3 == 2 || i == 0);
  for (const Choice& choice : all_choices(belief_at(bank, 0), bank, context))
    if (choice.kind == ChoiceKind::Exercise) CHECK(choice.target >= target_discouraged);
}

TEST_CASE("policy: the level given to who is discouraged is not the one to go on with", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 60, 0.0);
  PupilContext context = new_context(bank);
  for (int i = 0; i < 8; ++i) answered(context, bank, {.item = i, .right = i < 3, .target = 0.6});
  for (int i = 8; i < 12; ++i) {
    CHECK(discouraged(context));
    answered(context, bank, {.item = i, .right = true, .target = 0.75});
  }
  CHECK(context.last_level == 0.6);
  CHECK_FALSE(discouraged(context));
  answered(context, bank, {.item = 12, .right = true, .target = 0.675});
  CHECK(context.last_level == 0.675);
}

TEST_CASE("policy: who masters everything gets what is above the curriculum", "[engine]") {
  Catalogue bank = test::chain_bank(3, 8);
  bank.items.push_back(test::item_of(2, 3.0));
  bank.items.back().enrichment = true;
  complete(bank);
  const PupilContext context = new_context(bank);
  const std::vector<Choice> top = all_choices(belief_at(bank, 3), bank, context);
  CHECK(share_of(top, Reason::Enrichment) == Approx(1.0));
  CHECK(top.front().item == static_cast<int>(bank.items.size()) - 1);
  const std::vector<Choice> middle = all_choices(belief_at(bank, 2), bank, context);
  CHECK(probability_of(middle, [&](const Choice& choice) { return choice.item == top.front().item; }) == 0.0);
}

TEST_CASE("policy: a new topic that is far too hard starts with its video, nine times in ten", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  tracking::Posterior belief = belief_at(bank, 1);
  set_ability(belief, bank, 1, -4.0, 0.3);
  PupilContext context = new_context(bank);
  CHECK(share_of(all_choices(belief, bank, context), Reason::VideoForNew) == Approx(video_offer));
  context.topics[1].answers = 2;
  CHECK(share_of(all_choices(belief, bank, context), Reason::VideoForNew) == 0.0);
  context.topics[1].answers = 0;
  set_ability(belief, bank, 1, -1.0, 0.3);
  CHECK(share_of(all_choices(belief, bank, context), Reason::VideoForNew) == 0.0);
}

TEST_CASE("policy: the tenth that is withheld is told with the exercise that comes instead", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  tracking::Posterior belief = belief_at(bank, 1);
  set_ability(belief, bank, 1, -4.0, 0.3);
  PupilContext context = new_context(bank);
  const effects::Effects effects = effects::first_guess(bank);
  int videos = 0, withheld = 0;
  std::map<double, int> targets;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    const Choice choice = choose(belief, bank, context, effects, mix(7, seed));
    if (choice.topic != 1 || (choice.kind != ChoiceKind::Video && choice.reason != Reason::Frontier))
      continue;
    videos += choice.kind == ChoiceKind::Video;
    withheld += choice.withheld >= 0;
    if (choice.kind == ChoiceKind::Video) CHECK(choice.withheld == -1);
    if (choice.kind == ChoiceKind::Exercise) {
      REQUIRE(choice.withheld >= 0);
      CHECK(bank.videos[choice.withheld].topic == 1);
    }
    if (choice.withheld >= 0) ++targets[choice.target];
  }
  REQUIRE(videos > 1000);
  CHECK(static_cast<double>(withheld) / (videos + withheld) == Approx(0.1).margin(0.02));
  CHECK(targets.size() > 1);  // the lot does not choose the level as well
}

TEST_CASE("policy: nothing is withheld where no video may come", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 20);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  set_ability(belief, bank, 0, -0.5, 0.3);
  PupilContext context = new_context(bank);
  context.topics[0].answers = 5;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    CHECK(choose(belief, bank, context, effects::first_guess(bank), mix(8, seed)).withheld == -1);
}

TEST_CASE("policy: three wrong of the last four on a topic bring its video, where videos teach", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 8);
  const tracking::Posterior belief = belief_at(bank, 0);
  PupilContext context = new_context(bank);
  const auto share = [&](bool videos_teach) {
    return share_of(possible_choices(belief, bank, context, with_videos(bank, videos_teach)),
                    Reason::VideoForStuck);
  };
  fail_on(context, bank, 0, 2);
  CHECK(share(true) == 0.0);
  answer(context, bank, bank.topics[0].items[3], true);
  answer(context, bank, bank.topics[0].items[4], false);
  CHECK(share(true) == Approx(video_offer));
  CHECK(share(false) < 0.1);
}

TEST_CASE("policy: near a topic's cut, who is not stuck practises and watches no video", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 20);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  PupilContext context = new_context(bank);
  context.topics[0].answers = 5;
  const auto share = [&](double above_cut) {
    set_ability(belief, bank, 0, above_cut, 0.3);
    return share_of(possible_choices(belief, bank, context, with_videos(bank, true)), Reason::VideoPays);
  };
  CHECK(share(-0.5) == 0.0);
  CHECK(share(-1.5) == Approx(video_offer));
}

TEST_CASE("policy: exercises mostly keep the level of the one before, while it is open and may be the best",
          "[engine]") {
  Catalogue bank = test::chain_bank(1, 20);
  bank.videos.clear();
  complete(bank);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  set_ability(belief, bank, 0, -0.3, 0.3);
  PupilContext context = new_context(bank);
  const auto share_at = [&](double level) {
    return probability_of(all_choices(belief, bank, context),
                          [level](const Choice& choice) { return choice.target == level; });
  };
  const double before = share_at(effects::bands[1]);
  answered(context, bank, {.item = 3, .right = true, .target = effects::bands[1]});
  const double odds = (before - band_floor) / (1.0 - 5 * band_floor);
  CHECK(share_at(effects::bands[1]) ==
        Approx(band_floor + (1.0 - 5 * band_floor) * 10.0 * odds / (1.0 + 9.0 * odds)));
  CHECK(share_at(effects::bands[4]) >= band_floor);
  for (int n = 0; n < 7; ++n)
    answered(context, bank, {.item = n, .right = false, .target = effects::bands[1]});
  CHECK(share_at(effects::bands[1]) == 0.0);
}

TEST_CASE("policy: after a video comes a likely success on its topic", "[engine]") {
  const Catalogue bank = test::chain_bank(3, 20);
  PupilContext context = new_context(bank);
  fail_on(context, bank, 0, 3);
  watched_video(context, bank, 0);
  for (const Choice& choice : all_choices(belief_at(bank, 0), bank, context)) {
    REQUIRE(choice.reason == Reason::EasyAfterVideo);
    REQUIRE(choice.topic == 0);
    REQUIRE(choice.target == Approx(target_after_video));
  }
  answer(context, bank, bank.topics[0].items[0], true);
  CHECK(share_of(all_choices(belief_at(bank, 0), bank, context), Reason::EasyAfterVideo) == 0.0);
}

TEST_CASE("policy: a video rests five answers and is offered three times at most", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 40);
  const tracking::Posterior belief = belief_at(bank, 0);
  PupilContext context = new_context(bank);
  fail_on(context, bank, 0, 4);
  const auto share = [&] {
    return share_of(possible_choices(belief, bank, context, with_videos(bank, true)), Reason::VideoForStuck);
  };
  for (int times = 1; times <= 3; ++times) {
    CHECK(share() == Approx(video_offer));
    watched_video(context, bank, 0);
    for (int n = 0; n < 5; ++n) {
      CHECK(share() == 0.0);
      answer(context, bank, bank.topics[0].items[10 * times + n], false);
    }
  }
  CHECK(share() == 0.0);
}

TEST_CASE("policy: the teacher's lesson comes first, its video, then three exercises on its topic",
          "[engine]") {
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
  CHECK(first_choice(belief_at(bank, 0), bank, context).reason == Reason::LessonVideo);
  watched_video(context, bank, 2);
  CHECK(first_choice(belief_at(bank, 0), bank, context).kind == ChoiceKind::Exercise);
}
