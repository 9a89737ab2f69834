// The facts the journal keeps, as described structs. An event's payload is the struct as JSON; its kind is
// the struct's tag. Old events are read for ever: members may be added as optional, never renamed or given
// another meaning. Bank things are named by id, not by position, so that an event means the same under every
// version of the bank.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/projection.hpp"
#include "content/scoring.hpp"
#include "server/ids.hpp"
#include "server/protocol/groups.hpp"
#include "server/protocol/steering.hpp"

namespace trede::store {

// A choice of the policy, with all it takes to draw the same exercise again and to weigh the choice
// afterwards.
struct StoredChoice {
  std::int64_t bank = 0;    // version
  std::string kind;         // exercise, video, nothing
  std::string id;           // item or video
  std::string topic;        // id
  std::string seed;         // of the draw, hexadecimal
  std::string reason;       // protocol code
  std::int64_t lesson = 0;  // that asked for it, 0 = none
  double predicted = 0;
  double target = 0;
  double mastery = 0;
  double probability = 1;
  std::int64_t candidates = 0;
  std::int64_t alternatives = 0;
  std::optional<std::string> gap;  // what the topic's exercises lack for the pupil: harder, easier
  // The video that was to come here and by lot did not, so that effects stay measurable.
  std::optional<std::string> withheld = {};
};
BOOST_DESCRIBE_STRUCT(StoredChoice, (),
                      (bank, kind, id, topic, seed, reason, lesson, predicted, target, mastery, probability,
                       candidates, alternatives, gap, withheld))

// The pupil's first step, chosen when practice begins. Subject: the pupil.
struct PracticeStarted {
  static constexpr std::string_view tag = "practice-started";
  double cohort_mean = 0;  // of the pupil's school year, logits: what the belief starts at
  StoredChoice next;
  std::optional<bool> placement;  // it begins with a placement
};
BOOST_DESCRIBE_STRUCT(PracticeStarted, (), (cohort_mean, next, placement))

// One step done and the next one chosen: response and choice in one fact. Subject: the pupil; number: the
// pupil's own.
struct StepTaken {
  static constexpr std::string_view tag = "step-taken";
  std::string request;
  StoredChoice step;                                   // what was done
  std::optional<content::Answer> answer;               // exercise
  content::Language language = content::Language::Nl;  // of the answer
  std::optional<content::Outcome> outcome;             // exercise
  double watched = 0;                                  // video: share seen
  std::int64_t hints = 0;
  std::int64_t elapsed_ms = 0;
  double cohort_mean = 0;       // of the pupil's school year then, logits
  bool recovered = false;       // sent again by the pupil's browser after the server had lost it
  std::int64_t parameters = 0;  // version of the shared parameters that were used
  std::int64_t engine = 0;      // version of the engine
  std::optional<bool> rapid;    // exercise: too quick to have been read, says nothing of ability
  std::optional<std::int64_t> first_hint_ms;  // after how long the first hint was asked for
  double mean_after = 0, sd_after = 0;        // ability on the step's topic; sd: sd_to_tell (engine)
  std::vector<double> digest;                 // of the belief after it
  StoredChoice next;
};
BOOST_DESCRIBE_STRUCT(StepTaken, (),
                      (request, step, answer, language, outcome, watched, hints, elapsed_ms, cohort_mean,
                       recovered, parameters, engine, rapid, first_hint_ms, mean_after, sd_after, digest,
                       next))

// What pupils decide about their practice. Subject: the pupil; next: the step that was chosen again for it, absent
// when the step on the screen stayed.
struct PlacementSkipped {
  static constexpr std::string_view tag = "placement-skipped";
  std::optional<StoredChoice> next;
};
BOOST_DESCRIBE_STRUCT(PlacementSkipped, (), (next))

struct LevelChosen {
  static constexpr std::string_view tag = "level-chosen";
  std::string level;  // adaptive, easy, middle, hard
  std::optional<StoredChoice> next;
};
BOOST_DESCRIBE_STRUCT(LevelChosen, (), (level, next))

// "Not this exercise": this pupil does not get it again.
struct ItemPutAside {
  static constexpr std::string_view tag = "item-put-aside";
  StoredChoice step;
  std::string why;  // unclear, known, broken
  std::optional<StoredChoice> next;
};
BOOST_DESCRIBE_STRUCT(ItemPutAside, (), (step, why, next))

// "Something is wrong with this exercise", for teacher and author.
struct ItemReported {
  static constexpr std::string_view tag = "item-reported";
  StoredChoice step;  // the exercise as it was drawn
  std::string why;    // suspect: it went wrong twice where success was almost certain
};
BOOST_DESCRIBE_STRUCT(ItemReported, (), (step, why))

// The step that waited was no longer what there is to do. Subject: the pupil.
struct StepRenewed {
  static constexpr std::string_view tag = "step-renewed";
  std::string why;  // blocked, nothing-left
  std::optional<StoredChoice> next;
};
BOOST_DESCRIBE_STRUCT(StepRenewed, (), (why, next))

struct HintTaken {
  static constexpr std::string_view tag = "hint-taken";
  std::int64_t number = 0;                      // of the step
  std::optional<std::int64_t> elapsed_ms = {};  // since the exercise was shown
};
BOOST_DESCRIBE_STRUCT(HintTaken, (), (number, elapsed_ms))

// Where a pupil is in a video.
struct VideoReported {
  static constexpr std::string_view tag = "video-reported";
  std::string video;
  double position_s = 0;
  double watched = 0;
};
BOOST_DESCRIBE_STRUCT(VideoReported, (), (video, position_s, watched))

struct QuestionAsked {
  static constexpr std::string_view tag = "question-asked";
  std::string video;
  double at_s = 0;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(QuestionAsked, (), (video, at_s, text))

// A teacher plans a lesson for a class. Subject: the class. The lesson's id is the sequence of this event.
struct LessonPlanned {
  static constexpr std::string_view tag = "lesson-planned";
  std::int64_t teacher = 0;
  std::string topic;
  std::string date;  // YYYY-MM-DD
};
BOOST_DESCRIBE_STRUCT(LessonPlanned, (), (teacher, topic, date))

struct LessonCancelled {
  static constexpr std::string_view tag = "lesson-cancelled";
  std::int64_t teacher = 0;
  std::int64_t lesson = 0;
};
BOOST_DESCRIBE_STRUCT(LessonCancelled, (), (teacher, lesson))

// A teacher has seen what we drew attention to. Subject: the pupil.
struct AlertAcknowledged {
  static constexpr std::string_view tag = "alert-acknowledged";
  std::int64_t teacher = 0;
  std::string kind;   // protocol code
  std::string topic;  // id, empty = not about one topic
  bool agrees = true;
  double probability = 0;  // as it was shown
  std::int64_t evidence = 0;
};
BOOST_DESCRIBE_STRUCT(AlertAcknowledged, (), (teacher, kind, topic, agrees, probability, evidence))

// A teacher made groups of a class, in place of others (0 = none). Subject: the class. Their id is the sequence of this
// event; without groups it only takes the others away.
struct GroupsSaved {
  static constexpr std::string_view tag = "groups-saved";
  std::int64_t teacher = 0;
  std::int64_t replaces = 0;
  std::string until;  // last day, YYYY-MM-DD
  std::vector<protocol::Group> groups;
};
BOOST_DESCRIBE_STRUCT(GroupsSaved, (), (teacher, replaces, until, groups))

// A teacher steers a class or one pupil: all that holds for it from now on. Subject: the class or the pupil.
struct SteeringSet {
  static constexpr std::string_view tag = "steering-set";
  std::int64_t teacher = 0;
  std::string scope;  // class, pupil
  protocol::Steering steering;
};
BOOST_DESCRIBE_STRUCT(SteeringSet, (), (teacher, scope, steering))

// What the answers of all pupils taught about one item: (ln a, b) is normal.
struct LearnedItem {
  std::string id;
  double log_slope = 0;           // mean of ln a
  double difficulty = 0;          // mean of b, logits
  double log_slope_variance = 0;  // of ln a
  double covariance = 0;          // of ln a and b
  double difficulty_variance = 0;
  std::int64_t answers = 0;  // that taught it
  double log_seconds = 0;    // mean of ln(time an answer takes, s)
  double log_seconds_variance = 0;
  std::int64_t times = 0;  // that taught these two
};
BOOST_DESCRIBE_STRUCT(LearnedItem, (),
                      (id, log_slope, difficulty, log_slope_variance, covariance, difficulty_variance,
                       answers, log_seconds, log_seconds_variance, times))

// What practice of a kind or a video does to ability, logits.
struct LearnedEffect {
  // practice-0 … practice-4 (the bands), forgetting, novice:VIDEO, other:VIDEO, novice, other (common to all videos)
  std::string name;
  double value = 0;
  double sd = 0;  // standard error
};
BOOST_DESCRIBE_STRUCT(LearnedEffect, (), (name, value, sd))

// A version of what pupils share, as the difference to the version before: what is not named stays as it was.
// A version that is too long for one event is several in a row, all but the last with `more`. Subject: 0.
struct ParametersPublished {
  static constexpr std::string_view tag = "parameters-published";
  std::int64_t version = 0;  // 1 is the first; 0 are the engine's constants and the bank's guesses
  std::string origin;        // online, nightly
  std::int64_t through = 0;  // sequence of the last event it learned from
  std::int64_t engine = 0;   // version of the engine that learned it
  std::vector<LearnedItem> items;
  std::vector<LearnedEffect> effects;
  std::vector<double> practice_covariance;  // of the practice effects, by column; empty = as before
  bool more = false;
};
BOOST_DESCRIBE_STRUCT(ParametersPublished, (),
                      (version, origin, through, engine, items, effects, practice_covariance, more))

// At a start the journal ended before the event that was last acknowledged (high_water.hpp): these are gone, their
// sequence numbers are not given again. Subject: 0.
struct EventsLost {
  static constexpr std::string_view tag = "events-lost";
  Sequence found = 0;     // the last that is there
  Sequence expected = 0;  // the last that was acknowledged
};
BOOST_DESCRIBE_STRUCT(EventsLost, (), (found, expected))

// An event as the journal holds it.
struct Event {
  Sequence sequence = 0;  // given by the journal
  Milliseconds at_ms = 0;
  std::string kind;
  std::int64_t subject = 0;
  std::int64_t number = 0;
  std::string payload;
};

}  // namespace trede::store
