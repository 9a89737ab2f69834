#include "engine/prediction/metrics.hpp"

#include <cmath>

#include "engine/prediction/logit_correction.hpp"
#include "engine/prediction/split.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::prediction;

namespace {

// Every pair of a right and a wrong answer, one by one.
double auc_by_pairs(const std::vector<double>& p, const std::vector<std::uint8_t>& y) {
  double won = 0.0, pairs = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < p.size(); ++j)
      if (y[i] == 1 && y[j] == 0) {
        won += p[i] > p[j] ? 1.0 : p[i] == p[j] ? 0.5 : 0.0;
        pairs += 1.0;
      }
  return won / pairs;
}

}  // namespace

TEST_CASE("metrics: the AUC counts pairs, level ones half", "[prediction]") {
  Random random(3);
  std::vector<double> p;
  std::vector<std::uint8_t> y;
  for (int i = 0; i < 300; ++i) {
    p.push_back(random.below(20) / 20.0);
    y.push_back(random.uniform() < p.back() ? 1 : 0);
  }
  REQUIRE(measure(p, y).auc == Approx(auc_by_pairs(p, y)).epsilon(1e-12));
}

TEST_CASE("metrics: four rows by hand", "[prediction]") {
  const std::vector<double> p = {0.5, 0.0, 1.0, 0.85};
  const std::vector<std::uint8_t> y = {1, 0, 0, 1};
  const Metrics metrics = measure(p, y);
  REQUIRE(metrics.n == 4);
  REQUIRE(metrics.accuracy == 0.75);
  REQUIRE(metrics.log_loss ==
          Approx(-(std::log(0.5) + std::log(0.9999) + std::log(1e-4) + std::log(0.85)) / 4.0));
  REQUIRE(metrics.rmse == Approx(std::sqrt((0.25 + 0.0 + 1.0 + 0.0225) / 4.0)));
  REQUIRE(metrics.ece == Approx((0.5 + 0.0 + 1.0 + 0.15) / 4.0));
  REQUIRE(metrics.auc == Approx(0.5));
}

TEST_CASE("metrics: no rows and rows of one kind have figures too", "[prediction]") {
  REQUIRE(measure({}, {}).n == 0);
  const std::vector<double> p = {0.2, 0.9};
  const std::vector<std::uint8_t> y = {1, 1};
  REQUIRE(measure(p, y).auc == 0.5);
  REQUIRE(std::isfinite(measure(p, y).log_loss));
}

TEST_CASE("metrics: the standard error of the AUC shrinks with the number of pupils", "[prediction]") {
  const auto error_with = [](int pupils) {
    Random random(5);
    std::vector<double> p;
    std::vector<std::uint8_t> y;
    std::vector<std::size_t> begins = {0};
    for (int i = 0; i < pupils; ++i) {
      for (int row = 0; row < 10; ++row) {
        p.push_back(random.uniform());
        y.push_back(random.uniform() < p.back() ? 1 : 0);
      }
      begins.push_back(p.size());
    }
    return auc_standard_error(p, y, begins, 100, 1);
  };
  REQUIRE(error_with(25) == Approx(2.0 * error_with(100)).epsilon(0.4));
  REQUIRE(error_with(400) > 0.0);
}

TEST_CASE("split: the hash has the published values", "[prediction]") {
  REQUIRE(fnv1a64("") == 0xcbf29ce484222325u);
  REQUIRE(fnv1a64("0") == 0xaf63ad4c86019cafu);
  REQUIRE(fnv1a64("17") == 0x07f89107b4ba06f1u);
  REQUIRE(fnv1a64("100") == 0x4568b718181c937cu);
  REQUIRE(fnv1a64("a") == 0xaf63dc4c8601ec8cu);
  REQUIRE(fnv1a64("17") % 5 == 0);
  REQUIRE(fnv1a64("2") % 5 == 1);
}

namespace {

// Answers of pupils with ten rows each, as a bent curve makes them; each pupil is `luck` better or worse than thought.
struct Bent {
  std::vector<double> p;
  std::vector<std::uint8_t> y;
  std::vector<std::size_t> begins = {0};
};

Bent bent_answers(const LogitCorrection& truth, int pupils, double luck) {
  Random random(9);
  Bent bent;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const double shift = luck * random.normal();
    for (int row = 0; row < 10; ++row) {
      const double z = 1.4 * random.normal();
      bent.p.push_back(1.0 / (1.0 + std::exp(-z)));
      bent.y.push_back(random.uniform() < corrected(truth, 1.0 / (1.0 + std::exp(-z - shift))) ? 1 : 0);
    }
    bent.begins.push_back(bent.y.size());
  }
  return bent;
}

double distance_from_usual(const LogitCorrection& found) {
  return std::abs(found.scale - 1.0) + std::abs(found.bend);
}

}  // namespace

TEST_CASE("correction: finds the bend and scale that bent the answers", "[prediction]") {
  const LogitCorrection truth{0.8, -0.3, 0.0, 0.4};
  const Bent bent = bent_answers(truth, 20'000, 0.0);
  const LogitCorrection found = fit_correction(bent.p, bent.y, bent.begins);
  REQUIRE(found.scale == Approx(truth.scale).margin(0.02));
  REQUIRE(found.bend == Approx(truth.bend).margin(0.03));
}

TEST_CASE("correction: the mean probability stays as it was", "[prediction]") {
  Bent bent = bent_answers({0.9, -0.1, 0.0, 0.4}, 5'000, 0.0);
  const auto shifted = [](double p) { return 1.0 / (1.0 + std::exp(-1.0) * (1.0 - p) / p); };
  for (double& p : bent.p) p = shifted(p);
  LogitCorrection found = fit_correction(bent.p, bent.y, bent.begins);
  found.scale = 0.95;
  found.bend = -0.1;
  double before = 0.0, after = 0.0;
  for (const double p : bent.p) before += p / 50'000.0, after += corrected(found, p) / 50'000.0;
  REQUIRE(after == Approx(before).margin(0.001));
}

TEST_CASE("correction: few pupils, and pupils who differ much, change little", "[prediction]") {
  const LogitCorrection truth{0.8, -0.3, 0.0, 0.4};
  const auto found_from = [&](int pupils, double luck) {
    const Bent bent = bent_answers(truth, pupils, luck);
    return distance_from_usual(fit_correction(bent.p, bent.y, bent.begins));
  };
  REQUIRE(found_from(5, 0.0) < 0.4 * found_from(20'000, 0.0));
  const Bent bent = bent_answers(truth, 40, 2.0);
  std::vector<std::size_t> each_alone;
  for (std::size_t row = 0; row <= bent.y.size(); ++row) each_alone.push_back(row);
  REQUIRE(distance_from_usual(fit_correction(bent.p, bent.y, bent.begins)) <
          distance_from_usual(fit_correction(bent.p, bent.y, each_alone)));
}

TEST_CASE("correction: nothing to learn from changes nothing", "[prediction]") {
  const std::vector<std::size_t> nobody = {0};
  const LogitCorrection found = fit_correction({}, {}, nobody);
  for (const double p : {0.0, 0.01, 0.5, 0.99, 1.0}) REQUIRE(corrected(found, p) == Approx(p).margin(1e-8));
}

TEST_CASE("correction: more probable stays more probable", "[prediction]") {
  const LogitCorrection strong{0.9, -0.4, 1.0, 0.4};
  for (double p = 0.001; p < 0.998; p += 0.001) REQUIRE(corrected(strong, p) < corrected(strong, p + 0.001));
}
