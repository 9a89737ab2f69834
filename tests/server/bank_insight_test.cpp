#include <algorithm>
#include <fstream>

#include "server/conversation/author_conversation.hpp"
#include "server/net/loops.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

net::awaitable<ModelPointer> model_on_loop(const Shard& shard) {
  co_return shard.model();
}

BankFindings look(PracticeSchool& school) {
  const auto model = school.run(model_on_loop(school.shard()));
  const auto findings = school.run(school.running().school().insight.of(model, Language::Nl));
  REQUIRE(findings.has_value());
  return *findings;
}

store::StepDone done(Milliseconds at_ms, std::int64_t pupil, double predicted, bool right) {
  return {0, at_ms, pupil, "item", 1, predicted, right, false};
}

bool has_sign(const std::vector<protocol::SuspectSign>& signs, std::string_view why) {
  return std::any_of(signs.begin(), signs.end(), [&](const auto& sign) { return sign.why == why; });
}

const store::LearnedItem* const nothing_learned = nullptr;

}  // namespace

TEST_CASE("item: the interval of a share is that of Wilson, and as wide as can be without answers") {
  CHECK(share_interval(0, 0).low == 0.0);
  CHECK(share_interval(0, 0).high == 1.0);
  const Interval half = share_interval(50, 100);  // 0.4038 – 0.5962, Wilson 1927
  CHECK(half.low == Approx(0.4038).margin(1e-4));
  CHECK(half.high == Approx(0.5962).margin(1e-4));
  CHECK(share_interval(10, 10).high == Approx(1.0));
  CHECK(share_interval(10, 10).low < 0.75);
}

TEST_CASE("item: one that goes as predicted gives no sign, one that goes wrong all the time does") {
  for (const bool goes_wrong : {false, true}) {
    ItemTally tally;
    for (int i = 0; i < 120; ++i) count(tally, done(i, i, 0.75, !goes_wrong && i % 4 != 0));
    const auto signs = signs_of(tally, {}, {.slope = 1.2, .difficulty = 0.0}, nothing_learned);
    CHECK(signs.size() == (goes_wrong ? 1U : 0U));
    CHECK(has_sign(signs, "harder") == goes_wrong);
  }
}

TEST_CASE("item: a surprise is two failures of one pupil where right was almost certain") {
  ItemTally tally;
  count(tally, done(1, 1, 0.97, false));
  count(tally, done(2, 2, 0.97, false));
  count(tally, done(3, 3, 0.80, false));
  count(tally, done(4, 3, 0.80, false));
  CHECK(signs_of(tally, {}, {}, nothing_learned).empty());
  count(tally, done(5, 1, 0.97, false));
  const auto signs = signs_of(tally, {}, {}, nothing_learned);
  REQUIRE(signs.size() == 1);
  CHECK(signs[0].why == "surprise");
  CHECK(signs[0].pupils == 1);
}

TEST_CASE("item: a difficulty far from its author's guess is a sign once answers are sure of it") {
  const ItemParameters authored{.slope = 1.2, .difficulty = 0.0};
  store::LearnedItem learned;
  learned.difficulty = 2.0;
  learned.difficulty_variance = 1.0;
  CHECK(signs_of({}, {}, authored, &learned).empty());
  learned.difficulty_variance = 0.04;
  CHECK(has_sign(signs_of({}, {}, authored, &learned), "otherwise"));
}

TEST_CASE("item: guesses at a glance count as given and as nothing else, other texts of the item neither") {
  ItemTally tally = begun_anew({}, 2);
  store::StepDone one = done(0, 1, 0.7, true);
  count(tally, one);  // of version 1
  one.bank = 2;
  one.rapid = true;
  count(tally, one);
  CHECK(tally.answers == 0);
  CHECK(given_lately(tally, 0) == 2);
  CHECK(given_lately(tally, 5 * week_ms) == 0);
}

TEST_CASE("bank: what pupils did and say is counted on from one look to the next") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  std::int64_t answers = 0;
  for (int look_again = 0; look_again < 3; ++look_again) {
    for (int i = 0; i < 7; ++i) answers += school.do_step(0, i % 3 != 0).feedback.has_value();
    const BankFindings findings = look(school);
    std::int64_t counted = 0;
    double exposure = 0;
    protocol::ContentShown shown = *school.run(school.running().school().authoring.list({}));
    show(findings, shown);
    for (const auto& row : shown.items) {
      counted += row.answers;
      exposure += row.exposure;
      CHECK(row.right_low <= row.right_share);
      CHECK(row.right_share <= row.right_high);
      if (row.answers > 0) CHECK(row.predicted_share > 0);
    }
    CHECK(counted == answers);
    CHECK(exposure == Approx(1.0));
  }
}

TEST_CASE(
    "bank: an exercise put aside as broken is told to author and teacher, and no longer once it was "
    "changed") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  while (school.pupil(0).pending->choice.kind != "exercise") school.do_step(0, true);
  const std::string item = school.pupil(0).pending->choice.id;
  const auto step = step_of(school.pupil(0), Language::Nl);
  const auto put_aside = school.run(school.service().put_aside(
      school.shard(), school.pupils[0], {"aside", step.number, step.id, "broken"}, Language::Nl));
  REQUIRE(put_aside.has_value());
  const auto suspects = look(school).suspects;
  REQUIRE(suspects.size() == 1);
  CHECK(suspects[0].item == item);
  CHECK(has_sign(suspects[0].signs, "broken"));
  TeacherDesk desk(school);
  const auto shown = desk.ask(protocol::OpenSuspects{"suspects"});
  CHECK(shown.at("items").as_array().size() == 1);
  CHECK(shown.at("items").at(0).at("preview").as_string().size() > 5);

  school.publish_status(item, "active");  // written out: another text
  CHECK(look(school).suspects.empty());
}

TEST_CASE("bank: where exercises lack is counted by pupils, for the author") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  for (int i = 0; i < 60 && look(school).gaps.empty(); ++i) school.do_step(0, true);
  const auto gaps = look(school).gaps;
  REQUIRE(!gaps.empty());
  CHECK(gaps[0].lacks == "harder");
  CHECK(gaps[0].pupils == 1);
  school.now_ms += 8LL * 86'400'000;
  CHECK(look(school).gaps.empty());
}

TEST_CASE("bank: a topic whose items are all retired is left out, its author told, and practice goes on") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  protocol::DocumentPublished last;
  for (const auto& id : school.items_of("halves")) last = school.publish_status(id, "retired");
  REQUIRE(last.warnings.size() == 1);
  CHECK(last.warnings[0].find("\"halves\" has only retired items") != std::string::npos);
  school.do_step(0, true);  // what lay on the screen may be finished
  for (int i = 0; i < 12; ++i) {
    REQUIRE(school.pupil(0).pending->choice.kind != "nothing");
    CHECK(school.pupil(0).pending->choice.topic != "halves");
    school.do_step(0, i % 3 != 0);
  }
  REQUIRE(school.reopen().has_value());
  CHECK(school.hello(0).step.kind != "nothing");
}

TEST_CASE("bank: without one exercise in use nobody meets an empty page, and it ends by itself") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  const auto items = school.items_of("");
  for (const auto& id : items) school.publish_status(id, "retired");
  for (int i = 0; i < 3 && school.pupil(0).pending->choice.kind != "nothing"; ++i) school.do_step(0, true);
  const auto step = school.hello(0).step;
  CHECK(step.kind == "nothing");
  CHECK(step.reason.code == "nothing-left");
  school.publish_status(items.front(), "active");
  CHECK(school.hello(0).step.kind == "exercise");
}

TEST_CASE("bank: a week whose topic was retired afterwards leaves its pupils something to do") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  protocol::Steering week;
  week.topics = {"adding"};
  REQUIRE(
      school.run(school.service().steer(school.shard(), school.teacher, school.class_id, std::nullopt, week))
          .has_value());
  for (const auto& id : school.items_of("adding")) school.publish_status(id, "retired");
  school.do_step(0, true);
  for (int i = 0; i < 4; ++i) {
    CHECK(school.pupil(0).pending->choice.topic == "halves");
    school.do_step(0, i % 2 == 0);
  }
}

TEST_CASE("bank: who has seen everything goes on, also on a topic without a video") {
  PracticeSchool school;
  school.hello(0);
  school.skip_placement(0);
  protocol::Steering week;
  week.topics = {"adding"};  // has no video
  REQUIRE(
      school.run(school.service().steer(school.shard(), school.teacher, school.class_id, std::nullopt, week))
          .has_value());
  school.do_step(0, false);
  for (int i = 0; i < 40; ++i) {
    CHECK(school.pupil(0).pending->choice.kind == "exercise");
    school.do_step(0, false);
  }
}

TEST_CASE("bank: topics that need each other are refused with a sentence, and nothing is started with them") {
  testing::TemporaryFolder folder;
  const auto bank = folder.path() / "bank";
  std::filesystem::copy(TREDE_SOURCE_DIR "/tests/content/bank", bank,
                        std::filesystem::copy_options::recursive);
  auto source = content::read_folder(bank);
  REQUIRE(source.has_value());
  std::string& topics = (*source)["topics.json"];
  const std::string none = "\"prerequisites\": []";
  topics.replace(topics.find(none), none.size(), "\"prerequisites\": [\"adding\"]");
  std::ofstream(bank / "topics.json") << topics;
  const auto data = store::DataFolder::open(folder.path() / "data");
  REQUIRE(data.has_value());
  net::Loops loops(1);
  const auto opened =
      conversation::RunningSchool::open(*data, {bank, {}}, loops, [] { return test_start_ms; });
  REQUIRE(opened.has_error());
  CHECK(opened.error().detail.find("The prerequisites form a cycle (halves needs adding") !=
        std::string::npos);
}

}  // namespace trede::practice
