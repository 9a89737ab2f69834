// The stages of a choice as small distributions (choice.hpp draws from them): the modes that are open, their
// topics, whether a video is offered, and the shortlist of exercises. Pure, any thread.
#pragma once

#include <vector>

#include "engine/policy/choice.hpp"
#include "engine/policy/eligibility.hpp"

namespace trede::policy {

inline constexpr double mastered_from = 0.9;      // a topic leaves the frontier at P(θ > cut) ≥ .9
inline constexpr double prerequisite_from = 0.5;  // and opens the next ones from .5
inline constexpr double review_share = 0.2;       // of the exercises, when something was mastered before
inline constexpr double topic_floor = 0.02;       // the least probability of a topic that is open
inline constexpr double item_floor = 0.001;       // the least probability of an exercise on the shortlist
inline constexpr int shortlist_length = 50;  // exercises nearest to the target that take part in the draw
inline constexpr double video_offer = 0.9;   // one offer in ten is withheld, so that effects stay measurable
inline constexpr double too_hard = 0.5;  // a new topic whose easiest exercise is below this needs its video
inline constexpr int new_topic_answers = 2;  // fewer answers than this: the topic is new
// exp(−(p − target)² / .01): an exercise .1 from the target is drawn e times less often than one at it.
inline constexpr double temperature = 0.01;

inline constexpr double target_easy = 0.9;
inline constexpr double target_middle = 0.75;
inline constexpr double target_hard = 0.6;
inline constexpr double target_after_video = 0.8;   // at least: a likely success
inline constexpr double target_discouraged = 0.85;  // at least, after fewer than four right in the last eight

// The inputs of a choice with P(mastery) of every topic worked out. Refers to its inputs: lives no longer
// than they.
struct Situation {
  const tracking::Posterior& posterior;
  const Catalogue& catalogue;
  const PupilContext& context;
  std::vector<double> mastery;
};
Situation look_at(const tracking::Posterior& posterior, const Catalogue& catalogue,
                  const PupilContext& context);

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
  double target = target_middle;
  std::vector<Option> topics;
};
// One to two branches, probabilities sum to one; none when the bank has no exercise in use and no lesson is
// planned.
std::vector<Branch> branches(const Situation& situation);

// Not mastered, every prerequisite above .5, with exercises in use; in catalogue.order. A prerequisite
// without exercises counts as known when its own prerequisites are. Empty only when all topics with exercises
// are mastered.
std::vector<int> frontier(const Situation& situation);

struct VideoOffer {
  Reason reason = Reason::NothingLeft;
  double probability = 0.0;  // of showing one instead of an exercise
  std::vector<int> videos;   // equally likely
};
VideoOffer video_offer_of(const Situation& situation, const Branch& branch, int topic);

struct Candidate {
  int item = 0;
  double predicted = 0.0;  // quick_predict
  double probability = 0.0;
};
struct Shortlist {
  int candidates = 0;  // eligible exercises of the topic
  std::vector<Candidate> nearest;
};
Shortlist shortlist(const Situation& situation, const Branch& branch, int topic);

// P(right) of the topic's easiest eligible exercise.
double easiest(const Situation& situation, const Branch& branch, int topic);

}  // namespace trede::policy
