// Diffusion and growth found again from the answers alone.
#include "engine/tracking/drift_profile.hpp"

#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

std::vector<PracticeSeries> practising(int pupils, int answers, PracticeDrift truth, std::uint64_t seed) {
  Random random{seed};
  std::vector<PracticeSeries> all;
  for (int i = 0; i < pupils; ++i) {
    double ability = random.normal();
    PracticeSeries series;
    for (int n = 0; n < answers; ++n) {
      if (n > 0) ability += truth.growth + std::sqrt(truth.diffusion) * random.normal();
      const ItemParameters item{1.2, 0.4 + random.normal(), 0.0};
      const bool right = random.uniform() < irt::logistic(item.slope * (ability - item.difficulty));
      series.answers.push_back({item, right});
    }
    all.push_back(std::move(series));
  }
  return all;
}

}  // namespace

TEST_CASE("drift profile: 600 pupils tell diffusion within 30 % and growth within 10 %", "[engine]") {
  const DriftFit fit = fit_practice_drift(practising(600, 60, {0.01, 0.025}, 91));
  CHECK(fit.converged);
  CHECK(std::abs(fit.drift.diffusion / 0.01 - 1.0) < 0.3);
  CHECK(std::abs(fit.drift.growth / 0.025 - 1.0) < 0.1);
  testing::figure("tracking", "q profile, 600 × 60: error of q", "30 %",
                  100.0 * (fit.drift.diffusion / 0.01 - 1.0));
  testing::figure("tracking", "growth from the same profile: error", "10 %",
                  100.0 * (fit.drift.growth / 0.025 - 1.0));
}

TEST_CASE("drift profile: the maximum does not hang on the start, and its error bars hold the truth",
          "[engine]") {
  const auto pupils = practising(120, 50, {0.02, 0.03}, 92);
  const DriftFit low = fit_practice_drift(pupils, {0.0003, 0.0});
  const DriftFit high = fit_practice_drift(pupils, {0.2, 0.06});
  CHECK(low.converged);
  CHECK(high.converged);
  CHECK(std::log(low.drift.diffusion / high.drift.diffusion) == Approx(0.0).margin(0.02));
  CHECK(low.drift.growth == Approx(high.drift.growth).margin(2e-4));
  CHECK(std::abs(std::log(low.drift.diffusion / 0.02)) < 3.0 * low.se_log_diffusion);
  CHECK(std::abs(low.drift.growth - 0.03) < 3.0 * low.se_growth);
  CHECK(log_likelihood(pupils, low.drift) >= log_likelihood(pupils, {0.02, 0.03}));
}

TEST_CASE("drift profile: pupils who do not move give a q of nearly nothing", "[engine]") {
  const DriftFit fit = fit_practice_drift(practising(80, 30, {0.0, 0.0}, 93));
  CHECK(fit.drift.diffusion < 0.004);
  CHECK(std::abs(fit.drift.growth) < 0.02);
}

TEST_CASE("drift profile: without answers the start comes back, unconverged", "[engine]") {
  const DriftFit fit = fit_practice_drift({}, {0.005, 0.01});
  CHECK_FALSE(fit.converged);
  CHECK(fit.drift.diffusion == Approx(0.005));
}
