// The next step for a pupil and why. The chain: eligibility → mode → topic → target → exercise or video; each
// stage draws from a small distribution and `probability` is the product over the stages, so what happened
// can be weighed afterwards (docs/MODEL.md §5). Same inputs and seed, same choice. Pure, any thread; 10 µs
// among 5,000 items.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/policy/context.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::policy {

enum class ChoiceKind { Exercise, Video, Nothing };

enum class Reason {
  Frontier,        // the first things in the order of topics that this pupil does not master yet
  Review,          // a topic mastered before
  LessonVideo,     // the teacher planned a lesson: first its video
  ReadinessCheck,  // then a few exercises that show who is ready for it
  VideoForNew,     // the topic is new and far too hard
  VideoForStuck,   // three of the last four answers on the topic were wrong
  EasyAfterVideo,  // a likely success on what was just explained
  Enrichment,      // everything is mastered: above the curriculum
  NothingLeft      // the bank has no exercise in use
};

struct Choice {
  ChoiceKind kind = ChoiceKind::Nothing;
  Reason reason = Reason::NothingLeft;
  int item = -1;   // exercise
  int video = -1;  // video
  int topic = -1;
  double predicted = 0.0;    // P(right) of the exercise; of the easiest one when a video is given
  double target = 0.0;       // the P(right) aimed at
  double mastery = 0.0;      // P(θ_topic > cut)
  int candidates = 0;        // exercises (or videos) of the topic that could be given now, this one included
  int alternatives = 0;      // of these, how many others were really in the draw
  double probability = 1.0;  // that this policy makes this choice in this state
};

Choice choose(const tracking::Posterior& posterior, const Catalogue& catalogue, const PupilContext& context,
              std::uint64_t seed);

// Every choice the policy could make in this state, with its probability; they sum to one.
// For evaluation and tests.
std::vector<Choice> possible_choices(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                     const PupilContext& context);

}  // namespace trede::policy
