// How much processor time the engine takes: medians over blocks of calls, as one JSON object a line. Run by
// ./dev bench.
#include <cstdio>
#include <vector>

#include "engine/lab/simulated_pupil.hpp"
#include "engine/policy/choice.hpp"
#include "engine/random.hpp"
#include "engine/tracking/state.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"
#include "tests/bench/measure.hpp"

using namespace trede;

namespace {

Catalogue bank_of(int topics, int items) {
  Catalogue bank;
  Random random{1};
  for (int k = 0; k < topics; ++k) {
    bank.topics.push_back({.domain = k % 4, .level = -2.0 + 4.0 * k / topics});
    if (k > 0) bank.topics.back().prerequisites = {k - 1};
  }
  for (int i = 0; i < items; ++i) {
    const int topic = i % topics;
    const double guessing = i % 3 == 0 ? 0.25 : 0.0;
    bank.items.push_back({.parameters = {1.2, bank.topics[topic].level + 0.8 * random.normal(), guessing},
                          .loadings = {{topic, 1.0}}});
  }
  for (int k = 0; k < topics; ++k) bank.videos.push_back({.topic = k});
  complete(bank);
  return bank;
}

// Over 101 blocks of calls the mean time of one call.
template <class Call>
void measure(const char* name, int calls_per_block, Call call) {
  std::vector<double> microseconds;
  for (int block = 0; block < 101; ++block) {
    const double start = bench::processor_us();
    for (int i = 0; i < calls_per_block; ++i) call(block * calls_per_block + i);
    microseconds.push_back((bench::processor_us() - start) / calls_per_block);
  }
  bench::print_result(name, std::move(microseconds));
}

// Answers on the first `met` topics of a bank, in a belief with rows for those or, `full`, for all.
void bench_update(const char* name, int topics, int met, bool full = false) {
  const Catalogue bank = bank_of(topics, 8 * topics);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  for (int k = 0; full && k < topics; ++k) belief = tracking::touched(std::move(belief), k);
  measure(name, topics > 100 ? 20 : 200, [&](int i) {
    const CatalogueItem& item = bank.items[i % met + topics * (i % 8)];
    belief = tracking::update(std::move(belief), item, i % 4 != 0).posterior;
    belief.covariances.diagonal().array() += 0.0001;
  });
}

// Ability with the fast states and residuals beside it.
void bench_state(const char* name, int topics) {
  const Catalogue bank = bank_of(topics, 8 * topics);
  const tracking::Constants constants;
  tracking::State state = tracking::new_state(bank, 0.0);
  const int items = static_cast<int>(bank.items.size());
  measure(name, 200, [&](int i) {
    state = tracking::update(std::move(state), bank, i % items, i % 4 != 0, constants).state;
    state.posterior.covariances.diagonal().array() += 0.0001;
  });
}

void bench_advance(const char* name, int topics) {
  const Catalogue bank = bank_of(topics, topics);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  measure(name, 200,
          [&](int) { belief = tracking::advance(std::move(belief), tracking::Drift{}, 0.01, 0.0); });
}

void bench_choice(const char* name, int topics, int items) {
  const Catalogue bank = bank_of(topics, items);
  Random random{2};
  lab::SimulatedPupil pupil = lab::simulate_pupil(bank, 0.0, random);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  const effects::Effects effects = effects::first_guess(bank);
  policy::PupilContext context = policy::new_context(bank);
  for (int i = 0; i < 200; ++i) {
    const policy::Choice choice = policy::choose(belief, bank, context, effects, static_cast<std::uint64_t>(i));
    if (choice.kind == policy::ChoiceKind::Video) policy::watched_video(context, bank, choice.video);
    if (choice.kind != policy::ChoiceKind::Exercise) continue;
    const bool right = pupil.answers(bank.items[choice.item], random);
    belief = tracking::update(std::move(belief), bank.items[choice.item], right).posterior;
    policy::answered(context, bank, {choice.item, right, choice.predicted, choice.reason});
    policy::settle(context, bank, belief, choice.item);
  }
  double sum = 0.0;
  measure(name, 100, [&](int i) {
    sum += policy::choose(belief, bank, context, effects, static_cast<std::uint64_t>(i)).probability;
  });
  if (!(sum > 0.0)) std::puts("the choices have no probability");
}

}  // namespace

int main() {
  bench_update("update of a 16-topic belief", 16, 16);
  bench_update("update of a 64-topic belief", 64, 64);
  bench_state("update of a whole state, 16 topics", 16);
  bench_state("update of a whole state, 64 topics", 64);
  bench_update("update, 20 topics met of 500", 500, 20);
  bench_update("the same with rows for all 500", 500, 20, true);
  bench_advance("time passes in a 16-topic belief", 16);
  bench_choice("choice among 5,000 items, 30 topics", 30, 5'000);
  bench_choice("choice among 50,000 items, 30 topics", 30, 50'000);
  bench_choice("choice among 100 items, 20 topics", 20, 100);
}
