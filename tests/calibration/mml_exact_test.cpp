// Calibration against optima found by another program (401 nodes on ±8, Newton to a gradient below 1e-12).
#include <cmath>

#include "engine/calibration/mml.hpp"
#include "tests/calibration/published_sets.hpp"
#include "tests/support/catch.hpp"

namespace trede {
namespace {

using calibration::Acceleration;
using calibration::Calibration;
using calibration::Model;
using calibration::Options;
using testing::lsat6_counts;
using testing::lsat7_counts;
using testing::table_of;

// As fine as the other program's.
Options fine(Model model) {
  Options options{.model = model, .nodes = 401, .range = 8.0, .tolerance = 1e-9};
  if (model == Model::ThreePl) options.prior.logit_guessing = {-1.39, 0.5};
  return options;
}

void check_optimum(const std::array<int, 32>& counts, Model model, double log_likelihood, double penalised) {
  const Calibration result = calibrate(table_of(counts), fine(model));
  CHECK(result.converged);
  CHECK(std::abs(result.log_likelihood - log_likelihood) < 1e-6);
  CHECK(std::abs(result.penalised_log_likelihood - penalised) < 1e-6);
}

}  // namespace

TEST_CASE("calibration: LSAT6 and LSAT7 reach the exact optimum in every model", "[calibration]") {
  check_optimum(lsat6_counts, Model::OnePl, -2466.937599579, -2466.937599579);
  check_optimum(lsat6_counts, Model::TwoPl, -2466.653377398, -2466.653377398);
  check_optimum(lsat6_counts, Model::ThreePl, -2466.807210462, -2466.811575799);
  check_optimum(lsat7_counts, Model::OnePl, -2664.900890854, -2664.900890854);
  check_optimum(lsat7_counts, Model::TwoPl, -2658.805113552, -2658.805113552);
  check_optimum(lsat7_counts, Model::ThreePl, -2659.167738546, -2659.243040790);
}

TEST_CASE("calibration: LSAT7 in the 2PL has the published slopes and difficulties", "[calibration]") {
  const Calibration result = calibrate(table_of(lsat7_counts), fine(Model::TwoPl));
  const std::array<double, 5> slopes = {.9875459, 1.0808371, 1.7074777, .7649899, .7356727};
  const std::array<double, 5> difficulties = {-1.8792601, -.7475406, -1.0572356, -.6353023, -2.5207644};
  for (std::size_t j = 0; j < 5; ++j) {
    CHECK(std::abs(result.items[j].slope - slopes[j]) < 1e-6);
    CHECK(std::abs(result.items[j].difficulty() - difficulties[j]) < 1e-6);
  }
}

}  // namespace trede
