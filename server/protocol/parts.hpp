// Parts that several messages share. Flat described structs; the codec (codec.hpp) reads and writes them, the
// TypeScript types of the browser are generated from them. Texts are already in the language of the
// connection.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "content/projection.hpp"
#include "server/ids.hpp"
#include "server/protocol/groups.hpp"
#include "server/protocol/steering.hpp"

namespace trede::protocol {

using content::Answer;
using content::Exercise;
using content::Feedback;
using content::Language;
using content::RichText;

// Why this step: a code the page turns into a sentence, with what the sentence needs. The codes:
// practice/reasons.cpp
struct Reason {
  std::string code;
  std::string topic;       // title
  double predicted = 0;    // P(right) before the answer; for a video 0
  double target = 0;       // the success aimed at
  double mastery = 0;      // P(θ > cut) of the topic at the choice
  double probability = 0;  // that the policy would choose just this
  std::int64_t candidates = 0;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (code, topic, predicted, target, mastery, probability, candidates))

struct MediaSource {
  std::string url;
  std::string mime;
};
BOOST_DESCRIBE_STRUCT(MediaSource, (), (url, mime))

struct Caption {
  Language language = Language::Nl;
  std::string url;
};
BOOST_DESCRIBE_STRUCT(Caption, (), (language, url))

struct Chapter {
  double at_s = 0;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(Chapter, (), (at_s, title))

struct VideoView {
  std::string id;
  std::string title;
  double seconds = 0;
  std::vector<MediaSource> sources;
  std::string poster;
  std::vector<Caption> captions;
  std::vector<Chapter> chapters;
  double position_s = 0;  // where the pupil left it
  double watched = 0;     // share seen so far, 0–1
};
BOOST_DESCRIBE_STRUCT(VideoView, (),
                      (id, title, seconds, sources, poster, captions, chapters, position_s, watched))

// A first look at where the pupil stands: between least and most exercises, `given` of them done. subject: title of
// what is new, empty when it is about everything.
struct Placement {
  std::int64_t given = 0;
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::string subject;
};
BOOST_DESCRIBE_STRUCT(Placement, (), (given, least, most, subject))

// What the pupil does next. kind: exercise, video, nothing. id names the drawn exercise; an answer sends it
// back.
struct Step {
  std::int64_t number = 0;  // the pupil's running number the answer to this step will get
  std::string id;
  std::string kind;
  std::string topic;  // title
  Reason reason;
  std::optional<Exercise> exercise;
  std::optional<VideoView> video;
  std::optional<std::string> lesson_date;  // set when a teacher's lesson asks for this step, YYYY-MM-DD
  std::optional<Placement> placement;      // set when the step belongs to one
  std::string level;                       // in force: adaptive, easy, middle, hard
  bool level_fixed = false;                // by the teacher
  bool may_put_aside = false;              // "not this exercise" is open
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (number, id, kind, topic, reason, exercise, video, lesson_date, placement, level,
                       level_fixed, may_put_aside))

// Where a pupil stands on a topic, for the pupil. stage: new, started, growing, almost, mastered.
struct Standing {
  std::string topic;
  std::string title;
  std::string goal;
  std::string domain;
  std::string stage;
  bool finished = false;
  bool finished_higher = false;   // finished, and at a higher level than the topic asks
  bool closed_early = false;      // known so well that practice goes on without it
  bool wants_refreshing = false;  // finished, and long ago
  double mastery = 0;
  std::int64_t answers = 0;
  std::optional<std::string> video;  // a video to watch again
};
BOOST_DESCRIBE_STRUCT(Standing, (),
                      (topic, title, goal, domain, stage, finished, finished_higher, closed_early,
                       wants_refreshing, mastery, answers, video))

// One pupil on one topic, for the teacher. mean and sd (told_sd of the engine) in logits on the bank's scale.
struct Cell {
  double mean = 0;
  double sd = 0;
  double mastery = 0;  // P(θ > cut)
  double ready = 0;    // P(every prerequisite is above its cut), the smallest of them
  double trend = 0;    // change of the mean over the last seven days
  std::int64_t answers = 0;
};
BOOST_DESCRIBE_STRUCT(Cell, (), (mean, sd, mastery, ready, trend, answers))

struct PupilRow {
  std::int64_t id = 0;
  std::string name;
  bool online = false;
  Milliseconds last_active_ms = 0;  // 0 = never
  std::int64_t answers_today = 0;
  std::int64_t right_today = 0;
  std::string now_kind;     // what is on the screen: exercise, video, nothing
  std::string now_topic;    // topic id
  std::string now_reason;   // reason code
  std::vector<Cell> cells;  // in the order of the topics
};
BOOST_DESCRIBE_STRUCT(PupilRow, (),
                      (id, name, online, last_active_ms, answers_today, right_today, now_kind, now_topic,
                       now_reason, cells))

// Something a teacher may want to look at; never sent to pupils. kind: stuck, under-challenged, disengaged,
// sudden-drop, hint-abuse. cause, of under-challenged: pool-too-easy, coasting; of stuck: too-hard or none.
struct AlertRow {
  std::int64_t pupil = 0;
  std::string kind;
  std::string cause;
  std::string topic;          // id, empty = not about one topic
  double probability = 0;     // that it is so
  std::int64_t evidence = 0;  // answers that say so
  Milliseconds since_ms = 0;
};
BOOST_DESCRIBE_STRUCT(AlertRow, (), (pupil, kind, cause, topic, probability, evidence, since_ms))

// A topic that lacks exercises at the right level for pupils who practise it. lacks: harder, easier.
struct TopicGap {
  std::string topic;  // id
  std::string lacks;
  std::vector<std::int64_t> pupils;
};
BOOST_DESCRIBE_STRUCT(TopicGap, (), (topic, lacks, pupils))

// The same for an author, who is told of no pupil: how many in the last seven days.
struct GapCount {
  std::string topic;  // id
  std::string lacks;
  std::int64_t pupils = 0;
};
BOOST_DESCRIBE_STRUCT(GapCount, (), (topic, lacks, pupils))

// Why something may be wrong with an exercise. why: suspect (it went wrong twice where right was almost certain and the
// pupil, asked, says so), broken, unclear (put aside), surprise (wrong twice where right was almost certain), harder,
// easier (than was predicted), otherwise (than its author said).
struct SuspectSign {
  std::string why;
  std::int64_t pupils = 0;   // who say so, or to whom it happened; 0 = all answers together say so
  Milliseconds last_ms = 0;  // 0 = all answers together
};
BOOST_DESCRIBE_STRUCT(SuspectSign, (), (why, pupils, last_ms))

struct SuspectItem {
  std::string item;   // id
  std::string topic;  // id
  std::string preview;
  std::int64_t answers = 0;
  double right_share = 0;
  double predicted_share = 0;
  std::vector<SuspectSign> signs;
};
BOOST_DESCRIBE_STRUCT(SuspectItem, (), (item, topic, preview, answers, right_share, predicted_share, signs))

// A pupil in a proposed group. certainty: mean chance to be together with the others of the group, whatever the truth
// is. either: the place of the group that would do about as well, −1 = none.
struct GroupMember {
  std::int64_t pupil = 0;
  double certainty = 1;
  std::int64_t either = -1;
};
BOOST_DESCRIBE_STRUCT(GroupMember, (), (pupil, certainty, either))

struct PlanItem {
  std::string id;
  RichText body;  // drawn once
  std::optional<content::Figure> figure;
  double predicted = 0;  // P(right), mean over the group
};
BOOST_DESCRIBE_STRUCT(PlanItem, (), (id, body, figure, predicted))

// What a group could do next. topic empty: nothing is left to learn.
struct GroupPlan {
  std::string topic;    // id
  double ready = 0;     // expected share of members who are ready for it and do not master it yet
  double mastered = 0;  // expected share who master it
  std::optional<std::string> video;
  std::string video_title;
  std::vector<PlanItem> items;  // easiest first
};
BOOST_DESCRIBE_STRUCT(GroupPlan, (), (topic, ready, mastered, video, video_title, items))

struct ProposedGroup {
  std::vector<GroupMember> members;
  GroupPlan plan;
};
BOOST_DESCRIBE_STRUCT(ProposedGroup, (), (members, plan))

// Groups a teacher saved.
struct GroupSet {
  std::int64_t id = 0;
  std::string until;  // last day, YYYY-MM-DD
  std::vector<Group> groups;
};
BOOST_DESCRIBE_STRUCT(GroupSet, (), (id, until, groups))

// What is fixed for one pupil, besides what is fixed for the class.
struct PupilSteering {
  std::int64_t pupil = 0;
  Steering steering;
};
BOOST_DESCRIBE_STRUCT(PupilSteering, (), (pupil, steering))

// Answers of a stretch of time; guesses at a glance are left out.
struct Practised {
  std::int64_t answers = 0;
  std::int64_t right = 0;
  std::int64_t pupils = 0;
  double gain = 0;  // logits by which the abilities in question rose, added up
};
BOOST_DESCRIBE_STRUCT(Practised, (), (answers, right, pupils, gain))

// What was fixed for some time, and what was practised then and just as long before: on its topics, or on all topics
// when it names none.
struct SteeringPeriod {
  std::int64_t pupil = 0;  // 0 = the class
  Milliseconds from_ms = 0;
  Milliseconds to_ms = 0;  // 0 = it still holds
  Steering steering;
  Practised during, before;
};
BOOST_DESCRIBE_STRUCT(SteeringPeriod, (), (pupil, from_ms, to_ms, steering, during, before))

struct TopicRow {
  std::string id;
  std::string title;
  std::string goal;
  std::string domain;
  std::string school_year;
  std::string reference;
  double level = 0;
  double cut = 0;
  std::vector<std::string> prerequisites;
  bool enrichment = false;
  std::int64_t items = 0;
  std::optional<std::string> video;
};
BOOST_DESCRIBE_STRUCT(TopicRow, (),
                      (id, title, goal, domain, school_year, reference, level, cut, prerequisites, enrichment,
                       items, video))

struct ClassName {
  std::int64_t id = 0;
  std::string name;
  std::string code;  // what pupils type to sign in
  bool demo = false;
};
BOOST_DESCRIBE_STRUCT(ClassName, (), (id, name, code, demo))

struct LessonRow {
  std::int64_t id = 0;
  std::string topic;  // id
  std::string date;   // YYYY-MM-DD
  bool cancelled = false;
};
BOOST_DESCRIBE_STRUCT(LessonRow, (), (id, topic, date, cancelled))

struct LessonPupil {
  std::int64_t id = 0;
  std::string name;
  double watched = 0;    // share of the video, 0–1
  double readiness = 0;  // P(the topic is within reach: θ > cut − 1.2)
  double sd = 0;         // how sure: standard deviation of the ability on the topic
  std::int64_t checks_done = 0;
  std::int64_t checks_right = 0;
};
BOOST_DESCRIBE_STRUCT(LessonPupil, (), (id, name, watched, readiness, sd, checks_done, checks_right))

struct Question {
  std::int64_t pupil = 0;
  std::string name;
  double at_s = 0;
  std::string text;
  Milliseconds asked_ms = 0;
};
BOOST_DESCRIBE_STRUCT(Question, (), (pupil, name, at_s, text, asked_ms))

// One step of a pupil's past, newest first.
struct HistoryEntry {
  std::int64_t number = 0;
  Milliseconds at_ms = 0;
  std::string kind;   // exercise, video
  std::string item;   // item or video id
  std::string topic;  // id
  RichText body;      // the exercise as drawn, or the video's title
  std::optional<content::Figure> figure;
  std::string answer;  // as given
  RichText correct_answer;
  bool right = false;
  std::int64_t hints = 0;
  std::int64_t elapsed_ms = 0;
  bool rapid = false;  // too quick to have been read: counted for nothing
  Reason reason;
  double mean_after = 0;
  double sd_after = 0;
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (),
                      (number, at_ms, kind, item, topic, body, figure, answer, correct_answer, right, hints,
                       elapsed_ms, rapid, reason, mean_after, sd_after))

// An exercise that a pupil says something is wrong with, as it was drawn. why: suspect (it went wrong twice where
// success was almost certain, and the pupil was asked), broken (put aside).
struct ItemReport {
  std::string item;   // id
  std::string topic;  // id
  std::int64_t pupil = 0;
  Milliseconds at_ms = 0;
  std::string why;
  RichText body;
  std::optional<content::Figure> figure;
};
BOOST_DESCRIBE_STRUCT(ItemReport, (), (item, topic, pupil, at_ms, why, body, figure))

// An exercise for somebody who does not know ids.
struct ItemName {
  std::string id;
  std::string topic;  // id
  std::string preview;
};
BOOST_DESCRIBE_STRUCT(ItemName, (), (id, topic, preview))

}  // namespace trede::protocol
