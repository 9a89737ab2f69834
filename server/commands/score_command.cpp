#include "server/commands/score_command.hpp"

#include <fmt/format.h>

#include <memory>

#include "server/commands/analysis.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/score_run.hpp"
#include "server/protocol/codec.hpp"
#include "server/tables/text_table.hpp"

namespace trede {
namespace {

constexpr const char* score_example =
    R"(EAP: posterior mean and sd; MAP: posterior mode; WLE: Warm's weighted likelihood; ML is in
--json. Who answered all right or all wrong has an EAP, MAP and WLE; their ML is the end of
the range.

Example:
  trede score --responses answers.csv --items items.csv      (items of trede calibrate --out))";

struct ScoreOptions {
  commands::ScoreRequest request;
  bool json = false;
};

void print_report(const commands::ScoreReport& report) {
  tables::TextTable table({{"person", tables::Align::Left},
                           {"answers"},
                           {"EAP"},
                           {"(sd)"},
                           {"MAP"},
                           {"(se)"},
                           {"WLE"},
                           {"(se)"}});
  for (const commands::ReportedPerson& person : report.people)
    table.add({person.id, std::to_string(person.answers), commands::fixed(person.eap),
               commands::fixed(person.sd_eap), commands::fixed(person.map), commands::fixed(person.se_map),
               commands::fixed(person.wle), commands::fixed(person.se_wle)});
  fmt::print("{}", table.text());
  commands::print_notes(report.notes);
}

void score(ScoreOptions options) {
  options.request.workers = commands::all_workers();
  const auto report = commands::run_score(options.request);
  if (report.has_error()) commands::fail(report.error());
  if (options.json)
    fmt::print("{}\n", protocol::encode_plain(*report));
  else
    print_report(*report);
}

}  // namespace

void add_score_command(CLI::App& app) {
  const auto options = std::make_shared<ScoreOptions>();
  commands::ScoreRequest& request = options->request;
  CLI::App* command = app.add_subcommand("score", "Abilities of people by items with known parameters");
  command->add_option("--responses", request.responses, "The table of answers (CSV or CSV.gz)")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--items", request.items,
                   "Their parameters: item,a,b[,c] or as trede calibrate --out writes")
      ->required()
      ->type_name("FILE");
  commands::add_layout_option(*command, request.layout);
  command->add_option("--mean", request.prior.mean, "Of the people's abilities before any answer")
      ->capture_default_str();
  command->add_option("--sd", request.prior.sd, "Their standard deviation")
      ->check(CLI::Range(1e-3, 1e3))
      ->capture_default_str();
  command->add_option("--nodes", request.nodes, "Of the quadrature")
      ->check(CLI::Range(5, 2001))
      ->capture_default_str();
  command->add_option("--range", request.range, "Of the quadrature and of ML: ±R")
      ->check(CLI::Range(1.0, 40.0))
      ->capture_default_str();
  command->add_flag("--json", options->json, "For programs");
  command->footer(score_example);
  command->callback([options] { score(*options); });
}

}  // namespace trede
