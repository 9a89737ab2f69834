#include "server/commands/nightly_command.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <thread>

#include "server/commands/fail.hpp"
#include "server/limits.hpp"
#include "server/practice/nightly_calibration.hpp"

namespace trede {
namespace {

struct NightlyOptions {
  std::string database;
  std::string out;
};

// The pupils' answers come first, and without the server nobody reads the result.
void behave_as_child() {
  setpriority(PRIO_PROCESS, 0, 19);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

// Closes the connection, and with it the look at the journal, before the calculation begins.
practice::SchoolPast past_of(const std::string& file) {
  auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) commands::fail(database.error());
  auto past = practice::read_past(**database, limits::nightly_steps);
  if (past.has_value()) return std::move(*past);
  if (past.error().code != ErrorCode::NotFound) commands::fail(past.error());
  return {};  // nobody has practised yet
}

void print(const practice::NightlyResult& result) {
  const practice::NightlyReport& report = result.report;
  fmt::print("{} answers, {} of them on the last day, {}.\n", report.answers, report.last_day_answers,
             report.day);
  if (report.iterations == 0) return fmt::print("Too few to tell whether other parameters are better.\n");
  fmt::print("Estimated from the days before in {} rounds{}.\n", report.iterations,
             report.converged ? "" : ", not converged");
  fmt::print("Log-loss of the last day: {:.4f} with the parameters in force, {:.4f} with the new ones.\n",
             report.log_loss_before, report.log_loss_after);
  if (report.items == 0) return fmt::print("No improvement: nothing is to be published.\n");
  fmt::print("{:<40}{:>8}{:>8}{:>8}{:>8}\n", "item", "a", "b", "se b", "answers");
  for (const auto& item : result.items)
    fmt::print("{:<40}{:>8.2f}{:>8.2f}{:>8.2f}{:>8}\n", item.id, std::exp(item.log_slope), item.difficulty,
               std::sqrt(item.difficulty_variance), item.answers);
}

void nightly(const NightlyOptions& options) {
  if (!options.out.empty()) behave_as_child();
  const auto past = past_of(options.database);
  const auto result = practice::calibrate_night(past, std::max(1u, std::thread::hardware_concurrency()));
  if (options.out.empty()) return print(result);
  const auto written = practice::write_result(result, options.out);
  if (written.has_error()) commands::fail(written.error());
}

}  // namespace

void add_nightly_command(CLI::App& app) {
  auto options = std::make_shared<NightlyOptions>();
  auto* command = app.add_subcommand(
      "nightly", "Estimate a school's items from its journal as the server does each night; changes nothing");
  command->add_option("--database", options->database, "The school's database, in use or not")
      ->required()
      ->check(CLI::ExistingFile);
  command->add_option("--out", options->out, "Write the result for the server to this file");
  command->callback([options] { nightly(*options); });
}

}  // namespace trede
