// The stages of a choice as small distributions (choice.hpp draws from them): the modes that are open and their
// topics, then a video or the share of exercises to come out right, then the shortlist of exercises. Every stage
// leaves what is open at least its floor, so that weights by probability stay bounded. Pure, any thread.
#pragma once

#include <vector>

#include "engine/effects/effects.hpp"
#include "engine/policy/choice.hpp"
#include "engine/policy/eligibility.hpp"

namespace trede::policy {

inline constexpr double mastered_from = finished_above;  // a topic leaves the frontier at this P(θ > cut)
inline constexpr double prerequisite_from = 0.5;         // and opens the next ones from .5
inline constexpr double review_share = 0.2;              // of the exercises, when a review is due
inline constexpr double review_below = 0.8;     // due when P(θ > cut) of a finished topic falls under this
inline constexpr int reviews_a_day = 12;        // so that a holiday leaves no pile
// Of the exercises, while a higher level of a finished topic is within reach, of who asks for hard exercises: …
inline constexpr double higher_share = 0.2;
inline constexpr double higher_in_reach = 0.5;  // … P(θ > cut + higher_by) is above this
inline constexpr double seeding_share = 0.12;   // of the exercises, while new ones are being learned about
inline constexpr double seeding_lowest = 0.5;   // P(right) of a seeded exercise: not a riddle …
inline constexpr double seeding_highest = 0.9;  // … and not a gift
inline constexpr double topic_floor = 0.02;     // the least probability of a topic that is open
inline constexpr double band_floor = 0.02;      // the least probability of a band that is open
// A level is drawn by the square of its chance to teach most: many pupils draw side by side, so enough is tried all
// the same (docs/decisions/0017). The level of the exercise before counts as ten: in runs the levels' effects tell
// themselves apart sooner (docs/decisions/0009), and nobody is thrown to and fro.
inline constexpr double level_before = 10.0;
inline constexpr double item_floor = 0.001;  // the least probability of an exercise on the shortlist
inline constexpr int longlist_length = 120;  // eligible exercises nearest in difficulty that are looked at
inline constexpr int shortlist_length = 50;  // of these, nearest to the target: they take part in the draw
inline constexpr double video_offer = 0.9;   // one offer in ten is withheld, so that effects stay measurable
inline constexpr double too_hard = 0.5;   // a new topic whose easiest exercise is below this needs its video
inline constexpr double too_easy = 0.92;  // a topic whose hardest exercise is above this has nothing to teach
inline constexpr int new_topic_answers = 2;  // fewer answers than this: the topic is new
// exp(−(p − target)² / .001): an exercise .03 from the target is drawn e times less often than one at it …
inline constexpr double temperature = 0.001;
// … and one that halves the variance of z is drawn e^.1 times as often as one that tells nothing.
inline constexpr double information_weight = 0.2;

inline constexpr double target_easy = 0.9;
inline constexpr double target_middle = 0.75;
inline constexpr double target_hard = 0.6;
inline constexpr double target_after_video = 0.8;   // at least: a likely success
inline constexpr double target_discouraged = 0.75;  // at least, after fewer than four right in the last eight
inline constexpr double target_enrichment = 0.675;

// The inputs of a choice with P(mastery) of every topic worked out. Refers to its inputs: lives no longer
// than they.
struct Situation {
  const tracking::Posterior& posterior;
  const Catalogue& catalogue;
  const PupilContext& context;
  const effects::Effects& effects;
  std::vector<double> mastery;
};
Situation look_at(const tracking::Posterior& posterior, const Catalogue& catalogue,
                  const PupilContext& context, const effects::Effects& effects);

struct Option {
  int index = 0;  // topic, video or item
  double probability = 0.0;
};

// One mode that is open, with the topics it may go to and how strictly exercises must have rested.
struct Branch {
  Reason reason = Reason::NothingLeft;
  double probability = 1.0;
  Pool pool = Pool::Ordinary;
  int relaxation = 0;
  std::vector<Option> topics;  // none: placement, whose exercises are chosen over all topics
  std::vector<Option> items;   // of placement and seeding: with their probabilities
};
// The probabilities sum to one; none when the bank has no exercise in use and no lesson is planned.
std::vector<Branch> branches(const Situation& situation);

// Not mastered, every prerequisite above .5, with exercises in use, within what teacher and pupil fixed; what must be
// done first, then in catalogue.order. A prerequisite without exercises counts as known when its own
// prerequisites are. Empty when all such topics are mastered.
std::vector<int> frontier(const Situation& situation);

struct Target {
  double success = target_middle;  // P(right) aimed at
  double probability = 0.0;
};
// A video, or an exercise at a target; the probabilities sum to one.
struct Actions {
  Reason video_reason = Reason::NothingLeft;
  std::vector<Option> videos;
  std::vector<Target> targets;
};
Actions actions(const Situation& situation, const Branch& branch, int topic);

// P(right) of the eligible exercises with the lowest and the highest difficulty of a topic.
struct Spread {
  double easiest = 0.0;
  double hardest = 1.0;
};
Spread spread_of(const Situation& situation, Pool pool, int relaxation, int topic);

struct Candidate {
  int item = 0;
  double predicted = 0.0;  // quick_predict
  double probability = 0.0;
};
struct Shortlist {
  int candidates = 0;  // eligible exercises that were looked at
  std::vector<Candidate> nearest;
};
Shortlist shortlist(const Situation& situation, const Branch& branch, int topic, double target);

}  // namespace trede::policy
