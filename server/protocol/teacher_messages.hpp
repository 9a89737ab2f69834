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

struct OpenPupil {
  static constexpr std::string_view tag = "open-pupil";
  std::string request;
  std::int64_t pupil = 0;
};
BOOST_DESCRIBE_STRUCT(OpenPupil, (), (request, pupil))

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

// From the reply on, changes of the lesson are pushed (LessonShown); lesson 0 stops that.
struct WatchLesson {
  static constexpr std::string_view tag = "watch-lesson";
  std::string request;
  std::int64_t lesson = 0;
};
BOOST_DESCRIBE_STRUCT(WatchLesson, (), (request, lesson))

// ---- server → teacher ----

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
};
BOOST_DESCRIBE_STRUCT(ClassShown, (),
                      (request, sequence, teacher, shown, classes, topics, pupils, lessons, alerts))

// Pushed: the rows that changed, whole; the alerts, all of them, when one changed.
// Topics changed (a new bank): a ClassShown with an empty request is
// pushed instead.
struct ClassChanged {
  static constexpr std::string_view tag = "class-changed";
  std::int64_t class_id = 0;
  Sequence sequence = 0;
  std::vector<PupilRow> pupils;
  std::vector<LessonRow> lessons;
  std::optional<std::vector<AlertRow>> alerts;
};
BOOST_DESCRIBE_STRUCT(ClassChanged, (), (class_id, sequence, pupils, lessons, alerts))

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

struct AlertAcknowledged {
  static constexpr std::string_view tag = "alert-acknowledged";
  std::string request;
};
BOOST_DESCRIBE_STRUCT(AlertAcknowledged, (), (request))

}  // namespace trede::protocol
