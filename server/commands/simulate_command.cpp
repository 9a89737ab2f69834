#include "server/commands/simulate_command.hpp"

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <thread>

#include "engine/version.hpp"
#include "server/commands/analysis.hpp"
#include "server/commands/dry_run.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/report_page.hpp"
#include "server/commands/simulate_run.hpp"
#include "server/commands/system_clock.hpp"
#include "server/practice/pupil_state.hpp"
#include "server/tables/text_table.hpp"

namespace trede {
namespace {

using commands::LabReport;

struct SimulateOptions {
  commands::StudyRequest study;
  std::string bank;
  std::optional<int> pupils;
  int weeks = 40;
  std::string report;
  bool json = false;
};

// Tells how far many threads are, from one of its own.
class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)) {}

  void tell(int done, int all) {
    all_ = all;
    done_ = done;
  }

 private:
  void show(const std::stop_token& stop) {
    using namespace std::chrono_literals;
    commands::ProgressLine line;
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(100ms);
      if (all_ == 0) continue;
      constexpr int width = 30;
      const int full = width * done_ / all_;
      line.tell(fmt::format("{} [{:=<{}}{:{}}] {} of {}", what_, "", full, "", width - full, done_.load(),
                            all_.load()));
    }
  }

  std::string what_;
  std::atomic<int> done_ = 0;
  std::atomic<int> all_ = 0;
  std::jthread shown_{
      [this](const std::stop_token& stop) { show(stop); }};  // last: ends before the rest goes
};

std::string footer() {
  std::string text = "Worlds (--world WORD …; all when none is named):\n";
  for (const lab::World world : commands::all_worlds())
    text += fmt::format("  {:<18} {}\n", word_of(world), description_of(world));
  text += "\nPolicies (--policy WORD …; all when none is named):\n";
  for (const lab::Contender& contender : commands::all_contenders())
    text += fmt::format("  {:<18} {}\n", contender.word, contender.name);
  return text +
         "\nThe same pupils, by seed, meet every policy in every world; intervals are 95 % over seeds.\n\n"
         "Examples:\n"
         "  trede simulate --world flat --policy elo trede --pupils 100 --seeds 3 --report lab\n"
         "  trede simulate --bank content/starter --report dry-run";
}

std::string with_interval(const commands::ReportedEstimate& estimate) {
  return fmt::format("{:.3f} ± {:.3f}", estimate.mean, estimate.half);
}

void print(const commands::ReportedStudy& study) {
  fmt::print("{} pupils, {:.0f} minutes, {} seeds from {}; {:.0f} s of processor time.\n", study.pupils,
             study.minutes, study.seeds, study.first_seed, study.cpu_seconds);
  for (const commands::ReportedWorld& world : study.worlds) {
    fmt::print("\n{}: {}\n", world.name, world.description);
    tables::TextTable table({{"policy", tables::Align::Left},
                             {"gain"},
                             {"lowest quarter"},
                             {"highest quarter"},
                             {"mastered"},
                             {"right"},
                             {"video min."},
                             {"most used"},
                             {"coverage"},
                             {study.ours + " minus it"},
                             {"relative"}});
    for (const commands::ReportedPolicy& policy : world.policies) {
      const auto& minus = policy.ours_minus;
      table.add({policy.name, with_interval(policy.gains.all), with_interval(policy.gains.lowest),
                 with_interval(policy.gains.highest), fmt::format("{:.2f}", policy.mastered),
                 fmt::format("{:.2f}", policy.success), fmt::format("{:.1f}", policy.video_minutes),
                 fmt::format("{:.1f} %", 100.0 * policy.most_exposed), fmt::format("{:.3f}", policy.coverage),
                 minus ? with_interval(minus->gains.all) : "–",
                 minus ? fmt::format("{:+.0f} %", 100.0 * minus->relative) : "–"});
    }
    fmt::print("{}", table.text());
  }
}

void print(const commands::ReportedBank& bank) {
  fmt::print("{}: {} weeks of {} sessions of {:.0f} minutes.\n\n", bank.title, bank.weeks,
             bank.sessions_a_week, bank.session_minutes);
  tables::TextTable cohorts({{"pupils", tables::Align::Left},
                             {"answers"},
                             {"right"},
                             {"video"},
                             {"different"},
                             {"gifts"},
                             {"riddles"},
                             {"at the end"},
                             {"weeks"}});
  for (const commands::ReportedCohort& cohort : bank.cohorts)
    cohorts.add({cohort.name, fmt::format("{:.0f}", cohort.answers), fmt::format("{:.2f}", cohort.success),
                 fmt::format("{:.0f} %", 100.0 * cohort.video_share), fmt::format("{:.0f}", cohort.different),
                 fmt::format("{:.0f} %", 100.0 * cohort.gifts),
                 fmt::format("{:.0f} %", 100.0 * cohort.riddles),
                 fmt::format("{:.0f} %", 100.0 * cohort.at_end), commands::fixed(cohort.weeks_to_end, 0)});
  fmt::print("{}\n", cohorts.text());
  if (bank.proposals.empty()) fmt::print("Nothing to propose.\n");
  for (const commands::Proposal& proposal : bank.proposals)
    fmt::print("{} {}{}{}\n", proposal.urgent ? "!" : "-", proposal.topic, proposal.topic.empty() ? "" : " ",
               proposal.text);
}

void add_study(const SimulateOptions& options, LabReport& report) {
  commands::StudyRequest request = options.study;
  if (options.pupils) request.options.pupils = *options.pupils;
  Progress progress("Runs");
  auto study = commands::run_study(request, [&](int done, int all) { progress.tell(done, all); });
  if (study.has_error()) commands::fail(study.error());
  report.study = std::move(*study);
}

void add_bank(const SimulateOptions& options, LabReport& report) {
  const auto bank = commands::bank_to_try(options.bank);
  if (bank.has_error()) commands::fail(bank.error());
  commands::DryRunRequest request{.folder = options.bank, .walk = {}};
  request.walk.pupils = options.pupils.value_or(request.walk.pupils);
  request.walk.weeks = options.weeks;
  request.walk.seed = options.study.options.first_seed;
  request.walk.workers = options.study.options.workers;
  Progress progress("Pupils");
  report.bank = commands::try_bank(**bank, request, [&](int done, int all) { progress.tell(done, all); });
}

void simulate(const SimulateOptions& options) {
  std::string page;
  if (!options.report.empty()) {
    auto begun = commands::begin_report(options.report);
    if (begun.has_error()) commands::fail(begun.error());
    page = std::move(*begun);
  }
  LabReport report;
  report.program = "Trede 0.1.0";
  report.engine = engine_version;
  report.written = practice::date_of(commands::system_time());
  if (options.bank.empty())
    add_study(options, report);
  else
    add_bank(options, report);
  if (!options.report.empty()) {
    const auto written = commands::write_report(report, options.report, std::move(page));
    if (written.has_error()) commands::fail(written.error());
  }
  if (options.json) return fmt::print("{}\n", commands::json_of(report));
  if (report.study) print(*report.study);
  if (report.bank) print(*report.bank);
  if (!options.report.empty()) fmt::print("\nThe report is {}/report.html.\n", options.report);
}

}  // namespace

void add_simulate_command(CLI::App& app) {
  const auto options = std::make_shared<SimulateOptions>();
  lab::StudyOptions& study = options->study.options;
  study.workers = commands::all_workers();
  CLI::App* command =
      app.add_subcommand("simulate", "Compare policies on simulated pupils, or try a bank on them");
  command->add_option("--world", options->study.worlds, "How pupils learn and answer; several")
      ->delimiter(',');
  command->add_option("--policy", options->study.policies, "What chooses the next step; several")
      ->delimiter(',');
  command->add_option("--pupils", options->pupils, "Pupils a run (400), or a school year of the bank (40)")
      ->check(CLI::Range(1, 100'000));
  command->add_option("--minutes", study.minutes, "Each pupil has")
      ->check(CLI::Range(1.0, 10'000.0))
      ->capture_default_str();
  command->add_option("--seed", study.first_seed, "The first")->capture_default_str();
  command->add_option("--seeds", study.seeds, "How many: as often is everything done with other pupils")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  command->add_option("--bank", options->bank, "Try this bank instead: the folder with bank.json")
      ->type_name("DIR");
  command->add_option("--weeks", options->weeks, "With --bank: three sessions of 20 minutes in each")
      ->check(CLI::Range(1, 400))
      ->capture_default_str();
  command->add_option("--workers", study.workers, "Threads; the result does not depend on it")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_option("--report", options->report, "Write report.json and report.html there")
      ->type_name("DIR");
  command->add_flag("--json", options->json, "Print the report as one JSON object");
  command->footer(footer());
  command->callback([options] { simulate(*options); });
}

}  // namespace trede
