// Everything the server holds about one pupil, and how events change it. Owned by one shard and touched on
// its loop only. Nothing here that replay cannot rebuild: apply() is the only door for change, for the live
// path and for replay alike.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "content/draw.hpp"
#include "server/limits.hpp"
#include "server/practice/belief.hpp"
#include "server/practice/dates.hpp"
#include "server/practice/notices.hpp"
#include "server/practice/progress.hpp"
#include "server/practice/steering.hpp"
#include "server/protocol/messages.hpp"
#include "server/store/events.hpp"

namespace trede::practice {

inline constexpr int readiness_exercises = 3;  // of a lesson's readiness check
inline constexpr double watched_enough = 0.9;  // share of a video that counts as having seen it

// A chosen step, drawn and waiting on the pupil's screen.
struct Pending {
  store::StoredChoice choice;
  BankPointer bank;            // the version it was drawn from
  int index = -1;              // of the item or video there
  content::Instance instance;  // exercise
  std::int64_t hints = 0;      // taken so far
  std::optional<std::int64_t> first_hint_ms = {};
};

// The last step that is on disk, so that a message that comes twice gets the same reply.
struct LastStep {
  std::string request;
  Pending step;
  std::optional<content::Outcome> outcome;
  TopicChange change;            // of the step's topic
  bool rapid = false;            // answered too quickly to have been read
  bool suspect = false;          // the second failure on an exercise that was almost certain
  bool placement_ended = false;  // with this step
};

struct VideoPlace {
  double position_s = 0;
  double watched = 0;  // share seen, over all times
};

// A teacher's lesson and how far this pupil has prepared it.
struct LessonWork {
  std::int64_t id = 0;
  std::string topic;
  std::string date;
  bool cancelled = false;
  bool video_done = false;
  double watched = 0;  // share of its video since it was planned
  std::int64_t checks_done = 0;
  std::int64_t checks_right = 0;
};

// A page of the pupil that is open; told of what changes without its asking.
struct PupilPage {
  std::function<void(protocol::StepOffered)> offer;
  protocol::Language language = protocol::Language::Nl;
};

// The mean ability per topic at the end of a day, for trends.
struct DayMean {
  std::int64_t day = 0;
  Eigen::VectorXd mean;
};

struct PupilState {
  PupilId id;
  std::string name;
  double school_year_mean = 0;

  std::optional<Belief> belief;  // empty until practice began
  std::optional<Pending> pending;
  std::optional<LastStep> last;
  std::int64_t number = 0;  // the highest running number on disk
  std::map<std::string, VideoPlace> videos;
  std::vector<LessonWork> lessons;  // the earliest date first
  Notices notices;                  // for the teachers
  Decisions decisions;
  std::int64_t put_aside_at = -limits::steps_between_put_asides;  // running number then
  std::string reported;                                           // id of the step that was reported last
  std::deque<DayMean> days;                                       // at most trend_days + 1
  std::int64_t today = 0;                                         // the day answers_today counts
  std::int64_t answers_today = 0;                                 // without guesses at a glance
  std::int64_t right_today = 0;
  Milliseconds last_active_ms = 0;

  // Not from the journal: the present of this process.
  std::map<const void*, PupilPage> pages;  // that are open, by their conversation
  bool writing = false;                    // a step is on its way to the disk
  std::int64_t recover_until = 0;          // the browser knows of steps up to here that we lost
};

std::string step_id(const store::StoredChoice& choice);  // Step::id; recovery.hpp reads it back

// Draws the exercise of a stored choice again. NotFound when the bank lacks it.
Result<Pending> pending_of(const store::StoredChoice& choice, BankPointer bank);

// The belief after a step that was just done, and what the step taught. model: of the bank the step was drawn
// from.
Result<Moved> believe(const PupilState& pupil, const Model& model, const Pending& step,
                      const store::StepTaken& taken, Milliseconds at_ms);

std::vector<double> digest_of(const Belief& belief);

// The lessons as they stand after a step that belongs to one of them.
std::vector<LessonWork> lessons_after(std::vector<LessonWork> lessons, const store::StepTaken& taken);

// ---- how events change the state ----

void apply_start(PupilState& pupil, Belief belief, Pending first, Milliseconds at_ms);

// done: the step the event is about; belief: after it, under model; next: the step it chose.
void apply_step(PupilState& pupil, const Model& model, const store::StepTaken& taken, std::int64_t number,
                Pending done, Belief belief, Pending next, Milliseconds at_ms);
void apply(PupilState& pupil, const store::HintTaken& taken);
void apply(PupilState& pupil, const store::VideoReported& report, Milliseconds at_ms);
void apply_lesson(PupilState& pupil, std::int64_t id, const store::LessonPlanned& planned);
void apply(PupilState& pupil, const store::LessonCancelled& cancelled);
void apply(PupilState& pupil, const store::AlertAcknowledged& acknowledged);

// Decisions; the step they chose again, if any, is put in place by renew().
void apply(PupilState& pupil, const store::PlacementSkipped& skipped);
void apply(PupilState& pupil, const store::LevelChosen& chosen);
void apply(PupilState& pupil, const store::ItemPutAside& put_aside);
void apply(PupilState& pupil, const store::StepRenewed& renewed);
void apply(PupilState& pupil, const store::ItemReported& reported);
void renew(PupilState& pupil, Pending next);

// "Not this exercise" is open: one waits and the last time is long enough ago (limits.hpp).
bool may_put_aside(const PupilState& pupil);

// What waits is no step, or an exercise that was blocked since.
bool needs_renewal(const PupilState& pupil);

}  // namespace trede::practice
