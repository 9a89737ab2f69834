#include <cmath>

#include "engine/prediction/filter.hpp"
#include "engine/prediction/layout.hpp"
#include "engine/prediction/trace_writer.hpp"
#include "tests/prediction/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::prediction;

namespace {

// A log laid out, with parameters drawn near their means.
struct Prepared {
  ResponseLog log;
  ItemSummary items;
  Layout layout;
  Trace trace;
  std::vector<double> parameters;
};

Prepared prepare(bool clock) {
  Prepared made;
  made.log = testing::simulated_log({20, 25, 12, clock});
  const auto pupils = testing::all_pupils(made.log);
  made.items = summarise(made.log, pupils);
  made.layout = lay_out(made.log, made.items, {});
  made.trace = write_traces(made.log, made.items, made.layout, {pupils}, 1).front();
  Random random(7);
  for (const Parameter& parameter : made.layout.parameters)
    made.parameters.push_back(parameter.mean + 0.3 * std::min(parameter.sd, 1.0) * random.normal());
  return made;
}

double loss_at(const Prepared& made, const std::vector<double>& parameters, std::vector<double>& gradient) {
  std::vector<double> powers(made.layout.logarithms);
  for (std::size_t i = 0; i < powers.size(); ++i) powers[i] = std::exp(parameters[i]);
  const std::vector<Kind> kinds = made.layout.kinds();
  gradient.assign(parameters.size(), 0.0);
  return negative_log_likelihood(made.trace, {parameters, powers, kinds}, gradient);
}

void check_gradient(bool clock) {
  const Prepared made = prepare(clock);
  std::vector<double> gradient, unused;
  loss_at(made, made.parameters, gradient);
  constexpr double step = 1e-5;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    std::vector<double> up = made.parameters, down = made.parameters;
    up[i] += step;
    down[i] -= step;
    const double slope = (loss_at(made, up, unused) - loss_at(made, down, unused)) / (2.0 * step);
    INFO("parameter " << i);
    REQUIRE(gradient[i] == Approx(slope).margin(1e-5));
  }
}

// One row after the other of one component, no effects.
Trace trace_of(const std::vector<std::uint8_t>& answers) {
  Trace trace;
  for (const std::uint8_t y : answers) {
    Touch touch;
    touch.first = trace.rows() == 0;
    trace.touches.push_back(touch);
    trace.touch_end.push_back(static_cast<std::uint32_t>(trace.touches.size()));
    trace.effect_end.push_back(0);
    trace.correct.push_back(y);
  }
  trace.row_end = {static_cast<std::uint32_t>(trace.rows())};
  trace.states = {1};
  return trace;
}

std::vector<double> predicted(const std::vector<std::uint8_t>& answers, double variance) {
  const std::vector<double> plain = {std::log(variance)}, powers = {variance};
  const std::vector<Kind> kinds = {{0, -1, -1}};
  const Trace trace = trace_of(answers);
  std::vector<double> probabilities(trace.rows());
  predict(trace, {plain, powers, kinds}, probabilities);
  return probabilities;
}

}  // namespace

TEST_CASE("prediction: the gradient is the slope of the loss, with a clock", "[prediction]") {
  check_gradient(true);
}

TEST_CASE("prediction: the gradient is the slope of the loss, without a clock", "[prediction]") {
  check_gradient(false);
}

TEST_CASE("prediction: the loss is that of the probabilities predicted", "[prediction]") {
  const Prepared made = prepare(true);
  std::vector<double> gradient, powers(made.layout.logarithms), probabilities(made.trace.rows());
  for (std::size_t i = 0; i < powers.size(); ++i) powers[i] = std::exp(made.parameters[i]);
  const std::vector<Kind> kinds = made.layout.kinds();
  predict(made.trace, {made.parameters, powers, kinds}, probabilities);
  double sum = 0.0;
  for (std::size_t row = 0; row < probabilities.size(); ++row)
    sum -= std::log(made.trace.correct[row] != 0 ? probabilities[row] : 1.0 - probabilities[row]);
  REQUIRE(loss_at(made, made.parameters, gradient) == Approx(sum).epsilon(1e-12));
}

TEST_CASE("prediction: a first answer is even, a right one raises the next, a wrong one lowers it",
          "[prediction]") {
  for (const double variance : {0.1, 1.0, 10.0}) {
    REQUIRE(predicted({1, 1}, variance)[0] == Approx(0.5));
    REQUIRE(predicted({1, 1}, variance)[1] > 0.5);
    REQUIRE(predicted({0, 1}, variance)[1] < 0.5);
    REQUIRE(predicted({1, 1}, variance)[1] + predicted({0, 0}, variance)[1] == Approx(1.0));
  }
}

TEST_CASE("prediction: one update is close to Bayes' rule by brute force", "[prediction]") {
  for (const double variance : {0.2, 1.0, 3.0}) {
    double right = 0.0, both = 0.0;
    for (int i = -4000; i <= 4000; ++i) {
      const double z = i / 400.0 * std::sqrt(variance), p = 1.0 / (1.0 + std::exp(-z));
      const double weight = std::exp(-0.5 * z * z / variance);
      right += weight * p;
      both += weight * p * p;
    }
    REQUIRE(predicted({1, 1}, variance)[1] == Approx(both / right).margin(0.02));
  }
}
