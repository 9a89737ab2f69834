// Simulated pupils: plausible, and able to learn and forget.
#include "engine/lab/simulated_pupil.hpp"

#include <algorithm>

#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using lab::SimulatedPupil;

namespace {

SimulatedPupil pupil_at(const Catalogue& bank, double ability) {
  Random random{61};
  SimulatedPupil pupil = lab::simulate_pupil(bank, 0.0, random);
  pupil.ability.setConstant(ability);
  pupil.resting.setConstant(ability);
  pupil.learning_rate = 0.06;
  return pupil;
}

double gain_from(double difficulty) {
  const Catalogue bank = test::chain_bank(1, 3);
  SimulatedPupil pupil = pupil_at(bank, 0.0);
  pupil.practise(test::item_of(0, difficulty, 1.0));
  return pupil.ability[0];
}

}  // namespace

TEST_CASE("lab: abilities scatter around the school year as the prior says", "[engine]") {
  const Catalogue bank = test::chain_bank(4, 2);
  Random random{62};
  double sum = 0.0, squares = 0.0, products = 0.0;
  const int pupils = 20'000;
  for (int i = 0; i < pupils; ++i) {
    const SimulatedPupil pupil = lab::simulate_pupil(bank, 0.7, random);
    sum += pupil.ability[0] / pupils;
    squares += std::pow(pupil.ability[0] - 0.7, 2) / pupils;
    products += (pupil.ability[0] - 0.7) * (pupil.ability[3] - 0.7) / pupils;
  }
  CHECK(sum == Approx(0.7).margin(0.03));
  CHECK(squares == Approx(1.0).margin(0.04));
  CHECK(products == Approx(0.65).margin(0.04));
}

TEST_CASE("lab: answers are right as often as the model says", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 3);
  const SimulatedPupil pupil = pupil_at(bank, 0.4);
  const CatalogueItem item = test::item_of(0, 1.0, 1.5, 0.25);
  Random random{63};
  int right = 0;
  for (int i = 0; i < 50'000; ++i) right += pupil.answers(item, random);
  CHECK(right / 50'000.0 == Approx(pupil.probability_right(item)).margin(0.01));
}

TEST_CASE("lab: exercises teach most when three in four are right", "[engine]") {
  CHECK(gain_from(-1.1) > gain_from(0.5));
  CHECK(gain_from(-1.1) > gain_from(-4.0));
  CHECK(gain_from(-1.1) == Approx(0.06).epsilon(0.01));
  CHECK(gain_from(4.0) < 0.01);
}

TEST_CASE("lab: a video teaches a novice more, and less the second time", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 5, 0.0);
  SimulatedPupil novice = pupil_at(bank, bank.topics[0].cut - 2.5);
  SimulatedPupil other = pupil_at(bank, bank.topics[0].cut);
  const double before = novice.ability[0];
  novice.watch(bank, 0);
  const double once = novice.ability[0];
  novice.watch(bank, 0);
  other.watch(bank, 0);
  CHECK(once - before > other.ability[0] - bank.topics[0].cut);
  CHECK(novice.ability[0] - once == Approx((once - before) / 2.0));
}

TEST_CASE("lab: what was learned fades slowly and never below where the pupil started", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 3);
  SimulatedPupil pupil = pupil_at(bank, 0.0);
  for (int i = 0; i < 20; ++i) pupil.practise(test::item_of(0, -1.1));
  const double learned = pupil.ability[0];
  pupil.rest(7.0);
  CHECK(pupil.ability[0] < learned);
  CHECK(pupil.ability[0] > 0.95 * learned);
  pupil.rest(10'000.0);
  CHECK(pupil.ability[0] == Approx(0.0).margin(1e-9));
}

TEST_CASE("lab: half of the answers take less than six tenths of the minutes reckoned with", "[engine]") {
  const Catalogue bank = test::chain_bank(1, 3);
  SimulatedPupil pupil = pupil_at(bank, 0.0);
  pupil.speed = 0.0;
  CatalogueItem item = test::item_of(0, 0.0);
  item.minutes = 1.0;
  Random random{64};
  std::vector<int> times;
  for (int i = 0; i < 10'001; ++i) times.push_back(pupil.elapsed_ms(item, true, random));
  std::sort(times.begin(), times.end());
  CHECK(times[5'000] == Approx(36'000).epsilon(0.02));
  CHECK(times.front() >= 500);
}
