// Every response model: probabilities that add up, derivatives, information, both ends.
#include "engine/irt/response_model.hpp"

#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::irt;

namespace {

struct Case {
  ResponseModel model;
  std::vector<double> outcomes;
};

const std::vector<Case> cases{
    {Dichotomous{}, {0, 1}},
    {Dichotomous{{0.25, 1.0}}, {0, 1}},
    {Dichotomous{{0.2, 0.97}}, {0, 1}},
    {PartialCredit{{-1.3, 0.26, 1.43}}, {0, 1, 2, 3}},
    {PartialCredit{{1.0, -1.0}}, {0, 1, 2}},
    {Graded{{-1.3, 0.26, 1.43}}, {0, 1, 2, 3}},
    {SignedTime{1.0}, {-1.0, -0.4, 0.0, 0.3, 1.0}},
    {SignedTime{2.5}, {-2.5, -0.4, 0.0, 0.3, 2.5}},
};

const std::vector<double> places{-30.0, -6.0, -2.2, -0.9, -0.04, 0.0, 0.013, 0.5, 1.7, 4.0, 30.0};

// The expectation of f(outcome): a sum, or Simpson's rule over S.
template <class Function>
double expectation(const Case& entry, double z, Function function) {
  const auto* timed = std::get_if<SignedTime>(&entry.model);
  double sum = 0.0;
  if (!timed) {
    for (const double outcome : entry.outcomes)
      sum += std::exp(log_likelihood(entry.model, outcome, z)) * function(outcome);
    return sum;
  }
  const int steps = 4000;
  const double width = 2.0 * timed->limit / steps;
  for (int i = 0; i <= steps; ++i) {
    const double s = -timed->limit + i * width;
    const double weight = i == 0 || i == steps ? 1.0 : (i % 2 ? 4.0 : 2.0);
    sum += weight * width / 3.0 * std::exp(log_likelihood(entry.model, s, z)) * function(s);
  }
  return sum;
}

}  // namespace

TEST_CASE("response models: what may happen has probability one", "[engine]") {
  for (const Case& entry : cases)
    for (const double z : places)
      CHECK(expectation(entry, z, [](double) { return 1.0; }) == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("response models: the expected outcome is the mean of what may happen", "[engine]") {
  for (const Case& entry : cases)
    for (const double z : places)
      CHECK(expectation(entry, z, [](double outcome) { return outcome; }) ==
            Approx(expected_outcome(entry.model, z)).epsilon(1e-6).margin(1e-9));
}

TEST_CASE("response models: derivatives are those of finite differences", "[engine]") {
  const double h = 1e-5;
  for (const Case& entry : cases)
    for (const double outcome : entry.outcomes)
      for (const double z : places) {
        const Derivatives here = derivatives(entry.model, outcome, z);
        const double above = log_likelihood(entry.model, outcome, z + h);
        const double below = log_likelihood(entry.model, outcome, z - h);
        CHECK(here.first == Approx((above - below) / (2.0 * h)).epsilon(1e-7).margin(1e-9));
        const double steeper = derivatives(entry.model, outcome, z + h).first;
        const double flatter = derivatives(entry.model, outcome, z - h).first;
        CHECK(here.second == Approx((steeper - flatter) / (2.0 * h)).epsilon(1e-7).margin(1e-9));
      }
}

TEST_CASE("response models: information is the expected square of the score", "[engine]") {
  for (const Case& entry : cases)
    for (const double z : places) {
      const auto squared = [&](double outcome) {
        return std::pow(derivatives(entry.model, outcome, z).first, 2);
      };
      CHECK(information(entry.model, z) == Approx(expectation(entry, z, squared)).epsilon(1e-6));
    }
}

TEST_CASE("response models: both ends stay finite up to 700 and keep their order of size", "[engine]") {
  for (const Case& entry : cases)
    for (const double z : {-700.0, -300.0, 300.0, 700.0}) {
      CHECK(information(entry.model, z) >= 0.0);
      CHECK(std::isfinite(information(entry.model, z)));
      CHECK(std::isfinite(expected_outcome(entry.model, z)));
      for (const double outcome : entry.outcomes) {
        CHECK(std::isfinite(log_likelihood(entry.model, outcome, z)));
        CHECK(std::isfinite(derivatives(entry.model, outcome, z).first));
        CHECK(std::isfinite(derivatives(entry.model, outcome, z).second));
      }
    }
  CHECK(log_likelihood(Dichotomous{}, 0, 700.0) == Approx(-700.0));
  CHECK(log_likelihood(PartialCredit{{-1.0, 1.0}}, 0, 700.0) == Approx(-1400.0));
  CHECK(log_likelihood(Graded{{-1.0, 1.0}}, 0, 700.0) == Approx(-701.0));
  CHECK(information(PartialCredit{{0.0, 0.0}}, 600.0) == Approx(std::exp(-600.0)).epsilon(1e-9));
  CHECK(information(Graded{{0.0}}, 600.0) == Approx(std::exp(-600.0)).epsilon(1e-9));
}

TEST_CASE("response models: points and grades of two categories are the 2PL", "[engine]") {
  for (const double z : places)
    for (const double outcome : {0.0, 1.0}) {
      const double expected = log_likelihood(Dichotomous{}, outcome, z - 0.3);
      CHECK(log_likelihood(PartialCredit{{0.3}}, outcome, z) ==
            Approx(expected).epsilon(1e-12).margin(1e-14));
      CHECK(log_likelihood(Graded{{0.3}}, outcome, z) == Approx(expected).epsilon(1e-12).margin(1e-14));
    }
}

TEST_CASE("response models: all but guessing are log-concave", "[engine]") {
  for (const Case& entry : cases) {
    const auto* binary = std::get_if<Dichotomous>(&entry.model);
    if (binary && binary->asymptotes.lower > 0.0) continue;
    for (const double outcome : entry.outcomes)
      for (const double z : places) CHECK(derivatives(entry.model, outcome, z).second <= 0.0);
  }
}

TEST_CASE("response models: a signed residual time is right with the logistic of limit times z", "[engine]") {
  const SignedTime model{2.5};
  const int steps = 100'000;
  double right = 0.0;
  for (int i = 0; i < steps; ++i)
    right += std::exp(log_likelihood(model, 2.5 * (i + 0.5) / steps, 0.4)) * 2.5 / steps;
  CHECK(right == Approx(logistic(2.5 * 0.4)).epsilon(1e-9));
  CHECK(signed_residual_time(model, true, 0.0) == 2.5);
  CHECK(signed_residual_time(model, false, 0.2) == Approx(-2.0));
  CHECK(signed_residual_time(model, true, 7.0) == 0.0);
}

TEST_CASE("response models: time tells a third more than right or wrong alone, most where it is easy",
          "[engine]") {
  const SignedTime timed{1.0};
  CHECK(information(timed, 1e-6) / information(Dichotomous{}, 1e-6) == Approx(1.333).margin(0.001));
  CHECK(information(timed, 1.0986) / information(Dichotomous{}, 1.0986) == Approx(1.419).margin(0.001));
  CHECK(information(timed, 2.2) / information(Dichotomous{}, 2.2) == Approx(1.74).margin(0.005));
}
