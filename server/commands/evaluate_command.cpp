#include "server/commands/evaluate_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <thread>

#include "server/commands/evaluation.hpp"
#include "server/commands/fail.hpp"

namespace trede {
namespace {

using commands::Evaluation;
using commands::Figures;
using prediction::Metrics;

struct Asked {
  commands::EvaluationRequest request;
  std::string predictions;
  bool json = false;
};

boost::json::object json_of(const Metrics& metrics) {
  return {{"auc", metrics.auc},   {"accuracy", metrics.accuracy}, {"log_loss", metrics.log_loss},
          {"rmse", metrics.rmse}, {"ece", metrics.ece},           {"n", metrics.n}};
}

boost::json::object json_of(const Figures& figures) {
  boost::json::object object = json_of(figures.all);
  object["auc_standard_error"] = figures.auc_standard_error;
  object["skip5"] = json_of(figures.skip5);
  return object;
}

boost::json::object constants_of(const prediction::Selection& selection) {
  boost::json::object constants;
  constants["item_sd"] = selection.widths.item;
  for (const auto& [name, value] : selection.model.constants()) constants[name] = value;
  const prediction::LogitCorrection& correction = selection.model.correction;
  constants["correction.scale"] = correction.scale;
  constants["correction.bend"] = correction.bend;
  constants["correction.logit_centre"] = correction.logit_centre;
  constants["correction.bend_centre"] = correction.bend_centre;
  return constants;
}

void print_json(const Evaluation& made) {
  boost::json::object object = json_of(made.figures);
  object["constants"] = constants_of(made.selection);
  object["fit_seconds"] = made.fit_seconds;
  object["predict_microseconds_per_answer"] = made.predict_microseconds_per_answer;
  object["iterations"] = made.selection.model.iterations;
  object["converged"] = made.selection.model.converged;
  object["item_mean"] = json_of(made.item_mean);
  object["pupils"] = {{"training", made.training_pupils},
                      {"validation", made.validation_pupils},
                      {"test", made.test_pupils},
                      {"left_out_as_duplicates", made.selection.duplicates.size()}};
  object["has_clock"] = made.has_clock;
  object["notes"] = boost::json::value_from(made.notes);
  if (made.excluding) object["excluding"] = json_of(*made.excluding);
  fmt::print("{}\n", boost::json::serialize(object));
}

void print_row(const std::string& name, const Metrics& metrics) {
  if (metrics.n == 0) return fmt::print("{:<34} {:>9}\n", name, "none");
  fmt::print("{:<34} {:>9} {:>8.4f} {:>8.4f} {:>8.4f} {:>8.4f} {:>8.4f}\n", name, metrics.n, metrics.auc,
             metrics.log_loss, metrics.ece, metrics.accuracy, metrics.rmse);
}

void print_table(const Evaluation& made) {
  fmt::print("{} answers of {} pupils to {} items on {} topics, {}\n", made.rows, made.pupils, made.items,
             made.topics, made.has_clock ? "with a clock" : "without a clock");
  fmt::print(
      "{} training pupils, {} of them for validation, {} left out because they repeat another; {} test "
      "pupils\n",
      made.training_pupils, made.validation_pupils, made.selection.duplicates.size(), made.test_pupils);
  for (const std::string& note : made.notes) fmt::print("Note: {}\n", note);
  fmt::print("\n{:<34} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8}\n", "test pupils, one step ahead", "answers",
             "AUC", "log-loss", "ECE", "accuracy", "RMSE");
  print_row("share right of the item", made.item_mean);
  print_row("the model", made.figures.all);
  print_row("  from each pupil's sixth answer", made.figures.skip5);
  if (made.excluding) {
    print_row(fmt::format("  without {} pupils", made.excluded_pupils), made.excluding->all);
    print_row("  the same, from the sixth answer", made.excluding->skip5);
  }
  fmt::print("\nStandard error of the AUC over pupils: {:.4f}\n", made.figures.auc_standard_error);
  for (const auto& trial : made.selection.trials)
    fmt::print("Validation pupils, sd of items {:.2f}: log-loss {:.5f}{}\n", trial.widths.item,
               trial.log_loss, trial.widths.item == made.selection.widths.item ? "  (chosen)" : "");
  fmt::print("Processor time: {:.1f} s to fit, {:.2f} µs an answer to predict\n", made.fit_seconds,
             made.predict_microseconds_per_answer);
}

void write_predictions(const std::string& file, const std::vector<double>& probabilities) {
  std::ofstream out(file);
  for (const double p : probabilities) out << fmt::format("{:.9g}\n", p);
  out.flush();
  if (!out) commands::fail({ErrorCode::Unavailable, "cannot write " + file});
}

void show_progress(const char* stage, double done) {
  fmt::print(stderr, "\r{}: {:3.0f} % \033[K", stage, 100.0 * done);
}

void evaluate(Asked asked) {
  const bool on_terminal = isatty(STDERR_FILENO) != 0;
  if (on_terminal) asked.request.progress = show_progress;
  const auto made = commands::evaluate(asked.request);
  if (on_terminal) fmt::print(stderr, "\r\033[K");
  if (made.has_error()) commands::fail(made.error());
  if (!asked.predictions.empty()) write_predictions(asked.predictions, made->probabilities);
  asked.json ? print_json(*made) : print_table(*made);
}

}  // namespace

void add_evaluate_command(CLI::App& app) {
  auto asked = std::make_shared<Asked>();
  asked->request.workers = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  auto* command = app.add_subcommand(
      "evaluate", "Measure how well each next answer of unseen pupils is predicted, on a log of answers");
  command->footer(
      "The file is CSV or CSV.gz with the columns pupil,item,topics,correct,time_s,response_ms; the rows of "
      "a pupil\n"
      "follow each other. A hash of the pupil's name decides: one in five is tested, one in five serves to "
      "choose.");
  command->add_option("--responses", asked->request.responses, "The log of answers")->required();
  command
      ->add_option("--validation-mod", asked->request.validation_mod,
                   "Validation pupils have hash mod 5 = this")
      ->check(CLI::Range(1, 4))
      ->capture_default_str();
  command->add_option("--exclude-pupils", asked->request.exclude_pupils,
                      "Also give the figures without the pupils in this file, one a line");
  command->add_option("--predictions", asked->predictions,
                      "Write one probability a test row, in the file's order");
  command->add_option("--workers", asked->request.workers, "Threads; the result does not depend on it")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_flag("--json", asked->json, "One JSON object instead of a table");
  command->callback([asked] { evaluate(*asked); });
}

}  // namespace trede
