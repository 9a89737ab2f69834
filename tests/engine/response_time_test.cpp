// Times: speed, answers given without reading, and what a signed residual time adds to right or wrong.
#include "engine/tracking/response_time.hpp"

#include <cmath>

#include "engine/irt/response_model.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;
using test::item_of;

namespace {

// S of a pupil with z, by the inverse of its distribution function, L = 1.
double draw_signed_time(double z, Random& random) {
  const double safe = std::abs(z) < 1e-6 ? 1e-6 : z;
  return std::log(std::exp(-safe) + random.uniform() * (std::exp(safe) - std::exp(-safe))) / safe;
}

struct Accuracy {
  double error_right = 0.0, error_timed = 0.0, covered_timed = 0.0;
};

Accuracy after_thirty(std::uint64_t seed) {
  const int pupils = 4'000;
  Random random{seed};
  Accuracy accuracy;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const double truth = random.normal();
    Posterior by_right = test::belief_of(0.0, 1.0);
    Posterior by_time = by_right;
    for (int i = 0; i < 30; ++i) {
      const CatalogueItem item = item_of(0, random.normal(), 1.0);
      const double s = draw_signed_time(truth - item.parameters.difficulty, random);
      by_right = update(std::move(by_right), item, s > 0.0).posterior;
      by_time = update(std::move(by_time), item, irt::SignedTime{1.0}, s).posterior;
    }
    accuracy.error_right += std::pow(by_right.mean(0) - truth, 2) / pupils;
    accuracy.error_timed += std::pow(by_time.mean(0) - truth, 2) / pupils;
    accuracy.covered_timed += (std::abs(by_time.mean(0) - truth) < 1.96 * by_time.sd(0)) / double(pupils);
  }
  return accuracy;
}

struct TimedAnswer {
  int item = 0;
  double seconds = 0.0;
  bool right = false;
  bool guessed = false;
};

// A fifth of the pupils give 40 % of their answers in about a second and a half, right one time in four; the
// others read.
struct Classroom {
  static constexpr int pupils = 1'500;
  static constexpr int items = 40;
  std::vector<CatalogueItem> bank;
  std::vector<double> ability, mean_log_seconds;
  std::vector<bool> disengaged;
  std::vector<std::vector<TimedAnswer>> answers;

  explicit Classroom(std::uint64_t seed) {
    Random random{seed};
    for (int j = 0; j < items; ++j) {
      bank.push_back(item_of(0, random.normal(), 1.2));
      mean_log_seconds.push_back(std::log(20.0) + 0.35 * random.normal());
    }
    for (int i = 0; i < pupils; ++i) {
      ability.push_back(random.normal());
      disengaged.push_back(random.uniform() < 0.2);
      const double speed = 0.25 * random.normal();
      answers.emplace_back();
      for (int j = 0; j < items; ++j) {
        const bool guess = disengaged.back() && random.uniform() < 0.4;
        const double z = 1.2 * (ability.back() - bank[j].parameters.difficulty);
        const double seconds = guess ? std::exp(std::log(1.5) + 0.35 * random.normal())
                                     : std::exp(mean_log_seconds[j] - speed + 0.4 * random.normal());
        answers.back().push_back({j, seconds, random.uniform() < (guess ? 0.25 : irt::logistic(z)), guess});
      }
    }
  }
};

struct Flagged {
  double found = 0.0, falsely = 0.0, bias = 0.0;
};

// Items learn their times from class to class, as in the school; `mixture` false = never enough answers
// for it.
Flagged flag(const Classroom& room, bool mixture, bool ignore = false) {
  std::vector<ItemTime> times(Classroom::items);
  for (ItemTime& time : times) time.log_seconds = std::log(20.0);
  double guesses = 0.0, found = 0.0, efforts = 0.0, falsely = 0.0, bias = 0.0, disengaged = 0.0;
  for (int i = 0; i < Classroom::pupils; ++i) {
    Posterior belief = test::belief_of(0.0, 1.0);
    Speed speed;
    for (const TimedAnswer& answer : room.answers[i]) {
      ItemTime time = times[answer.item];
      if (!mixture) time.answers = 0;
      const auto [after, rapid] = after_time(speed, time, answer.seconds, RapidMixture{});
      speed = after;
      (answer.guessed ? guesses : efforts) += 1.0;
      (answer.guessed ? found : falsely) += rapid;
      if (!rapid) times[answer.item] = timed(times[answer.item], answer.seconds);
      if (!rapid || ignore)
        belief = update(std::move(belief), room.bank[answer.item], answer.right).posterior;
    }
    if (!room.disengaged[i]) continue;
    bias += belief.mean(0) - room.ability[i];
    disengaged += 1.0;
  }
  return {found / guesses, falsely / efforts, bias / disengaged};
}

}  // namespace

TEST_CASE("response time: signed residual times err at most .88 of what right and wrong do", "[engine]") {
  const Accuracy accuracy = after_thirty(71);
  const double ratio = std::sqrt(accuracy.error_timed / accuracy.error_right);
  CHECK(ratio <= 0.88);
  testing::figure("tracking", "signed residual time: error against right or wrong, 30 answers", "≤ .88",
                  ratio);
  CHECK(accuracy.covered_timed > 0.93);
  CHECK(accuracy.covered_timed < 0.97);
}

TEST_CASE("response time: answers without reading are found and leave ability unbiased", "[engine]") {
  const Classroom room{72};
  for (const bool mixture : {false, true}) {
    const Flagged flagged = flag(room, mixture);
    CHECK(std::abs(flagged.bias) < 0.05);
    CHECK(flagged.found > 0.95);
    CHECK(flagged.falsely < 0.005);
    testing::figure("tracking", mixture ? "rapid guesses, mixture: bias" : "rapid guesses, NT20: bias",
                    "< .05", flagged.bias);
  }
  const double ignored = flag(room, false, true).bias;
  CHECK(ignored < -0.3);
  testing::figure("tracking", "rapid guesses ignored: bias", "–", ignored);
}

TEST_CASE("response time: speed is the exact posterior of normal observations", "[engine]") {
  const ItemTime item{std::log(20.0), 0.0625 + 0.16, 100};
  Speed speed;
  double precision = 1.0 / speed.variance, weighted = 0.0;
  for (const double seconds : {18.0, 11.0, 14.5, 30.0}) {
    speed = faster_or_slower(speed, item, seconds);
    precision += 1.0 / 0.16;
    weighted += (std::log(20.0) - std::log(seconds)) / 0.16;
  }
  CHECK(speed.mean == Approx(weighted / precision).epsilon(1e-12));
  CHECK(speed.variance == Approx(1.0 / precision).epsilon(1e-12));
}

TEST_CASE("response time: a flagged answer counts and says nothing about speed", "[engine]") {
  const ItemTime item{std::log(20.0), 0.2, 0};
  const Timed timed_out = after_time({}, item, 0.8, {});
  CHECK(timed_out.rapid);
  CHECK(timed_out.speed.mean == 0.0);
  CHECK(timed_out.speed.effort() == 0.0);
  const Timed read = after_time(timed_out.speed, item, 15.0, {});
  CHECK_FALSE(read.rapid);
  CHECK(read.speed.mean > 0.0);
  CHECK(read.speed.effort() == 0.5);
}

TEST_CASE("response time: an item's time is the running mean and variance of ln t", "[engine]") {
  Random random{73};
  ItemTime item = usual_time(item_of(0, 0.0));
  CHECK(item.log_seconds == Approx(std::log(0.75 * 60.0 * 0.6)));
  for (int i = 0; i < 4'000; ++i) item = timed(item, std::exp(2.0 + 0.5 * random.normal()));
  CHECK(item.log_seconds == Approx(2.0).margin(0.03));
  CHECK(item.variance == Approx(0.25).margin(0.02));
  CHECK(item.answers == 4'000);
}

TEST_CASE("response time: the mixture finds the rapid component again", "[engine]") {
  Random random{74};
  std::vector<MixtureTime> times;
  for (int i = 0; i < 5'000; ++i) {
    const double expected = 3.0 + 0.3 * random.normal();
    const bool rapid = random.uniform() < 0.15;
    times.push_back(
        {rapid ? 0.7 + 0.25 * random.normal() : expected + 0.4 * random.normal(), expected, 0.16});
  }
  const MixtureFit fit = fit_mixture(times);
  CHECK(fit.converged);
  CHECK(fit.rapid.share == Approx(0.15).margin(0.015));
  CHECK(fit.rapid.log_seconds == Approx(0.7).margin(0.04));
  CHECK(fit.rapid.sd == Approx(0.25).margin(0.03));
}

TEST_CASE("response time: where nobody rushes the mixture finds a share of nothing", "[engine]") {
  Random random{75};
  std::vector<MixtureTime> times;
  for (int i = 0; i < 3'000; ++i) times.push_back({3.0 + 0.4 * random.normal(), 3.0, 0.16});
  CHECK(fit_mixture(times).rapid.share < 0.01);
  CHECK(fit_mixture({}).converged);
}

TEST_CASE("response time: no time at all, or hours, gives finite numbers", "[engine]") {
  const ItemTime item{std::log(20.0), 0.2, 100};
  for (const double seconds : {0.0, -5.0, 1e7}) {
    CHECK(std::isfinite(rapid_probability({}, item, seconds, {})));
    CHECK(std::isfinite(faster_or_slower({}, item, seconds).mean));
    CHECK(std::isfinite(timed(item, seconds).variance));
  }
  CHECK(is_rapid({}, item, 0.0, {}));
  CHECK_FALSE(is_rapid({}, item, 1e7, {}));
}
