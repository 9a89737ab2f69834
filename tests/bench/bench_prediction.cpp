// How well the next answer is predicted: the protocol of `trede evaluate` on every log of the reference data,
// as a table in Markdown. The folder is TREDE_REFERENCE, or shared/reference beside the repository;
// NAME.twin_test_pupils.txt beside a log names test pupils to leave out in a second row. Run by hand on a
// quiet machine.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "server/commands/evaluation.hpp"

using namespace trede;

namespace {

constexpr const char* ending = ".csv.gz";

std::vector<std::filesystem::path> logs_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> logs;
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(folder, missing))
    if (entry.path().string().ends_with(ending)) logs.push_back(entry.path());
  std::sort(logs.begin(), logs.end());
  return logs;
}

void print_row(const std::string& name, const commands::Figures& figures) {
  const prediction::Metrics& all = figures.all;
  std::printf("| %s | %zu | %.4f ± %.4f | %.4f | %.4f | %.4f | %.4f | %.4f / %.4f |", name.c_str(), all.n,
              all.auc, figures.auc_standard_error, all.log_loss, all.ece, all.accuracy, all.rmse,
              figures.skip5.auc, figures.skip5.log_loss);
}

bool measure_log(const std::filesystem::path& log) {
  const std::string file = log.filename().string();
  const std::string name = file.substr(0, file.size() - std::string(ending).size());
  commands::EvaluationRequest request;
  request.responses = log;
  request.workers = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const auto twins = log.parent_path() / (name + ".twin_test_pupils.txt");
  if (std::filesystem::exists(twins)) request.exclude_pupils = twins;
  const auto made = commands::evaluate(request);
  if (made.has_error()) return std::fprintf(stderr, "%s\n", made.error().detail.c_str()), false;
  print_row(name, made->figures);
  std::printf(" %.1f | %.2f |\n", made->fit_seconds, made->predict_microseconds_per_answer);
  if (made->excluding) {
    print_row(name + ", without " + std::to_string(made->excluded_pupils) + " twins", *made->excluding);
    std::printf(" | |\n");
  }
  std::fflush(stdout);
  return true;
}

}  // namespace

int main() {
  const char* named = std::getenv("TREDE_REFERENCE");
  const std::filesystem::path root = named != nullptr ? named : TREDE_SOURCE_DIR "/../shared/reference";
  const auto logs = logs_in(root / "logs");
  if (logs.empty()) return std::fprintf(stderr, "no logs in %s\n", (root / "logs").c_str()), 1;
  std::puts(
      "| log | answers | AUC | log-loss | ECE | accuracy | RMSE | from the sixth: AUC / log-loss | fit, CPU "
      "s "
      "| predict, µs |");
  std::puts("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
  return std::all_of(logs.begin(), logs.end(), measure_log) ? 0 : 1;
}
