// Adaptive tests replayed: against an independent program's item sequences, and against the definition.
#include "engine/lab/adaptive_test.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"

namespace trede::lab {
namespace {

using Numbers = std::vector<std::vector<double>>;

void check_near(double value, double expected, double tolerance) {
  INFO(value << " should be " << expected);
  CHECK(std::abs(value - expected) <= tolerance);
}

Numbers numbers_of(const std::filesystem::path& file, int header_lines) {
  Numbers rows;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (header_lines-- > 0) continue;
    std::istringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(std::stod(field));
  }
  return rows;
}

std::vector<ItemParameters> some_bank(int items, double guessing, Random& random) {
  std::vector<ItemParameters> bank;
  for (int j = 0; j < items; ++j)
    bank.push_back({std::exp(0.1 + 0.35 * random.normal()), 1.5 * random.normal(), guessing});
  return bank;
}

std::vector<std::uint8_t> answers_at(const std::vector<ItemParameters>& bank, double ability,
                                     Random& random) {
  std::vector<std::uint8_t> answers;
  for (const ItemParameters& item : bank)
    answers.push_back(random.uniform() <
                      irt::probability(item.slope * (ability - item.difficulty), irt::asymptotes_of(item)));
  return answers;
}

void check_oracle(StopRule stop, const std::string& name) {
  const auto folder = testing::reference("irt/cat");
  if (!folder) return;
  std::vector<ItemParameters> bank;
  for (const auto& row : numbers_of(*folder / "bank_2pl.csv", 1)) bank.push_back({row[1], row[2], row[3]});
  const Numbers answers = numbers_of(*folder / "resp_2pl.csv", 0);
  const Numbers sequences = numbers_of(*folder / (name + "_items.txt"), 0);
  const Numbers results = numbers_of(*folder / (name + ".csv"), 1);
  REQUIRE(answers.size() == 1000);
  REQUIRE(sequences.size() == answers.size());
  const AdaptiveTest test(bank, {.stop = stop});
  int same = 0;
  for (std::size_t person = 0; person < answers.size(); ++person) {
    const TestResult result =
        test.replay(std::vector<std::uint8_t>(answers[person].begin(), answers[person].end()));
    const std::vector<int> expected(sequences[person].begin() + 1, sequences[person].end());
    same += result.items == expected;
    check_near(result.ability, results[person][3], 1e-10);
    check_near(result.error, results[person][4], 1e-10);
  }
  CHECK(same == 1000);
}

// E Var(θ | answers so far, next) from the definition, on the test's own nodes.
double expected_variance(const std::vector<ItemParameters>& bank, const std::vector<int>& given,
                         const std::vector<std::uint8_t>& answers, int next) {
  double expected = 0.0;
  double evidence = 0.0;
  for (const bool right : {false, true}) {
    double mass = 0.0, first = 0.0, second = 0.0;
    for (int q = 0; q <= 60; ++q) {
      const double theta = -6.0 + 0.2 * q;
      double weight = std::exp(-0.5 * theta * theta);
      const auto factor = [&](int j, bool y) {
        const ItemParameters& item = bank[static_cast<std::size_t>(j)];
        const double p = irt::probability(item.slope * (theta - item.difficulty), irt::asymptotes_of(item));
        return y ? p : 1.0 - p;
      };
      for (const int j : given) weight *= factor(j, answers[static_cast<std::size_t>(j)] == 1);
      weight *= factor(next, right);
      mass += weight;
      first += weight * theta;
      second += weight * theta * theta;
    }
    expected += second - first * first / mass;
    evidence += mass;
  }
  return expected / evidence;
}

}  // namespace

TEST_CASE("adaptive test: the items come in the oracle's order, stopping by posterior sd", "[engine]") {
  check_oracle(StopRule::PosteriorSd, "numpy_2pl_sd");
}

TEST_CASE("adaptive test: the items come in the oracle's order, stopping by information", "[engine]") {
  check_oracle(StopRule::Information, "numpy_2pl_info");
}

TEST_CASE("adaptive test: each item leaves the least variance to be expected", "[engine]") {
  Random random{5};
  const auto bank = some_bank(24, 0.2, random);
  const auto answers = answers_at(bank, 0.7, random);
  const AdaptiveTest test(bank, {.selection = ItemSelection::ExpectedVariance, .stop_error = 0.5});
  const TestResult result = test.replay(answers);
  REQUIRE(result.items.size() > 3);
  std::vector<int> given;
  for (const int item : result.items) {
    const double chosen = expected_variance(bank, given, answers, item);
    for (int other = 0; other < 24; ++other)
      if (std::find(given.begin(), given.end(), other) == given.end())
        CHECK(chosen <= expected_variance(bank, given, answers, other) + 1e-12);
    given.push_back(item);
  }
}

TEST_CASE("adaptive test: with guessing the next item tells most at the ability believed", "[engine]") {
  Random random{6};
  const auto bank = some_bank(37, 0.25, random);
  const AdaptiveTest test(bank, {.start = -0.4});
  const TestResult result = test.replay(answers_at(bank, -1.0, random));
  const auto told = [&](int j) {
    const ItemParameters& item = bank[static_cast<std::size_t>(j)];
    return item.slope * item.slope *
           irt::information(item.slope * (-0.4 - item.difficulty), irt::asymptotes_of(item));
  };
  for (int j = 0; j < 37; ++j) CHECK(told(result.items.front()) >= told(j) - 1e-12);
}

TEST_CASE("adaptive test: it ends when no item is left, and gives none that was never answered", "[engine]") {
  const std::vector<ItemParameters> bank = {{1.0, 0.0, 0.0}, {2.0, 0.0, 0.0}, {1.0, 1.0, 0.0}};
  const TestResult result = AdaptiveTest(bank, {}).replay(std::vector<std::uint8_t>{1, 255, 0});
  CHECK(result.items == std::vector<int>{0, 2});
  const TestResult nothing = AdaptiveTest(bank, {}).replay(std::vector<std::uint8_t>{255, 255, 255});
  CHECK(nothing.items.empty());
  check_near(nothing.ability, 0.0, 1e-12);
}

TEST_CASE("adaptive test: of items that tell the same the first comes first", "[engine]") {
  const std::vector<ItemParameters> bank(11, {1.3, 0.2, 0.0});
  const TestResult result = AdaptiveTest(bank, {.stop_error = 0.01}).replay(std::vector<std::uint8_t>(11, 1));
  CHECK(result.items == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
}

TEST_CASE("adaptive test: extreme slopes and answers against all expectation leave finite numbers",
          "[engine]") {
  const std::vector<ItemParameters> bank = {{400.0, -5.0, 0.0}, {400.0, 5.0, 0.0}, {900.0, 0.0, 0.0}};
  for (const bool backwards : {false, true}) {
    const std::vector<std::uint8_t> answers = {!backwards, backwards, 1};
    for (const auto selection : {ItemSelection::MaximumInformation, ItemSelection::ExpectedVariance}) {
      const TestResult result = AdaptiveTest(bank, {.selection = selection}).replay(answers);
      CHECK(std::isfinite(result.ability));
      CHECK(std::isfinite(result.error));
    }
  }
}

TEST_CASE("adaptive test: accuracy is told overall and for each band of ability", "[engine]") {
  const std::vector<TestResult> results = {{{1, 2}, 0.5, 0.3}, {{1}, -0.5, 0.3}, {{3}, 0.1, 0.3}};
  const AccuracyReport report = accuracy(results, std::vector<double>{0.3, -0.1, 0.0});
  CHECK(report.overall.tests == 3);
  CHECK(report.overall.mean_length == Approx(4.0 / 3.0));
  CHECK(report.overall.bias == Approx((0.2 - 0.4 + 0.1) / 3.0));
  CHECK(report.overall.rmse == Approx(std::sqrt((0.04 + 0.16 + 0.01) / 3.0)));
  REQUIRE(report.bands.size() == 2);
  CHECK(report.bands[0].from == -1.0);
  CHECK(report.bands[0].accuracy.bias == Approx(-0.4));
  CHECK(report.bands[1].accuracy.tests == 2);
}

}  // namespace trede::lab
