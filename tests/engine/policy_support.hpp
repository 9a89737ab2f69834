// One pupil walking through a bank by the policy, and questions about the choices open to it.
#pragma once

#include "engine/lab/simulated_pupil.hpp"
#include "engine/policy/choice.hpp"
#include "engine/tracking/practice.hpp"
#include "engine/tracking/update.hpp"
#include "tests/engine/support.hpp"

namespace trede::test {

using namespace trede::policy;

struct Step {
  Choice choice;
  bool right = false;
};

// One simulated pupil following the policy, as the server would let it.
struct Walk {
  Catalogue bank;
  Random random;
  lab::SimulatedPupil pupil;
  tracking::Posterior belief;
  effects::Effects effects;
  PupilContext context;
  std::uint64_t seed;

  Walk(Catalogue catalogue, double mean, std::uint64_t first_seed)
      : bank(std::move(catalogue)),
        random(first_seed),
        pupil(lab::simulate_pupil(bank, mean, random)),
        belief(tracking::prior(bank, mean)),
        effects(effects::first_guess(bank)),
        context(new_context(bank)),
        seed(first_seed) {}

  Step step() {
    Step taken{choose(belief, bank, context, effects, mix(seed, seed_count++)), false};
    if (taken.choice.kind == ChoiceKind::Video) {
      belief = tracking::shifted(tracking::touched(belief, taken.choice.topic), taken.choice.topic,
                                 0.2 * std::exp2(-context.videos[taken.choice.video].times_seen), 0.04);
      watched_video(context, bank, taken.choice.video);
      pupil.watch(bank, taken.choice.video);
    }
    if (taken.choice.kind == ChoiceKind::Exercise) {
      const CatalogueItem& item = bank.items[taken.choice.item];
      taken.right = pupil.answers(item, random);
      belief = tracking::practised(tracking::update(belief, item, taken.right).posterior, taken.choice.topic,
                                   0.04, 0.004);
      answered(context, bank,
               {.item = taken.choice.item,
                .right = taken.right,
                .predicted = taken.choice.predicted,
                .reason = taken.choice.reason,
                .target = taken.choice.target});
      settle(context, bank, belief, taken.choice.item);
      pupil.practise(item);
    }
    return taken;
  }

 private:
  std::uint64_t seed_count = 0;
};

inline void set_ability(tracking::Posterior& belief, const Catalogue& bank, int topic, double above_cut,
                        double sd) {
  belief = tracking::touched(std::move(belief), topic);
  const int row = belief.rows[topic].own;
  belief.covariances.row(row).setZero();
  belief.covariances.col(row).setZero();
  belief.covariances(row, row) = sd * sd;
  belief.means[row] = bank.topics[topic].cut + above_cut;
}

// A belief in which the first `mastered` topics of a chain are known well and the next is 1 below its cut.
inline tracking::Posterior belief_at(const Catalogue& bank, int mastered) {
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  for (int k = 0; k < belief.topics(); ++k) set_ability(belief, bank, k, k < mastered ? 1.5 : -1.0, 0.3);
  return belief;
}

inline std::vector<Choice> all_choices(const tracking::Posterior& belief, const Catalogue& bank,
                                       const PupilContext& context) {
  return possible_choices(belief, bank, context, effects::first_guess(bank));
}

// Effects under which a minute of any video is known to teach more, or less, than any exercise.
inline effects::Effects with_videos(const Catalogue& bank, bool teach) {
  effects::Effects effects = effects::first_guess(bank);
  const auto videos = effects.count() - effects::first_video_effect;
  effects.value.tail(videos).setConstant(teach ? 3.0 : 0.0);
  effects.sd.tail(videos).setConstant(0.01);
  return effects;
}

inline Choice first_choice(const tracking::Posterior& belief, const Catalogue& bank,
                           const PupilContext& context, std::uint64_t seed = 1) {
  return choose(belief, bank, context, effects::first_guess(bank), seed);
}

inline void answer(PupilContext& context, const Catalogue& bank, int item, bool right) {
  answered(context, bank, {.item = item, .right = right});
}

inline double probability_of(const std::vector<Choice>& choices, auto condition) {
  double sum = 0.0;
  for (const Choice& choice : choices)
    if (condition(choice)) sum += choice.probability;
  return sum;
}

inline double share_of(const std::vector<Choice>& choices, Reason reason) {
  return probability_of(choices, [&](const Choice& choice) { return choice.reason == reason; });
}

inline double total_probability(const std::vector<Choice>& choices) {
  return probability_of(choices, [](const Choice&) { return true; });
}

inline void fail_on(PupilContext& context, const Catalogue& bank, int topic, int times) {
  for (int i = 0; i < times; ++i) answer(context, bank, bank.topics[topic].items[i], false);
}

}  // namespace trede::test
