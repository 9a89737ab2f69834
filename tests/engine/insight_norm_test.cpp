#include <cmath>
#include <vector>

#include "engine/insight/norm.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::insight;

namespace {

// Beliefs of pupils N(truth), each from one normal measurement with variance between .1 and .6, under the prior.
std::vector<Belief> beliefs(const Norm& truth, const Norm& prior, int pupils, Random& random) {
  std::vector<Belief> result;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const double ability = truth.mean + truth.sd * random.normal();
    const double error = 0.1 + 0.5 * random.uniform();
    const double measured = ability + std::sqrt(error) * random.normal();
    const double precision = 1.0 / error + 1.0 / (prior.sd * prior.sd);
    result.push_back({(measured / error + prior.mean / (prior.sd * prior.sd)) / precision, 1.0 / precision});
  }
  return result;
}

}  // namespace

TEST_CASE("norm: the spread of pupils is found, not that of estimates", "[engine]") {
  Random random(8);
  const Norm truth{.mean = 0.5, .sd = 0.7};
  const NormFit fit = fit_norm(beliefs(truth, {}, 5000, random), {});
  CHECK(fit.converged);
  CHECK(fit.pupils == 5000);
  CHECK(fit.norm.mean == Approx(0.5).margin(0.04));
  CHECK(fit.norm.sd == Approx(0.7).margin(0.03));
}

TEST_CASE("norm: pupils who have hardly answered do not move it", "[engine]") {
  const std::vector<Belief> untouched(200, Belief{0.0, 0.97});
  const NormFit fit = fit_norm(untouched, {.mean = 0.3, .sd = 1.0});
  CHECK(fit.pupils == 0);
  CHECK(fit.norm.mean == 0.3);
  CHECK(fit.norm.sd == 1.0);
  CHECK(fit.converged);
}

TEST_CASE("norm: a fifth of the pupils stand above the upper fifth", "[engine]") {
  const Norm norm{.mean = -0.4, .sd = 0.8};
  CHECK(percentile({norm.upper_fifth(), 1e-12}, norm).value == Approx(0.8).epsilon(1e-6));
  CHECK(probability_above({norm.mean, norm.sd * norm.sd}, norm.upper_fifth()) == Approx(0.2).epsilon(1e-6));
}

TEST_CASE("norm: an uncertain pupil stands nearer the middle and in a wider interval", "[engine]") {
  const Percentile sure = percentile({1.0, 0.04}, {});
  const Percentile unsure = percentile({1.0, 0.5}, {});
  CHECK(unsure.value < sure.value);
  CHECK(unsure.high - unsure.low > sure.high - sure.low);
  CHECK(sure.low < sure.value);
  CHECK(sure.value < sure.high);
}
