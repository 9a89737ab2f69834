// Processor time, memory and exactness of calibration on the simulated sets a, b and c of the reference data:
//   python3 ../shared/reference/irt/gen_sim.py build/sim         (once; needs numpy, takes a few minutes)
//   build/release/bench_calibration build/sim [--sets ab] [--no-errors]
// prints a table in Markdown: a row per set and number of workers (one, and all cores), each in a process of its own
// so that the peak of memory is its own. The optimum is the one of 61 nodes on ±6, found by another program.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "engine/calibration/mml.hpp"
#include "tests/bench/measure.hpp"

using namespace trede;
using calibration::ResponseTable;

namespace {

namespace fs = std::filesystem;

struct Set {
  char name;
  const char* what;
  int people;
  int items;
  double optimum;
};
constexpr Set sets[] = {{'a', "10,000 × 50", 10000, 50, -272321.214283},
                        {'b', "100,000 × 100", 100000, 100, -5327007.059773},
                        {'c', "50,000 × 2,000 sparse", 50000, 2000, -1911364.573998}};

template <class Number>
std::vector<Number> read(const fs::path& path) {
  std::vector<Number> numbers(fs::file_size(path) / sizeof(Number));
  std::ifstream stream(path, std::ios::binary);
  stream.read(reinterpret_cast<char*>(numbers.data()),
              static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
  return numbers;
}

// One byte a person and item.
ResponseTable complete_table(const Set& set, const fs::path& folder) {
  ResponseTable table;
  table.categories.assign(static_cast<std::size_t>(set.items), 2);
  const auto answers = read<std::uint8_t>(folder / "resp.u8");
  table.responses.reserve(answers.size());
  for (std::size_t at = 0; at < answers.size(); ++at)
    table.responses.push_back({static_cast<int>(at) % set.items, answers[at]});
  for (int i = 1; i <= set.people; ++i) table.begins.push_back(static_cast<std::size_t>(i) * set.items);
  return table;
}

// An entry an answer, in the order of the people.
ResponseTable sparse_table(const Set& set, const fs::path& folder) {
  ResponseTable table;
  table.categories.assign(static_cast<std::size_t>(set.items), 2);
  const auto people = read<std::int32_t>(folder / "person.i32");
  const auto items = read<std::int16_t>(folder / "item.i16");
  const auto answers = read<std::uint8_t>(folder / "resp.u8");
  table.responses.reserve(answers.size());
  for (std::size_t at = 0; at < answers.size(); ++at) {
    while (static_cast<int>(table.begins.size()) <= people[at]) table.begins.push_back(at);
    table.responses.push_back({items[at], answers[at]});
  }
  table.begins.push_back(answers.size());
  return table;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void measure(const Set& set, const fs::path& root, int workers, bool errors) {
  const fs::path folder = root / (std::string("set_") + set.name);
  const ResponseTable table = set.name == 'c' ? sparse_table(set, folder) : complete_table(set, folder);
  const double data = peak_megabytes();
  const auto wall = std::chrono::steady_clock::now();
  const double processor = bench::processor_us();
  const auto result = calibration::calibrate(
      table, {.model = calibration::Model::TwoPl, .workers = workers, .standard_errors = errors});
  const double processor_s = 1e-6 * (bench::processor_us() - processor);
  const double wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
  std::printf("| %c: %s | %d | %s | %.6f | %d%s | %.3f | %.3f | %.0f | %.0f |\n", set.name, set.what, workers,
              errors ? "yes" : "no", result.log_likelihood - set.optimum, result.iterations,
              result.converged ? "" : " (stopped)", processor_s, wall_s, peak_megabytes(), data);
  std::fflush(stdout);
}

// False when the child failed.
bool in_own_process(const Set& set, const fs::path& root, int workers, bool errors) {
  const pid_t child = fork();
  if (child == 0) {
    measure(set, root, workers, errors);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty()) {
    std::fprintf(stderr, "usage: bench_calibration FOLDER [--sets abc] [--no-errors]\n");
    return 2;
  }
  const auto sets_at = std::find(arguments.begin(), arguments.end(), "--sets");
  const std::string chosen =
      sets_at != arguments.end() && sets_at + 1 != arguments.end() ? *(sets_at + 1) : "abc";
  const bool errors = std::find(arguments.begin(), arguments.end(), "--no-errors") == arguments.end();
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  std::puts(
      "| set | workers | standard errors | log-likelihood − optimum | E-steps | processor s | wall s | "
      "peak MB | of it the data |");
  std::puts("|---|---:|---|---:|---:|---:|---:|---:|---:|");
  std::fflush(stdout);
  bool all = true;
  for (const Set& set : sets) {
    if (chosen.find(set.name) == std::string::npos) continue;
    for (const int workers : cores > 1 ? std::vector<int>{1, cores} : std::vector<int>{1})
      all = in_own_process(set, arguments.front(), workers, errors) && all;
  }
  return all ? 0 : 1;
}
