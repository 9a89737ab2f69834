// The whole state of a pupil: ability, what passes, and what both say of the next answer.
#include "engine/tracking/state.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/practice.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::tracking;

namespace {

constexpr Constants usual;
constexpr int state_topics = 6;

Catalogue small_bank() {
  Catalogue bank = test::chain_bank(state_topics, 12, -1.5);
  for (std::size_t topic = 0; topic < bank.topics.size(); ++topic) bank.topics[topic].domain = topic / 3;
  complete(bank);
  return bank;
}

// A pupil who is what State supposes: abilities that practice raises, fast states that come and go with the
// answers, and something of its own with every exercise.
struct WholePupil {
  const Catalogue& bank;
  const Constants& constants;
  Random& random;
  Eigen::VectorXd ability;
  double rate;
  std::vector<FastState> fast;      // variance unused
  std::vector<Residual> residuals;  // variance unused
  int answers = 0;
  double minutes = 0.0;

  WholePupil(const Catalogue& catalogue, const Constants& with, Random& generator)
      : bank(catalogue), constants(with), random(generator) {
    const Eigen::MatrixXd root = prior_covariance(bank).llt().matrixL();
    ability = root * test::normals(state_topics, random);
    rate = 1.0 + learning_rate_spread * random.normal();
  }

  // Where the filter has N(m, v) given the true value one touch ago, the truth is drawn from it.
  template <class Part>
  double drawn(const Part& part) {
    return part.mean + std::sqrt(std::max(part.variance, 0.0)) * random.normal();
  }

  bool answer(int item) {
    const CatalogueItem& asked = bank.items[item];
    FastState s = fast_state(fast, asked.topic(), answers, constants.fast);
    Residual r = residual(residuals, item, answers, minutes, constants.residual);
    s.mean = drawn(s);
    r.mean = drawn(r);
    s.variance = r.variance = 0.0;  // the truth is certain: only what fading replaces is drawn next time
    const double z = irt::log_odds(asked, ability) + asked.parameters.slope * (s.mean + r.mean);
    const bool right = random.uniform() < irt::logistic(z);
    s.mean += right ? constants.fast.lift.right : constants.fast.lift.wrong;
    r.mean += right ? constants.residual.lift.right : constants.residual.lift.wrong;
    ++r.count;
    s.last_answer = r.last_answer = answers++;
    r.last_minutes = minutes;
    keep(fast, s);
    keep_truth(r);
    ability[asked.topic()] += 0.02 * rate + std::sqrt(0.003) * random.normal();
    return right;
  }

  void keep_truth(const Residual& touched) {
    for (Residual& kept : residuals)
      if (kept.family == touched.family) {
        kept = touched;
        return;
      }
    residuals.push_back(touched);
    std::sort(residuals.begin(), residuals.end(),
              [](const Residual& one, const Residual& other) { return one.family < other.family; });
  }
};

struct Outcome {
  double covered = 0.0, covered_alone = 0.0;    // share of topics inside the 95 % interval of ability
  double log_loss = 0.0, log_loss_alone = 0.0;  // with the whole state, with the posterior alone
};

// Ten sessions of twelve answers, two days apart, each session on one or two topics as practice goes.
Outcome follow(const Constants& constants, int pupils, std::uint64_t seed) {
  const Catalogue bank = small_bank();
  Random random{seed};
  Outcome outcome;
  const double cells = 10.0 * state_topics * pupils;
  for (int i = 0; i < pupils; ++i) {
    WholePupil pupil{bank, constants, random};
    State state = new_state(bank, 0.0);
    Posterior alone = state.posterior;
    for (int session = 0; session < 10; ++session) {
      const int first = random.below(state_topics);
      for (int n = 0; n < 12; ++n) {
        const int topic = n < 8 ? first : (first + 1) % state_topics;
        const int item = bank.topics[topic].items[random.below(12)];
        const bool right = pupil.answer(item);
        StateUpdated updated = update(std::move(state), bank, item, right, constants);
        Updated other = update(std::move(alone), bank.items[item], right);
        outcome.log_loss -= updated.log_likelihood / (120.0 * pupils);
        outcome.log_loss_alone -= other.log_likelihood / (120.0 * pupils);
        state = std::move(updated.state);
        state.posterior = practised(std::move(state.posterior), topic, 0.02, 0.003);
        alone = practised(std::move(other.posterior), topic, 0.02, 0.003);
      }
      for (int topic = 0; topic < state_topics; ++topic) {
        const double truth = pupil.ability[topic];
        outcome.covered +=
            (std::abs(state.posterior.mean(topic) - truth) < 1.96 * state.posterior.sd(topic)) / cells;
        outcome.covered_alone += (std::abs(alone.mean(topic) - truth) < 1.96 * alone.sd(topic)) / cells;
      }
      state.minutes += 2.0 * 1440.0;
      pupil.minutes += 2.0 * 1440.0;
    }
  }
  return outcome;
}

// A state after some answers on a bank.
State after_answers(const Catalogue& bank, int answers, std::uint64_t seed) {
  Random random{seed};
  State state = new_state(bank, 0.0);
  for (int i = 0; i < answers; ++i) {
    const int item = random.below(static_cast<int>(bank.items.size()));
    state = update(std::move(state), bank, item, random.uniform() < 0.7, usual).state;
    state = advance(std::move(state), usual, 0.01, 0.0);
  }
  return state;
}

}  // namespace

TEST_CASE("state: intervals of ability hold while fast states and residuals come and go", "[engine]") {
  Constants lifted;
  lifted.fast.lift = {0.22, -0.65};
  lifted.residual.lift = {0.07, -0.22};
  const Outcome outcome = follow(lifted, 400, 81);
  CHECK(outcome.covered > 0.93);
  CHECK(outcome.covered < 0.97);
  CHECK(outcome.log_loss < outcome.log_loss_alone - 0.003);
  testing::figure("tracking", "ability's coverage beside fast states and residuals", ".93–.97",
                  outcome.covered);
  testing::figure("tracking", "the same when these are ignored", "–", outcome.covered_alone);
  testing::figure("tracking", "log-loss that fast states and residuals save", "–",
                  outcome.log_loss_alone - outcome.log_loss);
}

TEST_CASE("state: intervals hold where what passes is much stronger, too", "[engine]") {
  Constants strong;
  strong.fast.initial = strong.fast.resting = 0.15;
  strong.residual.initial = 0.15;
  strong.residual.resting = 0.15;
  const Outcome outcome = follow(strong, 400, 82);
  CHECK(outcome.covered > 0.93);
  CHECK(outcome.covered < 0.97);
}

TEST_CASE("state: the prediction is that of the update, also for times", "[engine]") {
  const Catalogue bank = small_bank();
  const State state = after_answers(bank, 40, 83);
  for (const int item : {0, 5, 30, 71}) {
    CHECK(predict(state, bank, item, usual) ==
          Approx(update(state, bank, item, true, usual).predicted).epsilon(1e-12));
    CHECK(std::abs(quick_predict(state, bank, item, usual) - predict(state, bank, item, usual)) < 0.02);
    const StateUpdated plain = update(state, bank, item, true, usual);
    const StateUpdated modelled = update(state, bank, item, irt::Dichotomous{}, 1.0, usual);
    CHECK(modelled.predicted == Approx(plain.predicted).epsilon(1e-12));
    CHECK((modelled.state.posterior.means - plain.state.posterior.means).cwiseAbs().maxCoeff() < 1e-5);
  }
}

TEST_CASE("state: a fast state carries to the next answer and is nearly gone after thirty", "[engine]") {
  const Catalogue bank = small_bank();
  const State fresh = new_state(bank, 0.0);
  const State after = update(fresh, bank, 0, false, usual).state;
  const FastState next = fast_state(after.fast, 0, after.answers, usual.fast);
  const FastState later = fast_state(after.fast, 0, after.answers + 30, usual.fast);
  CHECK(next.mean < -0.01);
  CHECK(std::abs(later.mean) < 0.5 * std::abs(next.mean));
  CHECK(later.variance == Approx(usual.fast.resting).epsilon(0.1));
}

TEST_CASE("state: a residual is forgotten by the clock, more slowly when rehearsed", "[engine]") {
  const Catalogue bank = small_bank();
  State state = update(new_state(bank, 0.0), bank, 3, false, usual).state;
  const double now = residual(state.residuals, 3, state.answers, state.minutes, usual.residual).mean;
  const double tomorrow =
      residual(state.residuals, 3, state.answers, state.minutes + 1440.0, usual.residual).mean;
  CHECK(now < 0.0);
  CHECK(std::abs(tomorrow) < 0.5 * std::abs(now));
  const auto kept_after = [&](int touches) {
    std::vector<Residual> one{{3, 1.0, 0.01, touches, 5, 0.0}};
    return residual(one, 3, 6, 1440.0, usual.residual).mean;
  };
  CHECK(kept_after(4) > kept_after(1));
}

TEST_CASE("state: what was never touched is its prior", "[engine]") {
  const State state = new_state(small_bank(), 0.0);
  CHECK(fast_state(state.fast, 2, 10, usual.fast).variance == usual.fast.initial);
  CHECK(residual(state.residuals, 2, 10, 99.0, usual.residual).variance == usual.residual.initial);
  CHECK(residual(state.residuals, 2, 10, 99.0, usual.residual).mean == 0.0);
}

TEST_CASE("state: residuals stay within their limit and those nearest to their prior go", "[engine]") {
  std::vector<Residual> residuals;
  for (int family = 0; family < static_cast<int>(residual_limit); ++family)
    keep(residuals, {family, 0.001 * family, 0.02, 3, 0, 0.0}, usual.residual);
  CHECK(residuals.size() == residual_limit);
  keep(residuals, {9'000, 0.4, 0.02, 1, 0, 0.0}, usual.residual);
  CHECK(residuals.size() == residual_limit + 1 - residual_limit / 8 - 1);
  CHECK(residuals.back().family == 9'000);
  CHECK(residuals.front().family == static_cast<int>(residual_limit / 8) + 1);
}

TEST_CASE("state: a rapid answer moves neither speed nor ability", "[engine]") {
  const Catalogue bank = small_bank();
  const State before = after_answers(bank, 10, 84);
  const StateTimed after = timed(before, usual_time(bank.items[0]), 0.5, usual);
  CHECK(after.rapid);
  CHECK(after.state.speed.mean == before.speed.mean);
  CHECK(after.state.speed.rapid == before.speed.rapid + 1);
  CHECK(after.state.posterior.means == before.posterior.means);
}

TEST_CASE("state: another bank takes over what its topics and items had", "[engine]") {
  const Catalogue bank = small_bank();
  const State before = after_answers(bank, 60, 85);
  std::vector<int> topic_from(state_topics), item_from(bank.items.size());
  for (int k = 0; k < state_topics; ++k) topic_from[k] = state_topics - 1 - k;  // the same topics, turned around
  for (std::size_t i = 0; i < item_from.size(); ++i)
    item_from[i] = static_cast<int>(item_from.size() - 1 - i);
  Catalogue turned = bank;
  for (int k = 0; k < state_topics; ++k) {
    turned.topics[k] = bank.topics[state_topics - 1 - k];
    turned.topics[k].prerequisites.clear();
  }
  for (std::size_t i = 0; i < item_from.size(); ++i) {
    turned.items[i] = bank.items[item_from[i]];
    turned.items[i].loadings = {{state_topics - 1 - bank.items[item_from[i]].topic(), 1.0}};
  }
  complete(turned);
  const StateRebased moved = rebase(before, turned, topic_from, item_from);
  for (int item = 0; item < static_cast<int>(item_from.size()); ++item)
    REQUIRE(predict(moved.state, turned, item, usual) ==
            Approx(predict(before, bank, item_from[item], usual)).epsilon(1e-12));
  for (int row = 0; row < moved.state.posterior.dimensions(); ++row)
    REQUIRE(moved.state.posterior.means[row] == before.posterior.means[moved.from_row[row]]);
}

TEST_CASE("state: the digest sees every part", "[engine]") {
  const State state = after_answers(small_bank(), 20, 86);
  const auto changed = [&](auto change) {
    State other = state;
    change(other);
    return !agree(digest(state), digest(other));
  };
  CHECK_FALSE(changed([](State&) {}));
  CHECK(changed([](State& other) { other.fast.front().mean += 1e-7; }));
  CHECK(changed([](State& other) { other.residuals.back().variance += 1e-7; }));
  CHECK(changed([](State& other) { other.speed.mean += 1e-7; }));
  CHECK(changed([](State& other) { other.posterior.means[0] += 1e-7; }));
}
