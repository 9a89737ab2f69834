// Items whose difficulty changes while they are in use.
#include <cmath>
#include <vector>

#include "engine/calibration/drift.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

constexpr int blocks = 40;
constexpr int changes_at = 20;

// A year of 40 blocks of 20 answers by pupils known to sd .3; from block 20 on the item is this much harder. It was
// published with an error of sd .1 in b.
std::vector<DriftSum> year_of(double harder, Random& random) {
  std::vector<DriftSum> year(blocks);
  const double slope = std::exp(0.2 + 0.25 * random.normal());
  const double published = 0.1 * random.normal();
  for (int block = 0; block < blocks; ++block)
    for (int n = 0; n < 20; ++n) {
      const double mean = -0.4 + random.normal();
      const double ability = mean + 0.3 * random.normal();
      const double difficulty = block < changes_at ? 0.0 : harder;
      const bool right = random.uniform() < irt::logistic(slope * (ability - difficulty));
      const auto tilted = tracking::tilt(slope * (mean - published), slope * slope * 0.09, {}, right);
      year[block] += drift_evidence(tilted, slope);
    }
  return year;
}

struct Verdicts {
  double flagged = 0.0;  // share of items
  double shift = 0.0;    // mean found
};

Verdicts verdicts(double harder, int items, std::uint64_t seed) {
  Random random{seed};
  Verdicts result;
  for (int j = 0; j < items; ++j) {
    const DriftFinding finding = drift(year_of(harder, random), 0.01);
    result.flagged += double(finding.flagged) / items;
    result.shift += finding.shift / items;
  }
  return result;
}

}  // namespace

TEST_CASE("drift: stable items are left alone, shifted ones found", "[calibration]") {
  const double falsely = verdicts(0.0, 400, 1).flagged;
  const Verdicts harder = verdicts(0.8, 100, 2);
  const Verdicts easier = verdicts(-0.8, 100, 3);
  testing::figure("calibration", "drift flag: stable items flagged in 800 answers", "<= .01", falsely);
  testing::figure("calibration", "drift flag: shift of .8 found within 400 answers", ">= .9", harder.flagged);
  CHECK(falsely <= 0.015);
  CHECK(harder.flagged >= 0.9);
  CHECK(easier.flagged >= 0.9);
  CHECK(harder.shift == Approx(0.8).margin(0.15));
  CHECK(easier.shift == Approx(-0.8).margin(0.15));
}

TEST_CASE("drift: the moment of a large shift is found", "[calibration]") {
  Random random{4};
  const DriftFinding finding = drift(year_of(1.5, random), 0.01);
  CHECK(finding.flagged);
  CHECK(std::abs(finding.since - changes_at) <= 3);
}

TEST_CASE("drift: few answers prove nothing", "[calibration]") {
  std::vector<DriftSum> week(1);
  for (int n = 0; n < fewest_drift_answers - 1; ++n)
    week[0] += drift_evidence(tracking::tilt(4.0, 0.1, {}, false), 1.0);
  CHECK_FALSE(drift(week, 0.01).flagged);
  CHECK_FALSE(drift({}, 0.01).flagged);
}
