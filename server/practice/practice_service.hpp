// The answer path (docs/ARCHITECTURE.md). Every coroutine here is called on the loop of the pupil's shard and
// resumes there; the only wait is for the disk. Nothing is acknowledged, and nothing in memory changes,
// before the event is durable.
#pragma once

#include "server/practice/parameter_service.hpp"
#include "server/practice/shard.hpp"
#include "server/store/journal.hpp"

namespace trede::practice {

using content::Language;

inline const Error unknown_pupil{ErrorCode::NotFound, "no such pupil here"};

class PracticeService {
 public:
  PracticeService(store::Journal& journal, ParameterService& parameters, Clock clock)
      : journal_(journal), parameters_(parameters), clock_(std::move(clock)) {}

  // Begins practice when it is the pupil's first time. Says when the browser knows of steps that the server
  // lost.
  net::awaitable<Result<protocol::PupilWelcome>> hello(Shard& shard, PupilId id, protocol::PupilHello hello);

  // Scores, updates, chooses, writes, replies. Invalid: the answer cannot be read (it is not wrong, and
  // nothing changes). A message that comes again gets the reply it got before; Conflict: another step is
  // asked for.
  net::awaitable<Result<protocol::StepJudged>> judge(Shard& shard, PupilId id,
                                                     protocol::SubmitAnswer submitted, Language language);
  net::awaitable<Result<protocol::StepJudged>> finish_video(Shard& shard, PupilId id,
                                                            protocol::FinishVideo finished,
                                                            Language language);

  net::awaitable<Result<protocol::HintGiven>> take_hint(Shard& shard, PupilId id, protocol::TakeHint taken,
                                                        Language language);
  net::awaitable<Result<protocol::Noted>> report_video(Shard& shard, PupilId id,
                                                       protocol::ReportVideo report);
  net::awaitable<Result<protocol::Noted>> ask_question(Shard& shard, PupilId id,
                                                       protocol::AskQuestion question);
  Result<protocol::StandingsShown> standings(Shard& shard, PupilId id, std::string request,
                                             Language language);
  Result<protocol::VideoShown> open_video(Shard& shard, PupilId id, protocol::OpenVideo opened,
                                          Language language);

  // What the pupil decides. Conflict: it is too late for it, or the teacher fixed it; TooMany: too soon after the last
  // "not this exercise". A message that comes again changes nothing more.
  net::awaitable<Result<protocol::StepOffered>> skip_placement(Shard& shard, PupilId id,
                                                               protocol::SkipPlacement skipped,
                                                               Language language);
  net::awaitable<Result<protocol::StepOffered>> choose_level(Shard& shard, PupilId id,
                                                             protocol::ChooseLevel chosen, Language language);
  net::awaitable<Result<protocol::StepOffered>> put_aside(Shard& shard, PupilId id, protocol::PutAside wish,
                                                          Language language);
  net::awaitable<Result<protocol::Noted>> report_item(Shard& shard, PupilId id, protocol::ReportItem report);

  // What a teacher fixes for a class, or for one pupil of it, in place of what was fixed there before. Invalid,
  // NotFound, TooLarge: it cannot be kept to. A pause, its end and a blocked exercise reach the pupils' pages at once;
  // topics and levels hold from the next choice on, the exercise on the screen may be finished.
  net::awaitable<Result<Sequence>> steer(Shard& shard, AccountId teacher, ClassId class_id,
                                         std::optional<PupilId> only, protocol::Steering steering);

  // A new bank may have something for who had nothing left.
  net::awaitable<void> bank_changed(Shard& shard);

  // A teacher's lesson, on the loop of the class. Its id is the sequence of its event.
  net::awaitable<Result<protocol::LessonRow>> plan_lesson(Shard& shard, AccountId teacher,
                                                          protocol::PlanLesson planned);
  net::awaitable<Result<protocol::LessonRow>> cancel_lesson(Shard& shard, AccountId teacher, ClassId class_id,
                                                            std::int64_t lesson);

  // A pupil's page opened (again, in another language) or closed. key names the page (its conversation).
  void attach(Shard& shard, PupilId id, const void* key, PupilPage page);
  void detach(Shard& shard, PupilId id, const void* key);

  Milliseconds now() const { return clock_(); }

 private:
  net::awaitable<Result<Sequence>> begin(Shard& shard, PupilState& pupil);
  Belief belief_now(const Shard& shard, const PupilState& pupil) const;  // under the newest model
  Pending chosen_again(const Shard& shard, const PupilState& pupil, Belief belief,
                       const Decisions& decisions) const;
  // Writes a pupil's decision and the step chosen again for it, then makes it so.
  template <class Decision>
  net::awaitable<Result<Sequence>> decide(Shard& shard, PupilState& pupil, Decision decision,
                                          std::optional<Pending> next);
  // 0 when nothing changed.
  net::awaitable<Result<Sequence>> renew_if_needed(Shard& shard, PupilState& pupil);
  net::awaitable<Result<protocol::StepJudged>> take_step(Shard& shard, PupilState& pupil, Pending step,
                                                         store::StepTaken taken, std::int64_t number,
                                                         Language language);

  store::Journal& journal_;
  ParameterService& parameters_;
  Clock clock_;
};

// The reply to the pupil's last step, as often as it is asked for. Precondition: there is one.
protocol::StepJudged judgement_of(const PupilState& pupil, Language language, Milliseconds now_ms);

}  // namespace trede::practice
