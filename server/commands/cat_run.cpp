#include "server/commands/cat_run.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ctime>

#include "server/commands/analysis.hpp"
#include "server/commands/answer_matrix.hpp"
#include "server/tables/item_file.hpp"

namespace trede::commands {
namespace {

double processor_us() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e6 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_nsec);
}

Result<std::vector<ItemParameters>> bank_of(const tables::ItemFile& file) {
  std::vector<ItemParameters> bank;
  for (std::size_t i = 0; i < file.items.size(); ++i) {
    const calibration::Item& item = file.items[i];
    if (!item.thresholds.empty() || item.slope <= 0.0)
      return Error{
          ErrorCode::Invalid,
          fmt::format("item \"{}\": an adaptive test takes right-or-wrong items with a > 0", file.names[i])};
    bank.push_back({item.slope, item.difficulty(), item.guessing});
  }
  return bank;
}

ReportedBand reported(const lab::AccuracyBand& band) {
  const lab::TestAccuracy& accuracy = band.accuracy;
  return {band.from, band.to, accuracy.tests, accuracy.mean_length, accuracy.bias, accuracy.rmse};
}

void add_accuracy(const std::vector<lab::TestResult>& results, const std::vector<double>& truths,
                  CatReport& report) {
  const lab::AccuracyReport accuracy = lab::accuracy(results, truths);
  report.bias = accuracy.overall.bias;
  report.rmse = accuracy.overall.rmse;
  report.bands.emplace();
  for (const lab::AccuracyBand& band : accuracy.bands) report.bands->push_back(reported(band));
}

void write_lines(const AnswerMatrix& matrix, const std::vector<lab::TestResult>& results,
                 const std::vector<std::string>& names, CatRun& run) {
  run.results = "person,ability,error,length\n";
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string person = tables::csv_field(matrix.people[i]);
    run.sequences += person;
    for (const int item : results[i].items)
      run.sequences += "," + tables::csv_field(names[static_cast<std::size_t>(item)]);
    run.sequences += "\n";
    run.results +=
        fmt::format("{},{},{},{}\n", person, results[i].ability, results[i].error, results[i].items.size());
  }
}

void note_unfinished(const std::vector<lab::TestResult>& results, double stop_error,
                     std::vector<std::string>& notes) {
  std::size_t unfinished = 0;
  for (const lab::TestResult& result : results) unfinished += result.error > stop_error;
  if (unfinished > 0)
    notes.push_back(fmt::format("{} ended because no item was left, not because the error was small enough",
                                counted(unfinished, "test", "tests")));
}

}  // namespace

Result<CatRun> run_cat(const CatRequest& request) {
  const auto file = tables::read_items(request.bank);
  if (!file) return file.error();
  const auto bank = bank_of(*file);
  if (!bank) return bank.error();
  const auto matrix = read_answer_matrix(request.answers, file->names);
  if (!matrix) return matrix.error();
  Result<std::vector<double>> truths = std::vector<double>{};
  if (!request.theta.empty()) truths = read_abilities(request.theta, matrix->people);
  if (!truths) return truths.error();
  const lab::AdaptiveTest test(*bank, request.rules);
  std::vector<lab::TestResult> results;
  std::size_t steps = 0;
  const double start = processor_us();
  for (const auto& answers : matrix->answers) {
    results.push_back(test.replay(answers));
    steps += results.back().items.size();
  }
  CatRun run;
  CatReport& report = run.report;
  report.tests = static_cast<std::int64_t>(results.size());
  report.items = test.items();
  report.microseconds_per_step = steps == 0 ? 0.0 : (processor_us() - start) / static_cast<double>(steps);
  report.mean_length = static_cast<double>(steps) / static_cast<double>(results.size());
  report.notes = matrix->notes;
  if (!truths->empty()) add_accuracy(results, *truths, report);
  note_unfinished(results, request.rules.stop_error, report.notes);
  write_lines(*matrix, results, file->names, run);
  return run;
}

}  // namespace trede::commands
