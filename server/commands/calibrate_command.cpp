#include "server/commands/calibrate_command.hpp"

#include <fmt/format.h>

#include <memory>

#include "server/commands/analysis.hpp"
#include "server/commands/calibration_run.hpp"
#include "server/commands/fail.hpp"
#include "server/protocol/codec.hpp"
#include "server/tables/text_table.hpp"

namespace trede {
namespace {

using commands::CalibrationReport;
using commands::CalibrationRequest;
using commands::fixed;
using commands::ReportedItem;

constexpr const char* calibrate_example = R"(Answers (plain or .gz; an empty field or NA is a missing response):
  long   person,item,response[,time]   a row an answer; time in seconds, for --growth
  wide   a row a person, a header with the names of the items; the first column holds
         names of people when it is called person, pupil, id or nothing
  freq   a row a pattern of answers, the last column freq: how many people gave it
Models: P(right) = c + (1 − c) / (1 + exp(−(a θ + d))), b = −d / a; gpcm: thresholds.
1pl has one common slope; θ ~ N(0, 1) unless --items fixes some items.

Example:
  trede calibrate --responses answers.csv --model 2pl --out items.csv
  trede score --responses answers.csv --items items.csv)";

struct CalibrateOptions {
  CalibrationRequest request;
  std::string out;
  bool json = false;
};

std::string joined(const std::optional<std::vector<double>>& values) {
  std::string text;
  for (const double value : values.value_or(std::vector<double>{}))
    text += (text.empty() ? "" : " ") + fixed(value);
  return text;
}

std::string p_of(const std::optional<commands::ReportedTest>& test) {
  return test ? fixed(test->p) : "–";
}

void print_items(const CalibrationReport& report) {
  const bool ordered = report.model == "gpcm";
  const bool guesses = report.model == "3pl";
  std::vector<tables::Column> columns = {{"item", tables::Align::Left}, {"answers"}, {"a"}, {"(se)"}};
  if (ordered)
    for (const char* name : {"thresholds", "(se)"}) columns.push_back({name, tables::Align::Left});
  else
    for (const char* name : {"b", "(se)", "d", "(se)"}) columns.push_back({name});
  if (guesses)
    for (const char* name : {"c", "(se)"}) columns.push_back({name});
  const bool fit = !report.items.empty() && report.items.front().infit;
  if (fit)
    for (const char* name : {"infit", "outfit", "p(S-X²)", "p(pred.)"}) columns.push_back({name});
  tables::TextTable table(columns);
  for (const ReportedItem& item : report.items) {
    std::vector<std::string> row = {item.id, commands::thousands(item.answers), fixed(item.a),
                                    fixed(item.se_a)};
    if (ordered)
      row.insert(row.end(), {joined(item.thresholds), joined(item.se_thresholds)});
    else
      row.insert(row.end(), {fixed(item.b), fixed(item.se_b), fixed(item.d), fixed(item.se_d)});
    if (guesses) row.insert(row.end(), {fixed(item.c), fixed(item.se_c)});
    if (fit)
      row.insert(row.end(),
                 {fixed(item.infit, 2), fixed(item.outfit, 2), p_of(item.s_x2), p_of(item.prediction)});
    table.add(std::move(row));
  }
  fmt::print("{}", table.text());
}

void print_growth(const commands::ReportedGrowth& growth) {
  if (growth.clock)
    fmt::print("Growth {:.5f} a day (se {:.5f}), diffusion {:.6f} a day.\n", growth.per_day,
               growth.se_per_day, growth.diffusion_per_day);
  else
    fmt::print("There is no clock: growth {:.5f} an answer (se {:.5f}), diffusion {:.6f} an answer.\n",
               growth.per_answer, growth.se_per_answer, growth.diffusion_per_answer);
}

void print_report(const CalibrationReport& report) {
  print_items(report);
  fmt::print("\n{}: {} people, {} answers. Log-likelihood {:.6f}", report.model,
             commands::thousands(report.people), commands::thousands(report.answers), report.log_likelihood);
  if (report.penalised_log_likelihood) fmt::print(" (with priors {:.6f})", *report.penalised_log_likelihood);
  fmt::print("; {} iterations, {}converged, {:.2f} s.\n", report.iterations, report.converged ? "" : "not ",
             report.seconds);
  if (report.mean != 0.0 || report.sd != 1.0)
    fmt::print("The people: mean {:.3f}, sd {:.3f}.\n", report.mean, report.sd);
  if (report.growth) print_growth(*report.growth);
  if (report.dependent_pairs)
    for (const commands::ReportedPair& pair : *report.dependent_pairs)
      fmt::print("Items {} and {} depend on each other: Q3 {:.2f}.\n", pair.first, pair.second, pair.q3);
  commands::print_notes(report.notes);
}

void calibrate(CalibrateOptions options) {
  options.request.workers = commands::all_workers();
  const auto run = [&] {
    commands::ProgressLine line;
    return commands::run_calibration(options.request, [&line](int iteration, double log_likelihood) {
      line.tell(fmt::format("iteration {}, log-likelihood {:.3f}", iteration, log_likelihood));
    });
  }();
  if (run.has_error()) commands::fail(run.error());
  if (!options.out.empty()) {
    const auto written = tables::write_text(options.out, tables::items_as_csv(run->items, run->errors));
    if (written.has_error()) commands::fail(written.error());
  }
  if (options.json)
    fmt::print("{}\n", protocol::encode_plain(run->report));
  else
    print_report(run->report);
}

void add_model_options(CLI::App& command, CalibrationRequest& request) {
  using calibration::Model;
  commands::add_word_option(
      command, "--model", request.model,
      {{"1pl", Model::OnePl}, {"2pl", Model::TwoPl}, {"3pl", Model::ThreePl}, {"gpcm", Model::Gpcm}},
      "How answers depend on ability")
      ->required();
  command
      .add_option("--prior", request.prior,
                  "none; weak: logit c ~ N(−1.39, .5²); or a file item,parameter,mean,sd with log_a, d,\n"
                  "logit_c, threshold, * for all items. Default: weak for 3pl, else none")
      ->type_name("none|weak|FILE");
  command
      .add_option(
          "--nodes", request.nodes,
          "Of the quadrature, equally spaced on ±R; at the same spacing they go on to ±7. Default: 61,\n"
          "more where somebody gave over 100 answers")
      ->check(CLI::Range(5, 2001));
  command.add_option("--range", request.range, "Of the quadrature: ±R")
      ->check(CLI::Range(1.0, 40.0))
      ->capture_default_str();
  command.add_option("--items", request.anchors, "Items that keep the parameters of this file (anchors)")
      ->type_name("FILE");
  command.add_flag("--growth", request.growth,
                   "Abilities grow meanwhile: long answers with a column time (seconds)");
  using commands::FitWanted;
  commands::add_word_option(
      command, "--fit", request.fit,
      {{"auto", FitWanted::Auto},
       {"no", FitWanted::No},
       {"other", FitWanted::Other},
       {"yes", FitWanted::Other},
       {"earlier", FitWanted::Earlier}},
      "Infit, outfit, S-X², Q3. other (yes): each answer is predicted from all others of the\n"
      "person; earlier: from those before it in the file, for streams in which the answers\n"
      "decided what was asked next; auto: as other, up to 200,000 answers");
}

}  // namespace

void add_calibrate_command(CLI::App& app) {
  const auto options = std::make_shared<CalibrateOptions>();
  CLI::App* command =
      app.add_subcommand("calibrate", "Estimate items from a table of answers (CSV or CSV.gz)");
  command->add_option("--responses", options->request.responses, "The table of answers")
      ->required()
      ->type_name("FILE");
  commands::add_layout_option(*command, options->request.layout);
  add_model_options(*command, options->request);
  command->add_option("--out", options->out, "Write the items to this file (CSV)")->type_name("FILE");
  command->add_flag("--json", options->json, "For programs");
  command->footer(calibrate_example);
  command->callback([options] { calibrate(*options); });
}

}  // namespace trede
