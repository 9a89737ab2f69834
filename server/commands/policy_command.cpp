#include "server/commands/policy_command.hpp"

#include <fmt/format.h>

#include <boost/describe.hpp>
#include <memory>

#include "server/commands/analysis.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/policy_evaluation.hpp"
#include "server/commands/policy_videos.hpp"
#include "server/protocol/codec.hpp"
#include "server/tables/text_table.hpp"

namespace trede {
namespace {

using commands::Candidate;

struct EvaluateOptions {
  std::string data = "data";
  std::vector<std::string> candidates;
  bool json = false;
};

struct Interval {
  double value = 0, low = 0, high = 0;
};
BOOST_DESCRIBE_STRUCT(Interval, (), (value, low, high))

// Estimates are left out where they would promise too much.
struct JudgedPolicy {
  std::string candidate, description;
  double effective_size = 0, largest_weight = 0;
  std::optional<Interval> ips, snips, doubly_robust, difference;
};
BOOST_DESCRIBE_STRUCT(JudgedPolicy, (),
                      (candidate, description, effective_size, largest_weight, ips, snips, doubly_robust,
                       difference))

struct PolicyReport {
  std::int64_t decisions = 0, pupils = 0, of_another_policy = 0;
  std::string reward = "gain in P(mastery) of the choice's topic, as believed before and after it";
  Interval behaviour;
  std::vector<JudgedPolicy> candidates;
};
BOOST_DESCRIBE_STRUCT(PolicyReport, (), (decisions, pupils, of_another_policy, reward, behaviour, candidates))

Interval interval(const lab::ValueEstimate& estimate) {
  return {estimate.value, estimate.low(), estimate.high()};
}

JudgedPolicy judged(const Candidate& candidate, const lab::OffPolicyValue& value) {
  JudgedPolicy policy{
      candidate.word, candidate.description, value.effective_size, value.largest_weight, {}, {}, {}, {}};
  if (!value.reportable()) return policy;
  policy.ips = interval(value.ips);
  policy.snips = interval(value.snips);
  policy.doubly_robust = interval(value.doubly_robust);
  policy.difference = interval(value.difference);
  return policy;
}

Result<std::vector<Candidate>> chosen(const std::vector<std::string>& words) {
  const std::vector<Candidate> known = commands::known_candidates();
  if (words.empty()) return known;
  std::vector<Candidate> candidates;
  for (const std::string& word : words) {
    const auto match =
        std::find_if(known.begin(), known.end(), [&](const Candidate& each) { return each.word == word; });
    if (match == known.end())
      return Error{ErrorCode::Invalid,
                   "there is no candidate \"" + word + "\"; trede policy evaluate --help lists them"};
    candidates.push_back(*match);
  }
  return candidates;
}

PolicyReport report_of(const commands::PolicyLog& log, const std::vector<Candidate>& candidates) {
  const auto values = commands::evaluate(log, candidates.size());
  PolicyReport report;
  report.decisions = values.front().decisions;
  report.pupils = values.front().pupils;
  report.of_another_policy = log.other_policy;
  report.behaviour = interval(values.front().behaviour);
  for (std::size_t c = 0; c < candidates.size(); ++c)
    report.candidates.push_back(judged(candidates[c], values[c]));
  return report;
}

// In thousandths: a single step moves P(mastery) little.
std::string shown(const std::optional<Interval>& interval) {
  if (!interval) return "–";
  return fmt::format("{:.1f} ({:.1f} … {:.1f})", 1000 * interval->value, 1000 * interval->low,
                     1000 * interval->high);
}

void print(const PolicyReport& report) {
  fmt::print("{} choices of {} pupils. Reward: {}, in thousandths, with 95 % intervals over pupils.\n",
             commands::thousands(static_cast<double>(report.decisions)), report.pupils, report.reward);
  fmt::print("What ran reached {}.\n\n", shown(report.behaviour));
  tables::TextTable table({{"candidate", tables::Align::Left},
                           {"SNIPS"},
                           {"IPS"},
                           {"doubly robust"},
                           {"minus what ran"},
                           {"eff. size"},
                           {"largest weight"}});
  bool refused = false;
  for (const JudgedPolicy& policy : report.candidates) {
    table.add({policy.candidate + ": " + policy.description, shown(policy.snips), shown(policy.ips),
               shown(policy.doubly_robust), shown(policy.difference),
               commands::thousands(policy.effective_size), commands::fixed(policy.largest_weight, 1)});
    refused = refused || !policy.snips;
  }
  fmt::print("{}", table.text());
  if (refused)
    fmt::print(
        "\nWhere there is a dash, too few of the stored choices look like what that policy would do (an "
        "effective\nsize of 200 or less): any number would promise too much. More weeks of practice will "
        "tell.\n");
  if (report.of_another_policy > 0)
    fmt::print(
        "\n{} choices were made by another version of the policy; they count with the probability that was "
        "stored.\n",
        commands::thousands(static_cast<double>(report.of_another_policy)));
  fmt::print(
      "\nEach choice is judged alone, with all that follows left to the policy that ran: a hint for what to "
      "try, no proof.\n");
}

void evaluate(const EvaluateOptions& options) {
  if (!std::filesystem::exists(std::filesystem::path(options.data) / "school.db"))
    commands::fail({ErrorCode::NotFound, "there is no school in " + options.data});
  const auto candidates = chosen(options.candidates);
  if (candidates.has_error()) commands::fail(candidates.error());
  Result<commands::PolicyLog> log = commands::PolicyLog{};
  {
    commands::ProgressLine line;
    log = commands::read_policy_log(options.data, *candidates, [&](std::size_t choices) {
      line.tell(fmt::format("{} choices", commands::thousands(static_cast<double>(choices))));
    });
  }
  if (log.has_error()) commands::fail(log.error());
  if (log->decisions.empty())
    commands::fail({ErrorCode::NotFound, "nobody has practised in " + options.data + " yet"});
  const PolicyReport report = report_of(*log, *candidates);
  if (options.json) return fmt::print("{}\n", protocol::encode_plain(report));
  print(report);
}

std::string footer() {
  std::string text = "Candidates (--candidate WORD …; all when none is named):\n";
  for (const Candidate& candidate : commands::known_candidates())
    text += fmt::format("  {:<10} {}\n", candidate.word, candidate.description);
  return text + "\nReads the journal only; the school may be running.";
}

}  // namespace

void add_policy_command(CLI::App& app) {
  CLI::App* policy = app.add_subcommand("policy", "Look after what chooses the next step");
  policy->require_subcommand(1);
  CLI::App* command = policy->add_subcommand(
      "evaluate", "Would another policy have taught more? From the choices in a school's journal");
  const auto options = std::make_shared<EvaluateOptions>();
  command->add_option("--data", options->data, "Folder of the school")->capture_default_str();
  command->add_option("--candidate", options->candidates, "What to judge; several")->delimiter(',');
  command->add_flag("--json", options->json, "Print one JSON object");
  command->footer(footer());
  command->callback([options] { evaluate(*options); });
  add_policy_videos(*policy);
}

}  // namespace trede
