// The next step for a pupil and why. The chain: eligibility → mode → topic → a video or a target → exercise; each
// stage draws from a small distribution and `probability` is the product over the stages, so what happened
// can be weighed afterwards (docs/MODEL.md §5). Same inputs and seed, same choice. Pure, any thread; 20 µs
// among 5,000 items.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/effects/effects.hpp"
#include "engine/policy/context.hpp"
#include "engine/policy/reason.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::policy {

// What the topic's exercises lack for this pupil: the hardest is a gift (P(right) > .92), the easiest a riddle (< .5).
enum class Gap { None, NothingHarder, NothingEasier };

struct Choice {
  ChoiceKind kind = ChoiceKind::Nothing;
  Reason reason = Reason::NothingLeft;
  int item = -1;      // exercise
  int video = -1;     // video
  int withheld = -1;  // the video that was to come in place of this exercise and by lot did not
  int topic = -1;
  double predicted = 0.0;  // P(right) of the exercise; of the easiest one when a video is given
  double target = 0.0;     // the P(right) aimed at, 0 with a video
  double mastery = 0.0;    // P(θ_topic > cut)
  Gap gap = Gap::None;
  int candidates = 0;    // exercises (or videos) that could be given now, this one included
  int alternatives = 0;  // of these, how many others were really in the draw
  // That this policy makes this choice (item, target and reason) in this state, a video withheld or not.
  double probability = 1.0;
};

Choice choose(const tracking::Posterior& posterior, const Catalogue& catalogue, const PupilContext& context,
              const effects::Effects& effects, std::uint64_t seed);

// Every choice the policy could make in this state, with its probability; they sum to one.
// For evaluation and tests.
std::vector<Choice> possible_choices(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                     const PupilContext& context, const effects::Effects& effects);

}  // namespace trede::policy
