// THE protocol: every message between browser and server. A message is a JSON object whose `type` picks the
// struct (its `tag`); `request` is the client's own name for it and comes back in the reply, so that a
// message may be sent again without harm. Messages without `request` are pushed by the server. The TypeScript
// types are generated from here.
#pragma once

#include <boost/mp11/list.hpp>
#include <string_view>

#include "server/protocol/author_parts.hpp"
#include "server/protocol/teacher_messages.hpp"

namespace trede::protocol {

// ---- pupil → server ----

// First message of a connection. last_number: the highest running number the client saw acknowledged (0 =
// none).
struct PupilHello {
  static constexpr std::string_view tag = "pupil-hello";
  std::string request;
  Language language = Language::Nl;
  std::int64_t last_number = 0;
};
BOOST_DESCRIBE_STRUCT(PupilHello, (), (request, language, last_number))

// step: Step::id. number: Step::number. After a loss the client sends again what the server no longer knows.
struct SubmitAnswer {
  static constexpr std::string_view tag = "submit-answer";
  std::string request;
  std::int64_t number = 0;
  std::string step;
  Answer answer;
  std::int64_t elapsed_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SubmitAnswer, (), (request, number, step, answer, elapsed_ms))

// The video of the current step is done (or left): asks for the next step.
struct FinishVideo {
  static constexpr std::string_view tag = "finish-video";
  std::string request;
  std::int64_t number = 0;
  std::string step;
  double watched = 0;  // share seen, 0–1
  std::int64_t elapsed_ms = 0;
};
BOOST_DESCRIBE_STRUCT(FinishVideo, (), (request, number, step, watched, elapsed_ms))

// elapsed_ms: since the exercise was shown.
struct TakeHint {
  static constexpr std::string_view tag = "take-hint";
  std::string request;
  std::int64_t number = 0;
  std::optional<std::int64_t> elapsed_ms = {};
};
BOOST_DESCRIBE_STRUCT(TakeHint, (), (request, number, elapsed_ms))

// Sent every few seconds while a video plays, and when it pauses.
struct ReportVideo {
  static constexpr std::string_view tag = "report-video";
  std::string request;
  std::string video;
  double position_s = 0;
  double watched = 0;
};
BOOST_DESCRIBE_STRUCT(ReportVideo, (), (request, video, position_s, watched))

struct AskQuestion {
  static constexpr std::string_view tag = "ask-question";
  std::string request;
  std::string video;
  double at_s = 0;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AskQuestion, (), (request, video, at_s, text))

// No first look, or no more of it.
struct SkipPlacement {
  static constexpr std::string_view tag = "skip-placement";
  std::string request;
};
BOOST_DESCRIBE_STRUCT(SkipPlacement, (), (request))

// level: adaptive, easy, middle, hard.
struct ChooseLevel {
  static constexpr std::string_view tag = "choose-level";
  std::string request;
  std::string level;
};
BOOST_DESCRIBE_STRUCT(ChooseLevel, (), (request, level))

// "Not this exercise", the one of the current step. why: unclear, known, broken.
struct PutAside {
  static constexpr std::string_view tag = "put-aside";
  std::string request;
  std::int64_t number = 0;
  std::string step;
  std::string why;
};
BOOST_DESCRIBE_STRUCT(PutAside, (), (request, number, step, why))

// Something is wrong with the exercise of this step: the current one or the one before. step: Step::id.
struct ReportItem {
  static constexpr std::string_view tag = "report-item";
  std::string request;
  std::string step;
};
BOOST_DESCRIBE_STRUCT(ReportItem, (), (request, step))

struct OpenStandings {
  static constexpr std::string_view tag = "open-standings";
  std::string request;
};
BOOST_DESCRIBE_STRUCT(OpenStandings, (), (request))

struct OpenVideo {
  static constexpr std::string_view tag = "open-video";
  std::string request;
  std::string video;
};
BOOST_DESCRIBE_STRUCT(OpenVideo, (), (request, video))

// ---- server → pupil ----

// number: the server's highest running number. lost: the client knew more (number + 1 … last_number must be
// sent again).
struct PupilWelcome {
  static constexpr std::string_view tag = "pupil-welcome";
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

// On disk. feedback is absent after a video. topic_news: finished, finished-higher (at a higher level, at once or
// later), closed-early (known so well that practice goes on without it), reopened (finished before), or empty. suspect:
// is something wrong with the exercise?
struct StepJudged {
  static constexpr std::string_view tag = "step-judged";
  std::string request;
  std::int64_t number = 0;
  std::optional<Feedback> feedback;
  std::string stage_before, stage_after;  // Standing::stage of the topic
  std::string topic_news;
  bool rapid = false;  // too quick to have been read: counts for nothing
  bool suspect = false;
  bool placement_ended = false;
  std::int64_t answers_today = 0;
  Step next;
};
BOOST_DESCRIBE_STRUCT(StepJudged, (),
                      (request, number, feedback, stage_before, stage_after, topic_news, rapid, suspect,
                       placement_ended, answers_today, next))

// The step to do now, in place of the one on the screen. Without a request when it comes by itself: the teacher
// paused practice or goes on with it, or fixed something else.
struct StepOffered {
  static constexpr std::string_view tag = "step-offered";
  std::string request;
  Step step;
};
BOOST_DESCRIBE_STRUCT(StepOffered, (), (request, step))

struct HintGiven {
  static constexpr std::string_view tag = "hint-given";
  std::string request;
  std::int64_t number = 0;
  RichText text;
  std::int64_t left = 0;
};
BOOST_DESCRIBE_STRUCT(HintGiven, (), (request, number, text, left))

struct Noted {  // what was reported, asked or acknowledged is on disk
  static constexpr std::string_view tag = "noted";
  std::string request;
};
BOOST_DESCRIBE_STRUCT(Noted, (), (request))

struct StandingsShown {
  static constexpr std::string_view tag = "standings-shown";
  std::string request;
  std::vector<Standing> topics;
};
BOOST_DESCRIBE_STRUCT(StandingsShown, (), (request, topics))

struct VideoShown {
  static constexpr std::string_view tag = "video-shown";
  std::string request;
  VideoView video;
};
BOOST_DESCRIBE_STRUCT(VideoShown, (), (request, video))

// ---- author → server ----

struct ListContent {
  static constexpr std::string_view tag = "list-content";
  std::string request;
  Language language = Language::Nl;
};
BOOST_DESCRIBE_STRUCT(ListContent, (), (request, language))

// kind: item, video
struct OpenDocument {
  static constexpr std::string_view tag = "open-document";
  std::string request;
  std::string kind;
  std::string id;
};
BOOST_DESCRIBE_STRUCT(OpenDocument, (), (request, kind, id))

// Why and with which probabilities this was given to pupils. kind: item, video
struct OpenChoices {
  static constexpr std::string_view tag = "open-choices";
  std::string request;
  std::string kind;
  std::string id;
};
BOOST_DESCRIBE_STRUCT(OpenChoices, (), (request, kind, id))

// Checks a draft and draws it as a pupil would see it. formulas: every $…$ of the document, compiled by the
// page.
struct TryItem {
  static constexpr std::string_view tag = "try-item";
  std::string request;
  std::string document;
  std::vector<Formula> formulas;
  std::int64_t seed = 0;
  Language language = Language::Nl;
  std::optional<Answer> answer;  // to see the feedback on it
};
BOOST_DESCRIBE_STRUCT(TryItem, (), (request, document, formulas, seed, language, answer))

// revision: what OpenDocument gave ("" for a new one); somebody else's newer version is never overwritten
// unseen.
struct PublishDocument {
  static constexpr std::string_view tag = "publish-document";
  std::string request;
  std::string kind;
  std::string document;
  std::vector<Formula> formulas;
  std::string revision;
};
BOOST_DESCRIBE_STRUCT(PublishDocument, (), (request, kind, document, formulas, revision))

// ---- server → author ----

struct ContentShown {
  static constexpr std::string_view tag = "content-shown";
  std::string request;
  std::string author;
  std::int64_t bank_version = 0;
  std::vector<TopicRow> topics;
  std::vector<ItemRow> items;
  std::vector<VideoRow> videos;
  std::vector<GapCount> gaps;         // of the last seven days, those with most pupils first
  std::vector<SuspectItem> suspects;  // those with most signs first
  VideoEffects all_videos;            // what they have in common
};
BOOST_DESCRIBE_STRUCT(ContentShown, (),
                      (request, author, bank_version, topics, items, videos, gaps, suspects, all_videos))

// told: enough pupils got it, else the rest is 0. times: it was given; share: of all steps of the kind. reasons: those
// with enough pupils each, the most frequent first; others: given for the remaining ones. withheld: a video that was
// due and by lot did not come.
struct ChoicesShown {
  static constexpr std::string_view tag = "choices-shown";
  std::string request;
  std::string kind;
  std::string id;
  bool told = false;
  std::int64_t fewest = 0;  // pupils that are enough
  std::int64_t times = 0;
  double share = 0;
  std::vector<ReasonCount> reasons;
  std::int64_t others = 0;
  std::int64_t withheld = 0;
};
BOOST_DESCRIBE_STRUCT(ChoicesShown, (),
                      (request, kind, id, told, fewest, times, share, reasons, others, withheld))

struct DocumentShown {
  static constexpr std::string_view tag = "document-shown";
  std::string request;
  std::string kind;
  std::string id;
  std::string document;
  std::string revision;
};
BOOST_DESCRIBE_STRUCT(DocumentShown, (), (request, kind, id, document, revision))

// problems empty: the draft is fine, the rest is set. feedback.correct_answer and feedback.solution are for
// the author's eyes.
struct ItemTried {
  static constexpr std::string_view tag = "item-tried";
  std::string request;
  std::vector<FieldProblem> problems;
  std::vector<std::string> warnings;  // findings of the brute-force check over many draws
  std::optional<Exercise> exercise;
  std::vector<RichText> hints;
  std::optional<Feedback> feedback;
  bool answer_invalid = false;  // the tried answer cannot be read
};
BOOST_DESCRIBE_STRUCT(ItemTried, (), (request, problems, warnings, exercise, hints, feedback, answer_invalid))

// problems empty: published as bank_version. warnings: what the bank now lacks.
struct DocumentPublished {
  static constexpr std::string_view tag = "document-published";
  std::string request;
  std::vector<FieldProblem> problems;
  std::vector<std::string> warnings;
  std::int64_t bank_version = 0;
  std::string revision;
};
BOOST_DESCRIBE_STRUCT(DocumentPublished, (), (request, problems, warnings, bank_version, revision))

// ---- server → everyone ----

// code: invalid, not-found, forbidden, conflict, too-large, too-many, unavailable. The page shows a kind
// sentence for the code; detail is for developers.
struct Refused {
  static constexpr std::string_view tag = "refused";
  std::string request;
  std::string code;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (request, code, detail))

using PupilMessages =
    boost::mp11::mp_list<PupilHello, SubmitAnswer, FinishVideo, TakeHint, ReportVideo, AskQuestion,
                         SkipPlacement, ChooseLevel, PutAside, ReportItem, OpenStandings, OpenVideo>;
using TeacherMessages = boost::mp11::mp_list<WatchClass, OpenPupil, PlanLesson, CancelLesson, WatchLesson,
                                             AcknowledgeAlert, ProposeGroups, ProposePlan, SaveGroups,
                                             OpenSteering, SetSteering, OpenSteeringPast, OpenSuspects>;
using AuthorMessages = boost::mp11::mp_list<ListContent, OpenDocument, OpenChoices, TryItem, PublishDocument>;
using ServerMessages =
    boost::mp11::mp_list<PupilWelcome, StepJudged, StepOffered, HintGiven, Noted, StandingsShown, VideoShown,
                         ClassShown, ClassChanged, PupilShown, LessonPlanned, LessonShown, GroupsProposed,
                         PlanProposed, GroupsSaved, SteeringShown, SteeringPastShown, SuspectsShown,
                         ContentShown, DocumentShown, ChoicesShown, ItemTried, DocumentPublished, Refused>;

// ---- over HTTP ----

// POST /api/sign-in. Pupils: class_code, name, secret (PIN). Staff: name (e-mail or sign-in name), secret
// (password).
struct SignIn {
  std::string role;  // pupil, teacher, author
  std::string class_code;
  std::string name;
  std::string secret;
  std::optional<std::string> code = {};  // of staff with a second step: 409 asks for it
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (role, class_code, name, secret, code))

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
