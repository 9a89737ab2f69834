// What a teacher's page and the server say to each other (messages.hpp lists all messages and tells how they work).
#pragma once

#include <string_view>

#include "server/protocol/parts.hpp"

namespace trede::protocol {

// ---- teacher → server ----

// class_id 0: the teacher's first class. From the reply on, changes of the class are pushed.
struct WatchClass {
  static constexpr std::string_view tag = "watch-class";
  std::string request;
  Language language = Language::Nl;
  std::int64_t class_id = 0;
};
BOOST_DESCRIBE_STRUCT(WatchClass, (), (request, language, class_id))

// before: number of the last step known of the pupil's history, for the page that follows; 0 or absent = the newest.
struct OpenPupil {
  static constexpr std::string_view tag = "open-pupil";
  std::string request;
  std::int64_t pupil = 0;
  std::optional<std::int64_t> before;
};
BOOST_DESCRIBE_STRUCT(OpenPupil, (), (request, pupil, before))

struct PlanLesson {
  static constexpr std::string_view tag = "plan-lesson";
  std::string request;
  std::int64_t class_id = 0;
  std::string topic;
  std::string date;  // YYYY-MM-DD
};
BOOST_DESCRIBE_STRUCT(PlanLesson, (), (request, class_id, topic, date))

struct CancelLesson {
  static constexpr std::string_view tag = "cancel-lesson";
  std::string request;
  std::int64_t lesson = 0;
};
BOOST_DESCRIBE_STRUCT(CancelLesson, (), (request, lesson))

// kind, topic: as in the row that was shown. agrees: whether the teacher finds it so. No longer there: not-found.
struct AcknowledgeAlert {
  static constexpr std::string_view tag = "acknowledge-alert";
  std::string request;
  std::int64_t pupil = 0;
  std::string kind;
  std::string topic;
  bool agrees = true;
};
BOOST_DESCRIBE_STRUCT(AcknowledgeAlert, (), (request, pupil, kind, topic, agrees))

// Groups as they could be; nothing is kept.
struct ProposeGroups {
  static constexpr std::string_view tag = "propose-groups";
  std::string request;
  std::int64_t class_id = 0;
  GroupWishes wishes;
};
BOOST_DESCRIBE_STRUCT(ProposeGroups, (), (request, class_id, wishes))

// What these pupils could do together next. topics: among which, empty = all.
struct ProposePlan {
  static constexpr std::string_view tag = "propose-plan";
  std::string request;
  std::int64_t class_id = 0;
  std::vector<std::int64_t> pupils;
  std::vector<std::string> topics;
};
BOOST_DESCRIBE_STRUCT(ProposePlan, (), (request, class_id, pupils, topics))

// Keeps groups for two weeks. replaces: GroupSet::id of those they take the place of, 0 = none. No groups: only that.
struct SaveGroups {
  static constexpr std::string_view tag = "save-groups";
  std::string request;
  std::int64_t class_id = 0;
  std::int64_t replaces = 0;
  std::vector<Group> groups;
};
BOOST_DESCRIBE_STRUCT(SaveGroups, (), (request, class_id, replaces, groups))

// What is fixed for the class, or for one pupil (0 = the class) besides it.
struct OpenSteering {
  static constexpr std::string_view tag = "open-steering";
  std::string request;
  std::int64_t class_id = 0;
  std::int64_t pupil = 0;
};
BOOST_DESCRIBE_STRUCT(OpenSteering, (), (request, class_id, pupil))

// From now on this is what is fixed there. Invalid: it would leave nothing to practise.
struct SetSteering {
  static constexpr std::string_view tag = "set-steering";
  std::string request;
  std::int64_t class_id = 0;
  std::int64_t pupil = 0;
  Steering steering;
};
BOOST_DESCRIBE_STRUCT(SetSteering, (), (request, class_id, pupil, steering))

// What was fixed in the last weeks, for the class and for its pupils, and what was practised meanwhile.
struct OpenSteeringPast {
  static constexpr std::string_view tag = "open-steering-past";
  std::string request;
  std::int64_t class_id = 0;
};
BOOST_DESCRIBE_STRUCT(OpenSteeringPast, (), (request, class_id))

// Exercises in which something may be wrong.
struct OpenSuspects {
  static constexpr std::string_view tag = "open-suspects";
  std::string request;
};
BOOST_DESCRIBE_STRUCT(OpenSuspects, (), (request))

// From the reply on, changes of the lesson are pushed (LessonShown); lesson 0 stops that.
struct WatchLesson {
  static constexpr std::string_view tag = "watch-lesson";
  std::string request;
  std::int64_t lesson = 0;
};
BOOST_DESCRIBE_STRUCT(WatchLesson, (), (request, lesson))

// ---- server → teacher ----

// pupils: when it is about the class, those for whom something is fixed besides. items: those blocked anywhere in it.
struct SteeringShown {
  static constexpr std::string_view tag = "steering-shown";
  std::string request;
  std::int64_t class_id = 0;
  std::int64_t pupil = 0;
  Steering steering;
  std::vector<PupilSteering> pupils;
  std::vector<ItemName> items;
};
BOOST_DESCRIBE_STRUCT(SteeringShown, (), (request, class_id, pupil, steering, pupils, items))

struct SteeringPastShown {
  static constexpr std::string_view tag = "steering-past-shown";
  std::string request;
  std::int64_t class_id = 0;
  std::vector<SteeringPeriod> periods;  // the newest first
};
BOOST_DESCRIBE_STRUCT(SteeringPastShown, (), (request, class_id, periods))

struct SuspectsShown {
  static constexpr std::string_view tag = "suspects-shown";
  std::string request;
  std::vector<SuspectItem> items;  // those with most signs first
};
BOOST_DESCRIBE_STRUCT(SuspectsShown, (), (request, items))

struct ClassShown {
  static constexpr std::string_view tag = "class-shown";
  std::string request;
  Sequence sequence = 0;
  std::string teacher;
  ClassName shown;
  std::vector<ClassName> classes;
  std::vector<TopicRow> topics;
  std::vector<PupilRow> pupils;
  std::vector<LessonRow> lessons;
  std::vector<AlertRow> alerts;  // likeliest first
  std::vector<TopicGap> gaps;
  std::vector<GroupSet> groups;  // the oldest first
};
BOOST_DESCRIBE_STRUCT(ClassShown, (),
                      (request, sequence, teacher, shown, classes, topics, pupils, lessons, alerts, gaps,
                       groups))

// Pushed: the rows that changed, whole; alerts and groups, all of them, when one changed.
// Topics changed (a new bank): a ClassShown with an empty request is
// pushed instead.
struct ClassChanged {
  static constexpr std::string_view tag = "class-changed";
  std::int64_t class_id = 0;
  Sequence sequence = 0;
  std::vector<PupilRow> pupils;
  std::vector<LessonRow> lessons;
  std::optional<std::vector<AlertRow>> alerts;
  std::optional<std::vector<TopicGap>> gaps;
  std::optional<std::vector<GroupSet>> groups;
};
BOOST_DESCRIBE_STRUCT(ClassChanged, (), (class_id, sequence, pupils, lessons, alerts, gaps, groups))

struct PupilShown {
  static constexpr std::string_view tag = "pupil-shown";
  std::string request;
  PupilRow pupil;
  std::vector<HistoryEntry> history;
};
BOOST_DESCRIBE_STRUCT(PupilShown, (), (request, pupil, history))

struct LessonPlanned {
  static constexpr std::string_view tag = "lesson-planned";
  std::string request;
  LessonRow lesson;
};
BOOST_DESCRIBE_STRUCT(LessonPlanned, (), (request, lesson))

struct LessonShown {
  static constexpr std::string_view tag = "lesson-shown";
  std::string request;  // empty when pushed
  LessonRow lesson;
  std::string topic_title;
  std::optional<VideoView> video;
  std::vector<LessonPupil> pupils;
  std::vector<Question> questions;
};
BOOST_DESCRIBE_STRUCT(LessonShown, (), (request, lesson, topic_title, video, pupils, questions))

// groups: in the order of their level on these topics. broken_wishes: pupils too many or too few, and pairs apart that
// are together. No groups: the class has nothing left to learn.
struct GroupsProposed {
  static constexpr std::string_view tag = "groups-proposed";
  std::string request;
  std::vector<std::string> topics;  // ids that pupils were compared on
  std::vector<ProposedGroup> groups;
  std::int64_t broken_wishes = 0;
};
BOOST_DESCRIBE_STRUCT(GroupsProposed, (), (request, topics, groups, broken_wishes))

struct PlanProposed {
  static constexpr std::string_view tag = "plan-proposed";
  std::string request;
  GroupPlan plan;
};
BOOST_DESCRIBE_STRUCT(PlanProposed, (), (request, plan))

struct GroupsSaved {
  static constexpr std::string_view tag = "groups-saved";
  std::string request;
  GroupSet saved;
};
BOOST_DESCRIBE_STRUCT(GroupsSaved, (), (request, saved))

}  // namespace trede::protocol
