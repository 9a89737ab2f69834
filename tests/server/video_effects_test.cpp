#include "server/practice/video_effects.hpp"

#include "server/conversation/author_conversation.hpp"
#include "server/net/loops.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

Parameters knowing(const std::string& name, double value, double sd) {
  Parameters parameters;
  parameters.effects[name] = {name, value, sd};
  return parameters;
}

}  // namespace

TEST_CASE("video effect: .25 logits raise a chance of 60 % to 65.8 %, with the interval of their error") {
  const auto effect = effect_shown({0.25, 0.05}, effects::video_guess_novice);
  CHECK(effect.known);
  CHECK(effect.before == Approx(0.6));
  CHECK(effect.after == Approx(0.6582).margin(1e-4));  // 1 / (1 + exp(−.40547 − .25))
  CHECK(effect.low == Approx(0.6359).margin(1e-4));    // with .25 − 1.96 × .05
  CHECK(effect.high == Approx(0.6799).margin(1e-4));
  CHECK(effect_shown({0.0, 0.05}, effects::video_guess_novice).after == Approx(0.6));
}

TEST_CASE("video effect: it is known once answers took a fifth of the variance of the first guess") {
  const double sd = effects::video_guess_novice.sd;
  CHECK_FALSE(effect_shown({0.2, sd}, effects::video_guess_novice).known);
  CHECK_FALSE(effect_shown({0.2, 0.95 * sd}, effects::video_guess_novice).known);
  CHECK(effect_shown({0.2, 0.85 * sd}, effects::video_guess_novice).known);
}

TEST_CASE("video effect: each zone is told by itself, and what nobody learned is the first guess") {
  const auto effects = effects_of_video(knowing("other:film", 0.3, 0.02), "film");
  CHECK(effects.other.known);
  CHECK(effects.other.logits == Approx(0.3));
  CHECK_FALSE(effects.novice.known);
  CHECK(effects.novice.logits == Approx(effects::video_guess_novice.mean));
  CHECK_FALSE(effects_of_all_videos({}).novice.known);
  CHECK(effects_of_all_videos(knowing("novice", 0.25, 0.05)).novice.known);
}

TEST_CASE("video effect: what all videos have in common is published with the rest, and shown to authors") {
  PracticeSchool school;
  for (std::size_t pupil = 0; pupil < 3; ++pupil) {
    school.hello(pupil);
    school.skip_placement(pupil);
    for (int i = 0; i < 15; ++i) school.do_step(pupil, i % 4 == 0);
  }
  REQUIRE(school.run(school.running().parameters().publish_now()).has_value());
  REQUIRE(school.reopen().has_value());
  const auto model = school.running().school().shards.front()->model();
  REQUIRE(model->parameters->effects.contains("novice"));
  protocol::ContentShown shown = *school.run(school.running().school().authoring.list({}));
  conversation::show_what_answers_taught(*model->parameters, shown);
  CHECK(shown.all_videos.novice.sd == Approx(model->parameters->effects.at("novice").sd));
  REQUIRE_FALSE(shown.videos.empty());
  const auto& row = shown.videos.front();
  CHECK(row.effects.novice.sd == Approx(model->parameters->effects.at("novice:" + row.id).sd));
}

}  // namespace trede::practice
