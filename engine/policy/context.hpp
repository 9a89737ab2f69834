// What the policy must know of a pupil besides the belief: what was given and seen, when, and what teacher and
// pupil have fixed. Plain values, cheap to keep up to date step by step and to rebuild by replay. Pure functions,
// any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/catalogue/catalogue.hpp"
#include "engine/policy/reason.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::policy {

// Which share of exercises comes out right: what teaches this pupil most, or fixed at .9, .75 or .6.
enum class Level { Adaptive, Easy, Middle, Hard };

// What teacher and pupil decided. The policy adapts inside it and never against it.
struct Steering {
  std::vector<int> topics = {};         // this week's; empty = all
  std::vector<int> must_do = {};        // topics that come before others
  std::vector<int> blocked_items = {};  // "not this exercise"
  Level level = Level::Adaptive;
};

// The teacher's lesson as far as this pupil still has to prepare it; drop it when the lesson is over.
struct Plan {
  int topic = 0;
  int video_first = -1;    // video index not yet watched, −1 = none
  int readiness_left = 0;  // exercises of the readiness check still to give
};

// Half an hour without an answer ends a session.
inline constexpr double session_gap_minutes = 30.0;

// A topic is finished at P(θ > cut) > .95 on six answers in two sessions; it stays finished until answers
// bring it under .7. Of pupils declared finished so, 5 % are not (docs/MODEL.md §5).
inline constexpr double finished_above = 0.95;
inline constexpr double finished_answers = 6;
inline constexpr double finished_sessions = 2;
inline constexpr double unfinished_below = 0.7;
// It is finished at a higher level when moreover P(θ > cut + higher_by) > .95. The cut is where 80 % of the topic's
// own items are expected right; logit .9 − logit .8 = .81 above it 90 % are, of items with slope 1. The higher level
// goes only together with the topic itself: whoever has reached it is never put back by one step, nor by time.
inline constexpr double higher_by = 0.8;

struct TopicHistory {
  int answers = 0;
  int failures_in_row = 0;
  std::uint8_t recent_failures = 0;  // the last eight answers, newest in bit 0, 1 = wrong
  int sessions = 0;                  // in which it was practised
  int last_session = -1;
  bool finished = false;
  bool finished_higher = false;  // only with finished
};

struct VideoHistory {
  int times_seen = 0;
  int seen_at_answer = -1;  // number of answers given when it was last seen, −1 = never
};

struct PlacementProgress {
  bool open = false;
  int given = 0;
  std::vector<int> topics = {};  // it is about; empty = all
};

// An exercise that went wrong though success was almost certain.
inline constexpr double sure_success = 0.95;
inline constexpr int surprises_suspect = 2;

struct Surprise {
  int item = -1;
  int times = 0;
};

struct PupilContext {
  int answers = 0;
  int last_item = -1;                 // an item is a family: it is never given twice in a row
  std::uint8_t recent_failures = 0;   // as in TopicHistory, over all topics
  std::vector<int> item_answered_at;  // per item: the answer number (1, 2, …) when last given, −1 = never
  std::vector<TopicHistory> topics;
  std::vector<VideoHistory> videos;
  int easy_after_video = -1;  // topic of the video just seen: an easy exercise on it comes next; −1 = none
  double last_level = 0.0;    // aimed at by the last exercise of the frontier, 0 = none yet; what is given to who is
                              // discouraged does not count
  int session = 0;            // running number
  std::int64_t day = 0;       // days since 1970
  int reviews_today = 0;
  PlacementProgress placement;
  Surprise surprise;
  std::optional<Plan> plan;
  Steering steering;
};

PupilContext new_context(const Catalogue& catalogue);

// Fewer than four right in the last eight: something easier comes next.
bool discouraged(const PupilContext& context);

// From now on until it is done or skipped, exercises look for where the pupil stands on these topics; none = all.
void begin_placement(PupilContext& context, std::vector<int> topics = {});
void skip_placement(PupilContext& context);

// Before a step: how long after the one before, and on which day.
void time_passes(PupilContext& context, double minutes, std::int64_t day);

struct Answered {
  int item = 0;
  bool right = false;
  double predicted = 0.5;            // P(right) when it was given
  Reason reason = Reason::Frontier;  // it was given for
  bool rapid = false;                // too fast to have been read: says nothing of failing
  double target = 0.0;               // the P(right) aimed at
};

// After an answer. Counts down the plan's readiness check when the item is on its topic, once its video is
// behind us.
void answered(PupilContext& context, const Catalogue& catalogue, const Answered& answer);

// What the belief after that answer changes: the topic of the item is finished, also at a higher level, or no longer;
// the placement is done.
void settle(PupilContext& context, const Catalogue& catalogue, const tracking::Posterior& posterior,
            int item);

// After a video was shown to its end or put aside. Ticks it off in the plan.
void watched_video(PupilContext& context, const Catalogue& catalogue, int video);

// The exercise that went wrong twice where success was almost certain, −1 = none: something may be wrong with it.
int suspect_item(const PupilContext& context);

// For each index in a new bank the index in the old one, −1 = new.
struct Mapping {
  std::vector<int> topics;
  std::vector<int> items;
  std::vector<int> videos;
};

// The same history under a new version of the bank; a plan whose topic is gone is dropped.
PupilContext rebase(const PupilContext& context, const Mapping& from_index_of);

}  // namespace trede::policy
