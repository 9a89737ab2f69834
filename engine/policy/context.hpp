// What the policy must know of a pupil besides the belief: what was given and seen, the teacher's plan, the
// pupil's wish. Plain values, cheap to keep up to date step by step and to rebuild by replay. Pure functions,
// any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::policy {

// Which share of exercises the pupil wants right: .9, .75 or .6.
enum class Level { Easy, Middle, Hard };

// The teacher's lesson as far as this pupil still has to prepare it; drop it when the lesson is over.
struct Plan {
  int topic = 0;
  int video_first = -1;    // video index not yet watched, −1 = none
  int readiness_left = 0;  // exercises of the readiness check still to give
};

struct TopicHistory {
  int answers = 0;
  int failures_in_row = 0;
  std::uint8_t recent_failures = 0;  // the last eight answers, newest in bit 0, 1 = wrong
};

struct VideoHistory {
  int times_seen = 0;
  int seen_at_answer = -1;  // number of answers given when it was last seen, −1 = never
};

struct PupilContext {
  int answers = 0;
  int last_item = -1;                 // an item is a family: it is never given twice in a row
  std::uint8_t recent_failures = 0;   // as in TopicHistory, over all topics
  std::vector<int> item_answered_at;  // per item: the answer number (1, 2, …) when last given, −1 = never
  std::vector<TopicHistory> topics;
  std::vector<VideoHistory> videos;
  int easy_after_video = -1;  // topic of the video just seen: an easy exercise on it comes next; −1 = none
  std::optional<Plan> plan;
  Level level = Level::Middle;
};

PupilContext new_context(const Catalogue& catalogue);

// After an answer. Counts down the plan's readiness check when the item is on its topic, once its video is
// behind us.
void answered(PupilContext& context, const Catalogue& catalogue, int item, bool right);

// After a video was shown to its end or put aside. Ticks it off in the plan.
void watched_video(PupilContext& context, const Catalogue& catalogue, int video);

// For each index in a new bank the index in the old one, −1 = new.
struct Mapping {
  std::vector<int> topics;
  std::vector<int> items;
  std::vector<int> videos;
};

// The same history under a new version of the bank; a plan whose topic is gone is dropped.
PupilContext rebase(const PupilContext& context, const Mapping& from_index_of);

}  // namespace trede::policy
