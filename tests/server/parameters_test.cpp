// What pupils share: learned in the order of the journal, published as versions, the same after a restart.
#include <chrono>
#include <cmath>
#include <thread>

#include "content/loader.hpp"
#include "server/conversation/author_conversation.hpp"
#include "server/limits.hpp"
#include "server/practice/choosing.hpp"
#include "server/store/bank_store.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

std::vector<store::ParametersPublished> versions_in(const std::vector<store::Event>& events) {
  std::vector<store::ParametersPublished> versions;
  for (const auto& event : events) {
    if (event.kind != store::ParametersPublished::tag) continue;
    const auto version = protocol::decode<store::ParametersPublished>(event.payload);
    REQUIRE(version.has_value());
    versions.push_back(*version);
  }
  return versions;
}

std::vector<store::StepTaken> steps_taken_in(const std::vector<store::Event>& events) {
  std::vector<store::StepTaken> steps;
  for (const auto& event : events) {
    if (event.kind != store::StepTaken::tag) continue;
    const auto taken = protocol::decode<store::StepTaken>(event.payload);
    REQUIRE(taken.has_value());
    steps.push_back(*taken);
  }
  return steps;
}

net::awaitable<ModelPointer> model_on_loop(Shard& shard) {
  co_return shard.model();
}

std::int64_t version_of(PracticeSchool& school, Shard& shard) {
  return school.run_on(shard, model_on_loop(shard))->parameters->version;
}

void publish(PracticeSchool& school) {
  const auto published = school.run(school.running().parameters().publish_now());
  if (published.has_error()) FAIL(published.error().detail);
  while (version_of(school, school.shard()) < *published)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void practise(PracticeSchool& school, int steps, double share_right, std::uint64_t seed = 5) {
  Random random(seed);
  for (int i = 0; i < steps; ++i)
    school.do_step(static_cast<std::size_t>(i % 3), random.uniform() < share_right);
}

void begin(PracticeSchool& school, std::size_t pupils = 3) {
  for (std::size_t pupil = 0; pupil < pupils; ++pupil) school.hello(pupil);
}

}  // namespace

TEST_CASE("parameters: nothing is published before anything was learned") {
  PracticeSchool school;
  begin(school);
  publish(school);
  CHECK(versions_in(school.events()).empty());
  CHECK(version_of(school, school.shard()) == 0);
}

TEST_CASE("parameters: wrong answers make an exercise harder, and the next choice knows it") {
  PracticeSchool school;
  begin(school);
  practise(school, 60, 0.0);
  publish(school);
  const auto versions = versions_in(school.events());
  REQUIRE(versions.size() == 1);
  REQUIRE_FALSE(versions[0].items.empty());
  const auto model = school.run(model_on_loop(school.shard()));
  for (const auto& item : versions[0].items) {
    const auto index = model->bank->find_item(item.id);
    REQUIRE(index);
    const auto i = static_cast<std::size_t>(*index);
    CHECK(item.answers > 0);
    CHECK(item.difficulty > model->bank->catalogue.items[i].parameters.difficulty);
    CHECK(model->catalogue.items[i].parameters.difficulty == Approx(item.difficulty));
    CHECK(item.difficulty_variance < author_difficulty_sd * author_difficulty_sd * 1.01);
  }

  while (school.pupil(0).pending->choice.kind != "exercise") school.do_step(0, false);
  school.do_step(0, true);
  const auto taken = steps_taken_in(school.events()).back();
  CHECK(taken.parameters == 1);
  Belief belief = *school.pupil(0).belief;
  const auto number = school.pupil(0).number + 1;
  const auto chosen = choose_step(school.pupils[0], number, belief, *model, {}, {}, school.now_ms);
  CHECK(chosen.choice.id == taken.next.id);
  CHECK(chosen.choice.predicted == Approx(taken.next.predicted).margin(1e-9));
}

TEST_CASE("parameters: an author sees beside a difficulty what it turned out to be") {
  PracticeSchool school;
  begin(school);
  practise(school, 30, 0.0);
  publish(school);
  const auto model = school.run(model_on_loop(school.shard()));
  auto shown = school.run(school.running().school().authoring.list({}));
  REQUIRE(shown.has_value());
  conversation::show_what_answers_taught(*model->parameters, *shown);
  std::size_t taught = 0;
  for (const auto& row : shown->items) {
    const auto learned = model->parameters->items.find(row.id);
    CHECK(row.learned_difficulty.has_value() == (learned != model->parameters->items.end()));
    if (!row.learned_difficulty) continue;
    ++taught;
    CHECK(*row.learned_difficulty == learned->second.difficulty);
    CHECK(*row.learned_difficulty > row.difficulty);
    CHECK(*row.learned_margin < 1.01 * author_difficulty_sd);
  }
  CHECK(taught > 0);
  CHECK(taught < shown->items.size());
}

TEST_CASE("parameters: a restart in the middle of a window learns what would have been learned without") {
  PracticeSchool whole, restarted;
  for (PracticeSchool* school : {&whole, &restarted}) {
    begin(*school);
    practise(*school, 20, 0.6, 1);
    publish(*school);
    practise(*school, 15, 0.6, 2);
    if (school == &restarted) REQUIRE(school->reopen().has_value());
    practise(*school, 15, 0.6, 3);
    publish(*school);
  }
  const auto first = versions_in(whole.events());
  const auto second = versions_in(restarted.events());
  REQUIRE(first.size() == 2);
  REQUIRE(second.size() == 2);
  CHECK(first[1].through == second[1].through);
  REQUIRE(first[1].items.size() == second[1].items.size());
  for (std::size_t i = 0; i < first[1].items.size(); ++i) {
    CHECK(first[1].items[i].id == second[1].items[i].id);
    CHECK(first[1].items[i].answers == second[1].items[i].answers);
    CHECK(first[1].items[i].difficulty == Approx(second[1].items[i].difficulty).margin(1e-9));
    CHECK(first[1].items[i].difficulty_variance ==
          Approx(second[1].items[i].difficulty_variance).margin(1e-9));
  }
  REQUIRE(first[1].effects.size() == second[1].effects.size());
  for (std::size_t i = 0; i < first[1].effects.size(); ++i)
    CHECK(first[1].effects[i].value == Approx(second[1].effects[i].value).margin(1e-9));
}

TEST_CASE("parameters: every step names the version it used, and replay rebuilds each of them") {
  PracticeSchool school({.publication = {5, 365LL * 86'400'000}});
  begin(school);
  practise(school, 60, 0.7);
  publish(school);
  const auto versions = versions_in(school.events());
  CHECK(versions.size() >= 5);
  for (std::size_t i = 0; i < versions.size(); ++i) CHECK(versions[i].version == static_cast<int>(i) + 1);
  const auto steps = steps_taken_in(school.events());
  CHECK(steps.front().parameters == 0);
  CHECK(steps.back().parameters > 0);
  const auto before = school.run(model_on_loop(school.shard()));
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().replayed().steps == 60);
  const auto replayed = school.run(model_on_loop(school.shard()));
  CHECK(replayed->parameters->version == before->parameters->version);
  for (std::size_t i = 0; i < before->items.size(); ++i)
    CHECK(replayed->items[i].difficulty == Approx(before->items[i].difficulty).margin(1e-9));
}

TEST_CASE("parameters: a window ends by time as well") {
  PracticeSchool school({.publication = {1'000'000, 60'000}});
  begin(school);
  practise(school, 12, 0.7);  // 20 s each
  publish(school);
  CHECK(versions_in(school.events()).size() >= 2);
}

TEST_CASE("parameters: two shards learn together and work with the same version") {
  PracticeSchool school({.loops = 2, .publication = {7, 365LL * 86'400'000}});
  begin(school, 4);
  REQUIRE(&school.shard_of(0) != &school.shard_of(3));
  Random random(9);
  for (int i = 0; i < 40; ++i) school.do_step(i % 2 == 0 ? 0 : 3, random.uniform() < 0.6);
  publish(school);
  const auto newest = versions_in(school.events()).back().version;
  CHECK(newest >= 2);
  CHECK(version_of(school, school.shard_of(0)) == newest);
  CHECK(version_of(school, school.shard_of(3)) == newest);
  REQUIRE(school.reopen().has_value());
  CHECK(version_of(school, school.shard_of(3)) == newest);
}

TEST_CASE("parameters: a new version of the bank keeps what was learned by the items' ids") {
  PracticeSchool school;
  begin(school);
  practise(school, 45, 0.3);
  publish(school);
  const auto before = school.run(model_on_loop(school.shard()));
  const auto learned = versions_in(school.events()).back().items;
  REQUIRE(learned.size() >= 2);

  auto source = *content::read_folder(TREDE_SOURCE_DIR "/tests/content/bank");
  const auto gone = static_cast<std::size_t>(*before->bank->find_item(learned[0].id));
  source.erase(before->bank->items[gone].file);
  const auto loaded = content::load(source, 2);
  REQUIRE(loaded.bank);
  REQUIRE(school.running()
              .journal()
              .write_and_wait(store::save_bank(source, 1, std::nullopt, school.now_ms))
              .has_value());
  school.running().parameters().adopt(loaded.bank);
  practise(school, 15, 0.8);  // the first of each pupil is a step of the old bank
  publish(school);

  const auto after = school.run(model_on_loop(school.shard()));
  CHECK(after->bank->version == 2);
  CHECK_FALSE(after->bank->find_item(learned[0].id));
  const auto kept = static_cast<std::size_t>(*after->bank->find_item(learned[1].id));
  CHECK(after->items[kept].answers >= learned[1].answers);
  CHECK(after->parameters->items.contains(learned[0].id));
  REQUIRE(school.reopen().has_value());
  CHECK(version_of(school, school.shard()) == after->parameters->version);
}

TEST_CASE(
    "parameters: an answer too quick to have been read says nothing of ability and is no work of today") {
  PracticeSchool school;
  begin(school);
  const auto mean = [&] { return tracking::topic_means(school.pupil(0).belief->posterior()).sum(); };
  const auto answer_in = [&](std::int64_t elapsed_ms) {
    auto submitted = school.answer_to_pending(0, false);
    submitted.elapsed_ms = elapsed_ms;
    const auto before = mean();
    const auto judged =
        school.run(school.service().judge(school.shard(), school.pupils[0], submitted, Language::Nl));
    REQUIRE(judged.has_value());
    return mean() - before;
  };
  CHECK(std::abs(answer_in(400)) < 1e-6);
  CHECK(steps_taken_in(school.events()).back().rapid == true);
  publish(school);
  CHECK(versions_in(school.events()).empty());
  CHECK(school.pupil(0).answers_today == 0);
  while (school.pupil(0).pending->choice.kind != "exercise") school.do_step(0, false);
  CHECK(answer_in(30'000) < -0.05);
  CHECK_FALSE(steps_taken_in(school.events()).back().rapid);
  REQUIRE(school.reopen().has_value());
  CHECK(school.pupil(0).belief->tracked.state.speed.rapid == 1);
}

TEST_CASE("parameters: a version whose event is gone is missed at the start") {
  PracticeSchool school({.publication = {5, 365LL * 86'400'000}});
  begin(school);
  practise(school, 30, 0.7);
  school.close();
  {
    auto database = store::Database::open(school.database(), store::Database::Mode::ReadWrite);
    REQUIRE(database.has_value());
    (*database)->execute("DELETE FROM event WHERE kind = 'parameters-published'");
  }
  const auto reopened = school.reopen();
  REQUIRE(reopened.has_error());
  CHECK(reopened.error().detail.find("of the parameters") != std::string::npos);
}

TEST_CASE("parameters: a version of many items is several events, none too long to read") {
  store::ParametersPublished whole{3, "nightly", 17, 2, {}, {}, {1.0, 2.0}, false};
  for (int i = 0; i < 1'200; ++i)
    whole.items.push_back({"an-item-with-a-rather-long-name-" + std::to_string(i), 0.123456789012345,
                           -1.23456789012345, 0.123456789012345, 0.123456789012345, 0.123456789012345, i,
                           3.123456789012345, 0.123456789012345, i});
  whole.effects.push_back({"forgetting", 0.05, 0.02});
  const auto parts = parts_of(whole);
  REQUIRE(parts.size() == 3);
  Parameters parameters;
  store::ParametersPublished together;
  for (const auto& part : parts) {
    const auto text = protocol::encode_plain(part);
    CHECK(text.size() < limits::message_bytes);
    const auto read = protocol::decode<store::ParametersPublished>(text);
    REQUIRE(read.has_value());
    parameters = after(std::move(parameters), *read);
    together = joined(std::move(together), *read);
  }
  CHECK_FALSE(together.more);
  CHECK(together.items.size() == 1'200);
  CHECK(together.effects.size() == 1);
  CHECK(together.practice_covariance.size() == 2);
  CHECK(parameters.version == 3);
  CHECK(parameters.items.size() == 1'200);
  CHECK(parameters.items.at("an-item-with-a-rather-long-name-7").answers == 7);
}

}  // namespace trede::practice
