#include "engine/lab/off_policy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::lab;

namespace {

constexpr int arms = 6;
using Arms = std::array<double, arms>;
using Context = std::array<double, 3>;

struct LoggedWorld {
  std::array<Context, arms> weights{};
};

Context drawn_context(Random& random) {
  return {1.0, random.normal(), random.normal()};
}

double score(const Context& context, const Context& weights) {
  return context[0] * weights[0] + context[1] * weights[1] + context[2] * weights[2];
}

Arms softmax(Arms scores, double temperature) {
  const double top = *std::max_element(scores.begin(), scores.end());
  double sum = 0.0;
  for (double& s : scores) sum += s = std::exp((s - top) / temperature);
  for (double& s : scores) s /= sum;
  return scores;
}

Arms rewards(const LoggedWorld& world, const Context& x) {
  Arms p{};
  for (int a = 0; a < arms; ++a) p[a] = 1.0 / (1.0 + std::exp(0.3 - 0.8 * score(x, world.weights[a])));
  return p;
}

// The policy that ran: near a softmax over scores that miss the mark, one choice in ten at random.
Arms behaviour(const LoggedWorld& world, const Context& x) {
  Arms scores{};
  for (int a = 0; a < arms; ++a) scores[a] = 0.5 * (score(x, world.weights[a]) + 0.7 * (x[0] + x[1] + x[2]));
  Arms p = softmax(scores, 1.0);
  for (double& each : p) each = 0.9 * each + 0.1 / arms;
  return p;
}

Arms candidate(const LoggedWorld& world, const Context& x) {
  Arms scores{};
  for (int a = 0; a < arms; ++a) scores[a] = score(x, world.weights[a]);
  return softmax(scores, 0.15);
}

LoggedWorld drawn_world(Random& random) {
  LoggedWorld world;
  for (Context& weights : world.weights)
    for (double& weight : weights) weight = 0.8 * random.normal();
  return world;
}

double value_of_candidate(const LoggedWorld& world, Random& random) {
  double sum = 0.0;
  constexpr int draws = 200000;
  for (int n = 0; n < draws; ++n) {
    const Context x = drawn_context(random);
    const Arms p = rewards(world, x);
    const Arms pi = candidate(world, x);
    for (int a = 0; a < arms; ++a) sum += pi[a] * p[a] / draws;
  }
  return sum;
}

int drawn_arm(const Arms& probabilities, Random& random) {
  double u = random.uniform();
  int a = 0;
  while (a + 1 < arms && u >= probabilities[a]) u -= probabilities[a++];
  return a;
}

// `model_error` is added to the true expected reward to make q.
std::vector<LoggedDecision> drawn_log(const LoggedWorld& world, int decisions, double model_error, Random& random) {
  std::vector<LoggedDecision> log;
  for (int n = 0; n < decisions; ++n) {
    const Context x = drawn_context(random);
    const Arms p = rewards(world, x);
    const Arms mu = behaviour(world, x);
    const Arms pi = candidate(world, x);
    const int a = drawn_arm(mu, random);
    LoggedDecision decision{.pupil = n, .behaviour = mu[a], .candidate = pi[a], .model = p[a] + model_error};
    decision.reward = random.uniform() < p[a] ? 1.0 : 0.0;
    for (int b = 0; b < arms; ++b) decision.model_policy += pi[b] * (p[b] + model_error);
    log.push_back(decision);
  }
  return log;
}

struct Tally {
  double mean = 0.0;
  double square = 0.0;
  double covered = 0.0;

  void add(const ValueEstimate& estimate, double truth, int runs) {
    mean += (estimate.value - truth) / runs;
    square += (estimate.value - truth) * (estimate.value - truth) / runs;
    covered += (estimate.low() < truth && truth < estimate.high()) / static_cast<double>(runs);
  }
  double sd() const { return std::sqrt(square - mean * mean); }
};

}  // namespace

TEST_CASE("off-policy: intervals hold and the better estimators are narrower", "[engine]") {
  Random random(11);
  const LoggedWorld world = drawn_world(random);
  const double truth = value_of_candidate(world, random);
  constexpr int runs = 500;
  Tally ips;
  Tally snips;
  Tally robust;
  for (int run = 0; run < runs; ++run) {
    const OffPolicyValue value = evaluate(drawn_log(world, 2000, 0.03, random));
    REQUIRE(value.reportable());
    ips.add(value.ips, truth, runs);
    snips.add(value.snips, truth, runs);
    robust.add(value.doubly_robust, truth, runs);
  }
  UNSCOPED_INFO("sd " << ips.sd() << " " << snips.sd() << " " << robust.sd() << ", covered " << ips.covered
                      << " " << snips.covered << " " << robust.covered);
  testing::figure("engine", "OPE doubly robust: coverage", ".93–.97", robust.covered);
  testing::figure("engine", "OPE SNIPS: coverage", ".93–.97", snips.covered);
  testing::figure("engine", "OPE doubly robust: sd vs IPS", "≤ .75", robust.sd() / ips.sd());
  CHECK(robust.covered >= 0.93);
  CHECK(robust.covered <= 0.97);
  CHECK(snips.covered >= 0.93);
  CHECK(snips.covered <= 0.97);
  CHECK(robust.sd() <= 0.75 * ips.sd());
  CHECK(snips.sd() <= 0.75 * ips.sd());
  CHECK(std::abs(robust.mean) < 0.003);
}

TEST_CASE("off-policy: a policy judged by its own choices gets its own mean", "[engine]") {
  std::vector<LoggedDecision> log;
  for (int n = 0; n < 50; ++n)
    log.push_back({.pupil = n / 5, .reward = n % 3 / 2.0, .behaviour = 0.2, .candidate = 0.2});
  const OffPolicyValue value = evaluate(log);
  CHECK(value.ips.value == Approx(value.behaviour.value));
  CHECK(value.snips.value == Approx(value.behaviour.value));
  CHECK(value.difference.value == Approx(0.0).margin(1e-12));
  CHECK(value.effective_size == Approx(50.0));
  CHECK(value.pupils == 10);
  CHECK_FALSE(value.reportable());
}

TEST_CASE("off-policy: decisions of one pupil count as one when they say the same", "[engine]") {
  Random random(3);
  std::vector<LoggedDecision> apart;
  std::vector<LoggedDecision> together;
  for (int n = 0; n < 400; ++n) {
    const double reward = random.normal();
    for (int copy = 0; copy < 9; ++copy) {
      apart.push_back({.pupil = 9 * n + copy, .reward = reward, .candidate = 1.0});
      together.push_back({.pupil = n, .reward = reward, .candidate = 1.0});
    }
  }
  CHECK(evaluate(together).ips.standard_error ==
        Approx(3.0 * evaluate(apart).ips.standard_error).epsilon(0.01));
}

TEST_CASE("off-policy: nothing logged and nothing in common give zeros", "[engine]") {
  CHECK(evaluate({}).snips.value == 0.0);
  const std::vector<LoggedDecision> strange = {{.reward = 1.0, .behaviour = 0.5, .candidate = 0.0}};
  CHECK(evaluate(strange).effective_size == 0.0);
  CHECK(evaluate(strange).snips.value == 0.0);
}
