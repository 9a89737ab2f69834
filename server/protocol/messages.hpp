// THE protocol: every message between browser and server. A message is a JSON object whose `type` picks the struct
// (its `type` constant); `request` is the client's own name for it and comes back in the reply, so that a message may be sent
// again without harm. Messages without `request` are pushed by the server. The TypeScript types are generated from here.
#pragma once

#include <boost/mp11/list.hpp>
#include <string_view>

#include "server/protocol/parts.hpp"

#define TREDE_MESSAGE(Name, tag) static constexpr std::string_view type = tag

namespace trede::protocol {

// ---- pupil → server -------------------------------------------------------------------------------------------------

// First message of a connection. last_number: the highest running number the client saw acknowledged (0 = none).
struct PupilHello {
  TREDE_MESSAGE(PupilHello, "pupil-hello");
  std::string request;
  Language language = Language::Nl;
  std::int64_t last_number = 0;
};
BOOST_DESCRIBE_STRUCT(PupilHello, (), (request, language, last_number))

// step: Step::id. number: Step::number. After a loss the client sends again what the server no longer knows.
struct SubmitAnswer {
  TREDE_MESSAGE(SubmitAnswer, "submit-answer");
  std::string request;
  std::int64_t number = 0;
  std::string step;
  Answer answer;
  std::int64_t elapsed_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SubmitAnswer, (), (request, number, step, answer, elapsed_ms))

// The video of the current step is done (or left): asks for the next step.
struct FinishVideo {
  TREDE_MESSAGE(FinishVideo, "finish-video");
  std::string request;
  std::int64_t number = 0;
  std::string step;
  double watched = 0;  // share seen, 0–1
  std::int64_t elapsed_ms = 0;
};
BOOST_DESCRIBE_STRUCT(FinishVideo, (), (request, number, step, watched, elapsed_ms))

struct TakeHint {
  TREDE_MESSAGE(TakeHint, "take-hint");
  std::string request;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(TakeHint, (), (request, number))

// Sent every few seconds while a video plays, and when it pauses.
struct ReportVideo {
  TREDE_MESSAGE(ReportVideo, "report-video");
  std::string request;
  std::string video;
  double position_s = 0;
  double watched = 0;
};
BOOST_DESCRIBE_STRUCT(ReportVideo, (), (request, video, position_s, watched))

struct AskQuestion {
  TREDE_MESSAGE(AskQuestion, "ask-question");
  std::string request;
  std::string video;
  double at_s = 0;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AskQuestion, (), (request, video, at_s, text))

struct OpenStandings {
  TREDE_MESSAGE(OpenStandings, "open-standings");
  std::string request;
};
BOOST_DESCRIBE_STRUCT(OpenStandings, (), (request))

struct OpenVideo {
  TREDE_MESSAGE(OpenVideo, "open-video");
  std::string request;
  std::string video;
};
BOOST_DESCRIBE_STRUCT(OpenVideo, (), (request, video))

// ---- server → pupil -------------------------------------------------------------------------------------------------

// number: the server's highest running number. lost: the client knew more (number + 1 … last_number must be sent again).
struct PupilWelcome {
  TREDE_MESSAGE(PupilWelcome, "pupil-welcome");
  std::string request;
  std::string name;
  std::string class_name;
  bool demo = false;
  std::int64_t number = 0;
  bool lost = false;
  std::int64_t answers_today = 0;
  Step step;
};
BOOST_DESCRIBE_STRUCT(PupilWelcome, (), (request, name, class_name, demo, number, lost, answers_today, step))

// On disk. feedback is absent after a video.
struct StepJudged {
  TREDE_MESSAGE(StepJudged, "step-judged");
  std::string request;
  std::int64_t number = 0;
  std::optional<Feedback> feedback;
  std::string stage_before, stage_after;  // Standing::stage of the topic
  std::int64_t answers_today = 0;
  Step next;
};
BOOST_DESCRIBE_STRUCT(StepJudged, (), (request, number, feedback, stage_before, stage_after, answers_today, next))

struct HintGiven {
  TREDE_MESSAGE(HintGiven, "hint-given");
  std::string request;
  std::int64_t number = 0;
  RichText text;
  std::int64_t left = 0;
};
BOOST_DESCRIBE_STRUCT(HintGiven, (), (request, number, text, left))

struct Noted {  // a video report or a question is on disk
  TREDE_MESSAGE(Noted, "noted");
  std::string request;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (request))

struct StandingsShown {
  TREDE_MESSAGE(StandingsShown, "standings-shown");
  std::string request;
  std::vector<Standing> topics;
};
BOOST_DESCRIBE_STRUCT(StandingsShown, (), (request, topics))

struct VideoShown {
  TREDE_MESSAGE(VideoShown, "video-shown");
  std::string request;
  VideoView video;
};
BOOST_DESCRIBE_STRUCT(VideoShown, (), (request, video))

// ---- teacher → server -----------------------------------------------------------------------------------------------

// class_id 0: the teacher's first class. From the reply on, changes of the class are pushed.
struct WatchClass {
  TREDE_MESSAGE(WatchClass, "watch-class");
  std::string request;
  Language language = Language::Nl;
  std::int64_t class_id = 0;
};
BOOST_DESCRIBE_STRUCT(WatchClass, (), (request, language, class_id))

struct OpenPupil {
  TREDE_MESSAGE(OpenPupil, "open-pupil");
  std::string request;
  std::int64_t pupil = 0;
};
BOOST_DESCRIBE_STRUCT(OpenPupil, (), (request, pupil))

struct PlanLesson {
  TREDE_MESSAGE(PlanLesson, "plan-lesson");
  std::string request;
  std::int64_t class_id = 0;
  std::string topic;
  std::string date;  // YYYY-MM-DD
};
BOOST_DESCRIBE_STRUCT(PlanLesson, (), (request, class_id, topic, date))

struct CancelLesson {
  TREDE_MESSAGE(CancelLesson, "cancel-lesson");
  std::string request;
  std::int64_t lesson = 0;
};
BOOST_DESCRIBE_STRUCT(CancelLesson, (), (request, lesson))

// From the reply on, changes of the lesson are pushed (LessonChanged); lesson 0 stops that.
struct WatchLesson {
  TREDE_MESSAGE(WatchLesson, "watch-lesson");
  std::string request;
  std::int64_t lesson = 0;
};
BOOST_DESCRIBE_STRUCT(WatchLesson, (), (request, lesson))

// ---- server → teacher -----------------------------------------------------------------------------------------------

struct ClassShown {
  TREDE_MESSAGE(ClassShown, "class-shown");
  std::string request;
  Sequence sequence = 0;
  std::string teacher;
  ClassName shown;
  std::vector<ClassName> classes;
  std::vector<TopicRow> topics;
  std::vector<PupilRow> pupils;
  std::vector<LessonRow> lessons;
};
BOOST_DESCRIBE_STRUCT(ClassShown, (), (request, sequence, teacher, shown, classes, topics, pupils, lessons))

// Pushed: the rows that changed, whole. Topics changed (a new bank): a ClassShown with an empty request is pushed instead.
struct ClassChanged {
  TREDE_MESSAGE(ClassChanged, "class-changed");
  std::int64_t class_id = 0;
  Sequence sequence = 0;
  std::vector<PupilRow> pupils;
  std::vector<LessonRow> lessons;
};
BOOST_DESCRIBE_STRUCT(ClassChanged, (), (class_id, sequence, pupils, lessons))

struct PupilShown {
  TREDE_MESSAGE(PupilShown, "pupil-shown");
  std::string request;
  PupilRow pupil;
  std::vector<HistoryEntry> history;
};
BOOST_DESCRIBE_STRUCT(PupilShown, (), (request, pupil, history))

struct LessonPlanned {
  TREDE_MESSAGE(LessonPlanned, "lesson-planned");
  std::string request;
  LessonRow lesson;
};
BOOST_DESCRIBE_STRUCT(LessonPlanned, (), (request, lesson))

struct LessonShown {
  TREDE_MESSAGE(LessonShown, "lesson-shown");
  std::string request;  // empty when pushed
  LessonRow lesson;
  std::string topic_title;
  std::optional<VideoView> video;
  std::vector<LessonPupil> pupils;
  std::vector<Question> questions;
};
BOOST_DESCRIBE_STRUCT(LessonShown, (), (request, lesson, topic_title, video, pupils, questions))

// ---- author → server ------------------------------------------------------------------------------------------------

struct ListContent {
  TREDE_MESSAGE(ListContent, "list-content");
  std::string request;
  Language language = Language::Nl;
};
BOOST_DESCRIBE_STRUCT(ListContent, (), (request, language))

// kind: item, video
struct OpenDocument {
  TREDE_MESSAGE(OpenDocument, "open-document");
  std::string request;
  std::string kind;
  std::string id;
};
BOOST_DESCRIBE_STRUCT(OpenDocument, (), (request, kind, id))

// Checks a draft and draws it as a pupil would see it. formulas: every $…$ of the document, compiled by the page.
struct TryItem {
  TREDE_MESSAGE(TryItem, "try-item");
  std::string request;
  std::string document;
  std::vector<Formula> formulas;
  std::int64_t seed = 0;
  Language language = Language::Nl;
  std::optional<Answer> answer;  // to see the feedback on it
};
BOOST_DESCRIBE_STRUCT(TryItem, (), (request, document, formulas, seed, language, answer))

// revision: what OpenDocument gave ("" for a new one); somebody else's newer version is never overwritten unseen.
struct PublishDocument {
  TREDE_MESSAGE(PublishDocument, "publish-document");
  std::string request;
  std::string kind;
  std::string document;
  std::vector<Formula> formulas;
  std::string revision;
};
BOOST_DESCRIBE_STRUCT(PublishDocument, (), (request, kind, document, formulas, revision))

// ---- server → author ------------------------------------------------------------------------------------------------

struct ContentShown {
  TREDE_MESSAGE(ContentShown, "content-shown");
  std::string request;
  std::string author;
  std::int64_t bank_version = 0;
  std::vector<TopicRow> topics;
  std::vector<ItemRow> items;
  std::vector<VideoRow> videos;
};
BOOST_DESCRIBE_STRUCT(ContentShown, (), (request, author, bank_version, topics, items, videos))

struct DocumentShown {
  TREDE_MESSAGE(DocumentShown, "document-shown");
  std::string request;
  std::string kind;
  std::string id;
  std::string document;
  std::string revision;
};
BOOST_DESCRIBE_STRUCT(DocumentShown, (), (request, kind, id, document, revision))

// problems empty: the draft is fine, the rest is set. feedback.correct_answer and feedback.solution are for the author's eyes.
struct ItemTried {
  TREDE_MESSAGE(ItemTried, "item-tried");
  std::string request;
  std::vector<FieldProblem> problems;
  std::vector<std::string> warnings;  // findings of the brute-force check over many draws
  std::optional<Exercise> exercise;
  std::vector<RichText> hints;
  std::optional<Feedback> feedback;
  bool answer_invalid = false;  // the tried answer cannot be read
};
BOOST_DESCRIBE_STRUCT(ItemTried, (), (request, problems, warnings, exercise, hints, feedback, answer_invalid))

// problems empty: published as bank_version.
struct DocumentPublished {
  TREDE_MESSAGE(DocumentPublished, "document-published");
  std::string request;
  std::vector<FieldProblem> problems;
  std::int64_t bank_version = 0;
  std::string revision;
};
BOOST_DESCRIBE_STRUCT(DocumentPublished, (), (request, problems, bank_version, revision))

// ---- server → everyone ----------------------------------------------------------------------------------------------

// code: invalid, not-found, forbidden, conflict, too-large, too-many, unavailable. The page shows a kind sentence for the code;
// detail is for developers.
struct Refused {
  TREDE_MESSAGE(Refused, "refused");
  std::string request;
  std::string code;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (request, code, detail))

using PupilMessages = boost::mp11::mp_list<PupilHello, SubmitAnswer, FinishVideo, TakeHint, ReportVideo, AskQuestion,
                                           OpenStandings, OpenVideo>;
using TeacherMessages = boost::mp11::mp_list<WatchClass, OpenPupil, PlanLesson, CancelLesson, WatchLesson>;
using AuthorMessages = boost::mp11::mp_list<ListContent, OpenDocument, TryItem, PublishDocument>;
using ServerMessages = boost::mp11::mp_list<PupilWelcome, StepJudged, HintGiven, Noted, StandingsShown, VideoShown, ClassShown,
                                            ClassChanged, PupilShown, LessonPlanned, LessonShown, ContentShown, DocumentShown,
                                            ItemTried, DocumentPublished, Refused>;

// ---- over HTTP ------------------------------------------------------------------------------------------------------

// POST /api/sign-in. Pupils: class_code, name, secret (PIN). Staff: name (e-mail or sign-in name), secret (password).
struct SignIn {
  std::string role;  // pupil, teacher, author
  std::string class_code;
  std::string name;
  std::string secret;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (role, class_code, name, secret))

// Answer to POST /api/sign-in and GET /api/me; 401 without a session.
struct SignedIn {
  std::string role;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (role, name))

// Answer to POST /api/media (author; body = the file, type told by its content).
struct MediaStored {
  std::string file;
  std::string mime;
};
BOOST_DESCRIBE_STRUCT(MediaStored, (), (file, mime))

}  // namespace trede::protocol
