#include "server/commands/cat_command.hpp"

#include <fmt/format.h>

#include <memory>

#include "server/commands/analysis.hpp"
#include "server/commands/cat_run.hpp"
#include "server/commands/fail.hpp"
#include "server/protocol/codec.hpp"
#include "server/tables/item_file.hpp"
#include "server/tables/text_table.hpp"

namespace trede {
namespace {

constexpr const char* cat_example =
    R"(The bank is item,a,b[,c]. The answers are a row a person and a column an item, 0, 1 or NA, with a
header of item names or, without one, in the order of the bank. The first item is chosen at ability
0, every next one at the posterior mean under N(0, 1) on 61 nodes from -6 to 6.

Example:
  trede cat --bank bank.csv --answers answers.csv --theta theta.csv --sequences items.txt)";

struct CatOptions {
  commands::CatRequest request;
  std::string sequences;
  std::string results;
  bool json = false;
};

void print_report(const commands::CatReport& report) {
  fmt::print("{} tests from a bank of {}: {:.3f} items on average, {:.1f} µs a step.\n",
             commands::thousands(static_cast<double>(report.tests)),
             commands::thousands(static_cast<double>(report.items)), report.mean_length,
             report.microseconds_per_step);
  if (report.bands) {
    fmt::print("Bias {:.4f}, RMSE {:.4f}.\n\n", *report.bias, *report.rmse);
    tables::TextTable table({{"ability", tables::Align::Left}, {"tests"}, {"length"}, {"bias"}, {"RMSE"}});
    for (const commands::ReportedBand& band : *report.bands)
      table.add({fmt::format("{:+.0f} … {:+.0f}", band.from, band.to),
                 commands::thousands(static_cast<double>(band.tests)), commands::fixed(band.mean_length, 1),
                 commands::fixed(band.bias), commands::fixed(band.rmse)});
    fmt::print("{}", table.text());
  }
  commands::print_notes(report.notes);
}

void replay(const CatOptions& options) {
  const auto run = commands::run_cat(options.request);
  if (run.has_error()) commands::fail(run.error());
  for (const auto& [path, text] :
       {std::pair(options.sequences, run->sequences), std::pair(options.results, run->results)}) {
    if (path.empty()) continue;
    const auto written = tables::write_text(path, text);
    if (written.has_error()) commands::fail(written.error());
  }
  if (options.json)
    fmt::print("{}\n", protocol::encode_plain(run->report));
  else
    print_report(run->report);
}

void add_rule_options(CLI::App& command, lab::TestRules& rules) {
  commands::add_word_option(
      command, "--se-rule", rules.stop,
      {{"sd", lab::StopRule::PosteriorSd}, {"information", lab::StopRule::Information}},
      "What must be small enough to stop: the posterior's sd (the default), or 1 / √information");
  command.add_option("--stop-se", rules.stop_error, "How small")
      ->check(CLI::Range(1e-3, 10.0))
      ->capture_default_str();
  commands::add_word_option(command, "--select", rules.selection,
                            {{"information", lab::ItemSelection::MaximumInformation},
                             {"variance", lab::ItemSelection::ExpectedVariance}},
                            "Most information (the default), or least expected posterior variance");
}

}  // namespace

void add_cat_command(CLI::App& app) {
  const auto options = std::make_shared<CatOptions>();
  CLI::App* command = app.add_subcommand("cat", "Replay an adaptive test on a fixed matrix of answers");
  command->add_option("--bank", options->request.bank, "Items: item,a,b[,c]")->required()->type_name("FILE");
  command->add_option("--answers", options->request.answers, "What everybody would answer")
      ->required()
      ->type_name("FILE");
  command->add_option("--theta", options->request.theta, "True abilities: person,theta")->type_name("FILE");
  add_rule_options(*command, options->request.rules);
  command
      ->add_option("--sequences", options->sequences, "Write person,item,item,… in order of administration")
      ->type_name("FILE");
  command->add_option("--results", options->results, "Write person,ability,error,length")->type_name("FILE");
  command->add_flag("--json", options->json, "For programs");
  command->footer(cat_example);
  command->callback([options] { replay(*options); });
}

}  // namespace trede
