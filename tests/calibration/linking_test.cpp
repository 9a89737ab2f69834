// Two calibrations of the same items on two scales, and anchors that have moved.
#include <cmath>
#include <vector>

#include "engine/calibration/linking.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

struct Pair {
  std::vector<ScaledItem> bank, fresh;
};

// The new scale has θ_bank = 1.3 θ_new − .4; both sides have errors of this size in b, and in ln a.
Pair two_scales(int items, double error, std::uint64_t seed) {
  Random random{seed};
  Pair pair;
  const ScaleLink truth{1.3, -0.4};
  for (int j = 0; j < items; ++j) {
    const ScaledItem fresh{std::exp(0.2 + 0.25 * random.normal()), random.normal(), error,
                           j % 4 == 0 ? 0.25 : 0.0};
    ScaledItem bank = on_scale(truth, fresh);
    bank.difficulty_error = error;
    pair.fresh.push_back(fresh);
    pair.bank.push_back(bank);
    pair.fresh.back().difficulty += error * random.normal();
    pair.fresh.back().slope *= std::exp(error * random.normal());
    pair.bank.back().difficulty += error * random.normal();
  }
  return pair;
}

}  // namespace

TEST_CASE("linking: without error both methods find the scale", "[calibration]") {
  const Pair pair = two_scales(30, 0.0, 1);
  const ScaleLink sigma = mean_sigma(pair.bank, pair.fresh);
  CHECK(sigma.scale == Approx(1.3));
  CHECK(sigma.shift == Approx(-0.4));
  const CurveLink curve = stocking_lord(pair.bank, pair.fresh, {});
  CHECK(curve.converged);
  CHECK(curve.link.scale == Approx(1.3).epsilon(1e-8));
  CHECK(curve.link.shift == Approx(-0.4).epsilon(1e-8));
  CHECK(curve.distance < 1e-8);
}

TEST_CASE("linking: Stocking and Lord's distance is smallest where they say", "[calibration]") {
  const Pair pair = two_scales(20, 0.15, 2);
  const CurveLink best = stocking_lord(pair.bank, pair.fresh, mean_sigma(pair.bank, pair.fresh));
  CHECK(best.converged);
  for (const double away : {-0.02, 0.02}) {
    ScaleLink scaled = best.link, shifted = best.link;
    scaled.scale += away;
    shifted.shift += away;
    for (const ScaleLink& other : {scaled, shifted}) {
      std::vector<ScaledItem> moved;
      for (const ScaledItem& item : pair.fresh) moved.push_back(on_scale(other, item));
      double apart = 0.0, weights = 0.0;
      for (int q = 0; q < 41; ++q) {
        const double x = -4.0 + 0.2 * q;
        double difference = 0.0;
        for (std::size_t j = 0; j < moved.size(); ++j) {
          const auto right = [&](const ScaledItem& item) {
            return item.guessing +
                   (1.0 - item.guessing) / (1.0 + std::exp(-item.slope * (x - item.difficulty)));
          };
          difference += right(pair.bank[j]) - right(moved[j]);
        }
        weights += std::exp(-0.5 * x * x);
        apart += std::exp(-0.5 * x * x) * difference * difference;
      }
      CHECK(std::sqrt(apart / weights) > best.distance);
    }
  }
}

TEST_CASE("linking: anchors that moved are found and do not bend the scale", "[calibration]") {
  int found = 0, falsely = 0;
  double squares = 0.0;
  for (std::uint64_t seed = 10; seed < 30; ++seed) {
    Pair pair = two_scales(40, 0.1, seed);
    for (const int j : {3, 11, 17, 29}) pair.fresh[j].difficulty += 0.8;  // easier or harder than they were
    const Linking linking = link_scales(pair.bank, pair.fresh);
    CHECK(linking.converged);
    for (int j = 0; j < 40; ++j) {
      const bool moved = j == 3 || j == 11 || j == 17 || j == 29;
      if (!linking.kept[j]) (moved ? found : falsely) += 1;
      if (!linking.kept[j] && moved) CHECK(linking.distances[j] > moved_anchor);
    }
    squares += std::pow(linking.link.shift + 0.4, 2) / 20.0;
  }
  CHECK(found >= 76);    // of 80
  CHECK(falsely <= 12);  // of 720
  CHECK(std::sqrt(squares) < 0.06);
}

TEST_CASE("linking: one anchor shifts, none does nothing", "[calibration]") {
  const std::vector<ScaledItem> bank = {{.slope = 1.0, .difficulty = 0.5}};
  const std::vector<ScaledItem> fresh = {{.slope = 1.0, .difficulty = 0.2}};
  const Linking one = link_scales(bank, fresh);
  CHECK(one.link.scale * 0.2 + one.link.shift == Approx(0.5).margin(1e-3));
  const Linking none = link_scales({}, {});
  CHECK(none.link.scale == 1.0);
  CHECK(none.link.shift == 0.0);
}
