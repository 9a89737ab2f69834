// trede simulate and trede policy: what is asked in words, what a faulty bank is told, what a report holds.
#include <fstream>

#include "server/commands/bank_proposals.hpp"
#include "server/commands/dry_run.hpp"
#include "server/commands/policy_candidates.hpp"
#include "server/commands/policy_evaluation.hpp"
#include "server/commands/report_page.hpp"
#include "server/commands/simulate_run.hpp"
#include "server/protocol/codec.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::commands {
namespace {

using Catch::Matchers::Contains;

constexpr const char* page = "<script id=\"report\" type=\"application/json\"></script>";

ReportedBank small_bank() {
  ReportedBank bank;
  bank.weeks = 40;
  bank.lowest_difficulty = -6.0;
  bank.difficulty_step = 0.5;
  ReportedTopic topic{.id = "t", .title = "Fractions", .cut = 0.0, .reached = 1.0, .mastered = 0.9};
  topic.answers = 30;
  topic.items = {-1.0, 0.0};
  topic.videos = 1;
  topic.too_hard.assign(24, 0);
  topic.too_easy.assign(24, 0);
  bank.topics = {topic};
  return bank;
}

TEST_CASE("simulate: a word that names no world or policy is told", "[server]") {
  StudyRequest request;
  request.worlds = {"atlantis"};
  CHECK_THAT(run_study(request, {}).error().detail, Contains("\"atlantis\""));
  request.worlds = {"flat"};
  request.policies = {"elo", "oracle"};
  CHECK_THAT(run_study(request, {}).error().detail, Contains("policy \"oracle\""));
}

TEST_CASE("simulate: every policy but ours is compared with ours", "[server]") {
  StudyRequest request{{"flat"}, {"random", "trede"}, {.pupils = 4, .minutes = 10.0, .seeds = 2}};
  const auto study = run_study(request, {});
  REQUIRE(study.has_value());
  const auto& policies = study->worlds.front().policies;
  REQUIRE(policies.size() == 2);
  CHECK(policies[0].ours_minus.has_value());
  CHECK_FALSE(policies[1].ours_minus.has_value());
  CHECK(policies[0].ours_minus->gains.all.mean ==
        Approx(policies[1].gains.all.mean - policies[0].gains.all.mean));
}

TEST_CASE("simulate: the numbers cannot end the script they stand in", "[server]") {
  const auto filled = page_with(page, R"({"a": "</script><b>"})");
  REQUIRE(filled.has_value());
  CHECK_THAT(*filled, Contains("\\u003c/script>\\u003cb>"));
  CHECK(page_with("<html></html>", "{}").has_error());
}

TEST_CASE("simulate: a report keeps five decimals", "[server]") {
  LabReport report;
  report.bank = small_bank();
  report.bank->topics[0].cut = 1.0 / 3.0;
  const auto read = protocol::decode<LabReport>(json_of(report));
  REQUIRE(read.has_value());
  CHECK(read->bank->topics[0].cut == Approx(0.33333).margin(1e-12));
}

TEST_CASE("simulate: a bank that cannot be published is not tried, and the checker's words say why",
          "[server]") {
  const testing::TemporaryFolder folder;
  std::filesystem::copy(std::string(TREDE_SOURCE_DIR) + "/content/starter", folder.path() / "bank",
                        std::filesystem::copy_options::recursive);
  const std::string bank = (folder.path() / "bank").string();
  std::ifstream in(bank + "/topics.json");
  std::string topics{std::istreambuf_iterator<char>(in), {}};
  const std::string first = R"("level": -1.8, "prerequisites": [])";
  REQUIRE(topics.find(first) != std::string::npos);
  topics.replace(topics.find(first), first.size(), R"("level": -1.8, "prerequisites": ["breuken-benoemen"])");
  std::ofstream(bank + "/topics.json") << topics;
  const auto tried = bank_to_try(bank);
  REQUIRE(tried.has_error());
  CHECK_THAT(tried.error().detail, Contains("topics.json"));
  CHECK_THAT(tried.error().detail, Contains("breuken-benoemen"));
  CHECK(bank_to_try((folder.path() / "nowhere").string()).has_error());
}

TEST_CASE("simulate: a bank in which all is well has nothing proposed", "[server]") {
  CHECK(proposals_for(small_bank()).empty());
}

TEST_CASE("simulate: what is missing is proposed with its place, a sentence a topic, the pressing first",
          "[server]") {
  ReportedBank bank = small_bank();
  ReportedTopic& topic = bank.topics[0];
  topic.videos = 0;
  topic.off_target = 0.4;
  topic.too_hard[10] = 40;  // difficulties −1 to −.5
  topic.nothing_easier = 0.2;
  bank.topics.push_back({.id = "e", .title = "Empty"});
  const auto proposals = proposals_for(bank);
  REQUIRE(proposals.size() == 2);
  CHECK_THAT(proposals[0].text, Contains("has no video") &&
                                    Contains("it needs easier exercises, of difficulty -1.0 to -0.5") &&
                                    Contains("20 %"));
  CHECK_THAT(proposals[1].text, Contains("no exercises"));
  CHECK(proposals[0].urgent);
  CHECK(proposals[1].urgent);
  bank.topics[0].too_hard[10] = 0;
  bank.topics[0].off_target = 0.0;
  const auto calmer = proposals_for(bank);
  REQUIRE(calmer.size() == 2);
  CHECK(calmer[0].topic == "Empty");
  CHECK_FALSE(calmer[1].urgent);
}

TEST_CASE("policy: every candidate's choices have probabilities that sum to one", "[server]") {
  Catalogue bank;
  bank.topics.push_back({});
  for (int i = 0; i < 20; ++i)
    bank.items.push_back({.parameters = {1.2, -2.0 + 0.2 * i, 0.0}, .loadings = {{0, 1.0}}});
  bank.videos.push_back({.topic = 0});
  complete(bank);
  const auto belief = tracking::prior(bank, 0.0);
  const auto effects = effects::first_guess(bank);
  for (const Candidate& candidate : known_candidates()) {
    double sum = 0.0, video = 0.0, away = 0.0;
    for (const policy::Choice& choice :
         choices_of(candidate, belief, bank, policy::new_context(bank), effects)) {
      sum += choice.probability;
      if (choice.kind == policy::ChoiceKind::Video) video += choice.probability;
      if (choice.kind == policy::ChoiceKind::Exercise)
        away += choice.probability * std::abs(choice.predicted - choice.target);
    }
    INFO(candidate.word << ", mean distance to the target " << away);
    CHECK(sum == Approx(1.0).margin(1e-9));
    CHECK((video == 0.0) == !candidate.video);
  }
}

TEST_CASE("policy: the model of the reward finds which of two kinds of choice pays", "[server]") {
  PolicyLog log;
  Random random{5};
  for (int i = 0; i < 4'000; ++i) {
    const bool good = random.uniform() < 0.5;
    PolicyDecision decision{.pupil = i % 40, .behaviour = 0.5, .cell = good ? 8 : 5};
    decision.mastery_gain = (good ? 0.02 : 0.0) + 0.01 * random.normal();
    CandidateView view{.probability = good ? 0.9 : 0.1};
    view.cells[8] = 0.9;
    view.cells[5] = 0.1;
    decision.views = {view};
    log.decisions.push_back(decision);
  }
  const auto value = evaluate(log, 1).front();
  REQUIRE(value.reportable());
  CHECK(value.doubly_robust.value == Approx(0.018).margin(0.001));
  CHECK(value.snips.value == Approx(0.018).margin(0.001));
  CHECK(value.doubly_robust.standard_error < value.ips.standard_error);
}

}  // namespace
}  // namespace trede::commands
