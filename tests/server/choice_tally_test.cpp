#include <cmath>

#include "server/net/loops.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

store::StepDone chosen(std::int64_t pupil, const std::string& reason, double predicted, double probability) {
  store::StepDone done;
  done.pupil = pupil;
  done.id = "item";
  done.predicted = predicted;
  done.reason = reason;
  done.probability = probability;
  return done;
}

net::awaitable<ModelPointer> model_to_count_in(const Shard& shard) {
  co_return shard.model();
}

protocol::ChoicesShown told_of(PracticeSchool& school, const std::string& kind, const std::string& id) {
  const auto model = school.run(model_to_count_in(school.shard()));
  auto& insight = school.running().school().insight;
  const auto shown = school.run(insight.choices(model, {"choices", kind, id}));
  REQUIRE(shown.has_value());
  CHECK(shown->request == "choices");
  return *shown;
}

}  // namespace

TEST_CASE("choices: nothing is told of what fewer than five pupils were given, however often") {
  ChoiceTally tally;
  for (int i = 0; i < 40; ++i) count(tally, chosen(i % 4, "frontier", 0.7, 0.01));
  const auto shown = choices_shown(tally, 40);
  CHECK_FALSE(shown.told);
  CHECK(shown.fewest == 5);
  CHECK(shown.times == 0);
  CHECK(shown.reasons.empty());
  count(tally, chosen(4, "frontier", 0.7, 0.01));
  CHECK(choices_shown(tally, 82).told);
  CHECK(choices_shown(tally, 82).share == Approx(0.5));
}

TEST_CASE("choices: each reason has its count, its mean expectation and its chances") {
  ChoiceTally tally;
  for (int i = 0; i < 6; ++i)
    count(tally, chosen(i, "frontier", i % 2 == 0 ? 0.6 : 0.8, i < 3 ? 0.01 : 0.0001));
  for (int i = 0; i < 9; ++i) count(tally, chosen(i, "review", 0.9, 0.2));
  const auto shown = choices_shown(tally, 100);
  REQUIRE(shown.reasons.size() == 2);
  CHECK(shown.reasons[0].code == "review");
  CHECK(shown.reasons[0].times == 9);
  CHECK(shown.reasons[1].predicted == Approx(0.7));
  CHECK(shown.reasons[1].probability == Approx(0.001));  // geometric mean
  CHECK(shown.reasons[1].least == Approx(0.0001));
  CHECK(shown.times == 15);
}

TEST_CASE("choices: a reason that few pupils met is only added to the others") {
  ChoiceTally tally;
  for (int i = 0; i < 6; ++i) count(tally, chosen(i, "frontier", 0.7, 0.01));
  for (int i = 0; i < 4; ++i) count(tally, chosen(i, "seeding", 0.7, 0.01));
  const auto shown = choices_shown(tally, 10);
  REQUIRE(shown.reasons.size() == 1);
  CHECK(shown.others == 4);
  CHECK(shown.times == 10);
}

TEST_CASE("choices: a chance of nothing, as of a step sent again, does no harm") {
  ChoiceTally tally;
  for (int i = 0; i < 6; ++i) count(tally, chosen(i, "frontier", 0.7, 0.0));
  CHECK(std::isfinite(choices_shown(tally, 6).reasons[0].probability));
}

TEST_CASE("choices: a video that stayed away by lot is counted with the video, one half seen as a viewing") {
  Given given;
  for (int i = 0; i < 5; ++i) {
    store::StepDone watched = chosen(i, "video-pays", 0.3, 0.5);
    watched.id = "film";
    watched.video = true;
    watched.watched = i < 2 ? 0.9 : 0.1;
    count(given, watched);
    store::StepDone instead = chosen(i, "frontier", 0.7, 0.01);
    instead.withheld = "film";
    count(given, instead);
  }
  CHECK(given.exercises == 5);
  CHECK(given.videos_shown == 5);
  CHECK(given.videos["film"].viewings == 2);
  CHECK(choices_shown(given.videos["film"], given.videos_shown).withheld == 5);
  CHECK(given.items["item"].withheld == 0);
}

TEST_CASE("choices: in a school every step is counted once, and what the bank lacks is not found") {
  PracticeSchool school({.more_pupils = 4});
  std::int64_t exercises = 0, videos = 0;
  for (std::size_t pupil = 0; pupil < school.pupils.size(); ++pupil) {
    school.hello(pupil);
    school.skip_placement(pupil);
    for (int i = 0; i < 12; ++i) ++(school.do_step(pupil, i % 3 != 0).feedback ? exercises : videos);
  }
  std::int64_t told = 0;
  double share = 0;
  for (const auto& id : school.items_of("")) {
    const auto shown = told_of(school, "item", id);
    told += shown.times;
    share += shown.share;
    for (const auto& reason : shown.reasons) {
      CHECK(reason.least <= reason.probability);
      CHECK((reason.predicted > 0 && reason.predicted < 1));
    }
  }
  CHECK(told > exercises / 2);  // the rest had too few pupils
  CHECK(share == Approx(static_cast<double>(told) / static_cast<double>(exercises)));
  const auto model = school.run(model_to_count_in(school.shard()));
  auto& insight = school.running().school().insight;
  CHECK(school.run(insight.choices(model, {"choices", "item", "no-such-item"})).has_error());
  CHECK(school.run(insight.choices(model, {"choices", "lesson", "halves"})).has_error());
}

}  // namespace trede::practice
