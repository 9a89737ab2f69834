// How much processor time scores and adaptive tests take, beside what other programs took for the same work:
// prints a markdown table. Medians over repetitions, one thread. Run by ./dev bench.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

#include "engine/calibration/scoring.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/lab/adaptive_test.hpp"
#include "engine/random.hpp"
#include "tests/bench/measure.hpp"

using namespace trede;

namespace {

double right_probability(const ItemParameters& item, double ability) {
  return irt::probability(item.slope * (ability - item.difficulty), irt::asymptotes_of(item));
}

std::vector<ItemParameters> bank_of(int items, Random& random) {
  std::vector<ItemParameters> bank;
  for (int j = 0; j < items; ++j)
    bank.push_back(
        {std::clamp(std::exp(0.1 + 0.35 * random.normal()), 0.4, 3.0), -3.5 + 7.0 * random.uniform(), 0.0});
  return bank;
}

double median_us(int repetitions, const std::function<void()>& work) {
  std::vector<double> took;
  for (int i = 0; i < repetitions; ++i) {
    const double start = bench::processor_us();
    work();
    took.push_back(bench::processor_us() - start);
  }
  std::sort(took.begin(), took.end());
  return took[took.size() / 2];
}

void print_row(const char* work, double ours_us, const char* peer, double peer_us, const char* goal) {
  std::printf("| %s | %.4g | %s %.4g | %.0f | %s |\n", work, ours_us, peer, peer_us, peer_us / ours_us, goal);
}

void bench_scores(int people, int items) {
  Random random{1};
  const std::vector<ItemParameters> bank = bank_of(items, random);
  std::vector<calibration::Item> parameters;
  for (const ItemParameters& item : bank) parameters.push_back({item.slope, -item.slope * item.difficulty});
  calibration::ResponseTable table;
  table.categories.assign(bank.size(), 2);
  for (int i = 0; i < people; ++i) {
    const double ability = random.normal();
    for (int j = 0; j < items; ++j)
      table.responses.push_back(
          {j, random.uniform() < right_probability(bank[static_cast<std::size_t>(j)], ability)});
    table.begins.push_back(table.responses.size());
  }
  double sum = 0.0;
  const double eap =
      median_us(11, [&] { sum += calibration::expected_abilities(table, parameters)[0].ability; });
  const double all = median_us(5, [&] { sum += calibration::score(table, parameters)[0].eap.ability; });
  print_row("EAP of 10,000 people, 50 items", eap, "mirt", 1.2e6, "50");
  print_row("EAP, MAP, ML and WLE of the same", all, "mirt, EAP alone", 1.2e6, "–");
  if (!std::isfinite(sum)) std::puts("a score is no number");
}

// Time of a step: one choice and one score.
double step_us(const std::vector<ItemParameters>& bank, lab::ItemSelection selection, int people,
               int repetitions) {
  const lab::AdaptiveTest test(bank, {.selection = selection});
  Random random{2};
  std::vector<std::vector<std::uint8_t>> answers;
  for (int i = 0; i < people; ++i) {
    const double ability = -3.0 + 6.0 * i / people;
    for (answers.emplace_back(); answers.back().size() < bank.size();)
      answers.back().push_back(random.uniform() < right_probability(bank[answers.back().size()], ability));
  }
  std::size_t steps = 0;
  const double took = median_us(repetitions, [&] {
    steps = 0;
    for (const auto& each : answers) steps += test.replay(each).items.size();
  });
  return took / static_cast<double>(steps);
}

}  // namespace

int main() {
  std::puts("| work, one thread | µs | peer, µs | ratio | goal |\n|---|---|---|---|---|");
  bench_scores(10'000, 50);
  Random random{3};
  const std::vector<ItemParameters> bank = bank_of(500, random);
  const double step = step_us(bank, lab::ItemSelection::MaximumInformation, 1'000, 5);
  print_row("step of an adaptive test, 500 items", step, "catsim", 900, "under 20 µs");
  print_row("the same", step, "mirtCAT", 5'900, "");
  print_row("the same", step, "catR", 9'900, "");
  print_row("step by least expected variance, 500 items",
            step_us(bank, lab::ItemSelection::ExpectedVariance, 100, 5), "catR", 5.9e6, "under 1,000 µs");
}
