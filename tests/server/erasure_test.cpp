// A pupil is forgotten: nothing leads to the person any more, and nothing else changes.
#include "server/store/erasure.hpp"

#include "server/store/audit.hpp"
#include "server/store/chain.hpp"
#include "server/store/event_log.hpp"
#include "server/store/words.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

using Mode = store::Database::Mode;
constexpr AccountId administrator{0};

// As the command does it: nobody has the school open, and the file is written afresh.
Result<Sequence> erase(PrivacySchool& school, PupilId pupil) {
  school.close();
  auto journal = store::Journal::open(school.database());
  REQUIRE(journal.has_value());
  const auto change = store::audited(store::erase_pupil(pupil, administrator, school.now_ms), school.now_ms,
                                     administrator, store::Deed::PupilErased, pupil.value);
  const auto erased = (*journal)->write_and_wait(change);
  journal->reset();
  REQUIRE(store::compact(school.database()).has_value());
  return erased;
}

void check_chains(const PrivacySchool& school) {
  const auto database = school.opened(Mode::ReadOnly);
  const auto events = store::check_chain(*database);
  if (events.has_error()) INFO(events.error().detail);
  CHECK(events.has_value());
  CHECK(store::check_audit(*database).has_value());
}

std::vector<double> belief_of(PracticeSchool& school, std::size_t pupil) {
  return digest_of(*school.pupil(pupil).belief);
}

// What programs wrote before words were sealed: the words in the payload, and links over that.
void write_as_before(const PrivacySchool& school) {
  const auto database = school.opened(Mode::ReadWrite);
  std::vector<store::Event> events;
  REQUIRE(store::read_events(*database, 0, [&](const store::Event& event) {
            events.push_back(event);
            return Result<void>{};
          }).has_value());
  for (const auto& event : events) {
    auto& clear = database->statement("UPDATE event SET payload = ?, sealed = NULL WHERE sequence = ?");
    clear.bind(1, event.payload);
    clear.bind(2, event.sequence);
    clear.exec();
  }
  database->execute("UPDATE event SET chain = NULL; DELETE FROM pupil_key");
  REQUIRE(store::link_older_events(*database).has_value());
  std::filesystem::remove(std::filesystem::path(school.database()).replace_extension(".mark"));
}

}  // namespace

TEST_CASE("erasure: what a pupil types lies on the disk sealed, and is read back to the letter", "[store]") {
  PrivacySchool school;
  school.live(2);
  const std::string asked = canary_question + " \"x\" \\ \u00e9\n{}";
  school.ask(asked);
  CHECK(files_with(school.folder(), canary_question).empty());
  const auto events = school.events();
  CHECK(protocol::decode<store::QuestionAsked>(events.back().payload)->text == asked);
  for (const auto& event : events)
    if (event.kind == store::StepTaken::tag) {
      const auto taken = protocol::decode<store::StepTaken>(event.payload);
      if (taken->answer && taken->answer->text) CHECK_FALSE(taken->answer->text->empty());
    }
}

TEST_CASE("erasure: words do not open with another key or in another place", "[store]") {
  const store::WordsKey key(32, 'k'), other(32, 'o');
  const std::string sealed = store::seal(key, 7, canary_question);
  CHECK(store::unseal(key, 7, sealed) == canary_question);
  CHECK_FALSE(store::unseal(other, 7, sealed));
  CHECK_FALSE(store::unseal(key, 8, sealed));
  CHECK_FALSE(store::unseal(key, 7, sealed.substr(0, 20)));
  CHECK(store::seal(key, 7, canary_question) != sealed);
}

TEST_CASE("erasure: afterwards no file holds the name or a word, and the chains are whole", "[privacy]") {
  PrivacySchool school;
  school.live(6);
  school.ask(canary_question);
  REQUIRE_FALSE(files_with(school.folder(), canary_name).empty());
  REQUIRE(erase(school, school.canary_id()).has_value());
  CHECK(files_with(school.folder(), canary_name).empty());
  CHECK(files_with(school.folder(), canary_question).empty());
  check_chains(school);
  for (const auto& event : school.events())
    if (event.subject == school.canary_id().value && event.kind == store::StepTaken::tag) {
      const auto taken = protocol::decode<store::StepTaken>(event.payload);
      if (taken->answer && taken->answer->text) CHECK(taken->answer->text->empty());
    }
}

TEST_CASE("erasure: the statistics of exercises and the beliefs of others stay as they are", "[privacy]") {
  PrivacySchool school;
  school.live(8);
  const auto before = school.events();
  const auto belief = belief_of(school, 0);
  REQUIRE(erase(school, school.canary_id()).has_value());
  REQUIRE(school.reopen().has_value());  // replay compares every belief, the erased pupil's too
  CHECK(school.running().replayed().steps == 16);
  CHECK(belief_of(school, 0) == belief);
  const auto after = school.events();
  REQUIRE(after.size() == before.size() + 1);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool own = before[i].subject == school.canary_id().value;
    store::Event bare = before[i];
    if (own) store::take_words(bare);
    CHECK(after[i].payload == bare.payload);
  }
}

TEST_CASE("erasure: the pupil is nowhere afterwards and the school goes on", "[privacy]") {
  PrivacySchool school;
  school.live(2);
  school.ask(canary_question);
  const auto id = school.canary_id();
  REQUIRE(erase(school, id).has_value());
  REQUIRE(school.reopen().has_value());
  TeacherDesk desk(school);
  CHECK(desk.outcome(protocol::OpenPupil{"open", id.value, std::nullopt}) == "not-found");
  const auto watched = boost::json::serialize(desk.ask(protocol::WatchClass{"again", Language::Nl, 0}));
  CHECK(watched.find(canary_name) == std::string::npos);
  CHECK(school.running().accounts().directory()->account(id) == nullptr);
  school.do_step(0, true);
  CHECK(erase(school, id).error().code == ErrorCode::NotFound);
}

TEST_CASE("erasure: only pupils can be erased", "[privacy]") {
  PrivacySchool school;
  CHECK(erase(school, school.teacher).error().code == ErrorCode::NotFound);
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().accounts().directory()->account(school.teacher) != nullptr);
}

TEST_CASE("erasure: words from before they were sealed go too, and what is left is vouched for", "[store]") {
  PrivacySchool school;
  school.live(2);
  school.ask(canary_question);
  school.close();
  write_as_before(school);
  REQUIRE_FALSE(files_with(school.folder(), canary_question).empty());
  check_chains(school);
  REQUIRE(erase(school, school.canary_id()).has_value());
  CHECK(files_with(school.folder(), canary_question).empty());
  check_chains(school);
  CHECK(school.reopen().has_value());
  school.close();
  const auto database = school.opened(Mode::ReadWrite);
  database->execute("UPDATE event SET payload = replace(payload, '\"at_s\":1', '\"at_s\":2')");
  CHECK(store::check_chain(*database).error().code == ErrorCode::Conflict);
}

TEST_CASE("erasure: sealed words that were changed show in the chain", "[store]") {
  PrivacySchool school;
  school.live(1);
  school.ask(canary_question);
  school.close();
  check_chains(school);
  const auto database = school.opened(Mode::ReadWrite);
  database->execute("UPDATE event SET sealed = zeroblob(60) WHERE kind = 'question-asked'");
  CHECK(store::check_chain(*database).error().code == ErrorCode::Conflict);
}

}  // namespace trede::practice
