#include "server/practice/practice_service.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "content/present.hpp"
#include "engine/version.hpp"
#include "server/limits.hpp"
#include "server/practice/choosing.hpp"
#include "server/practice/recovery.hpp"
#include "server/practice/writing_guard.hpp"
#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

double share(double value) {
  return std::clamp(value, 0.0, 1.0);
}

// Which step a message is about: the pending one, one that is already judged (last), or one that was lost and
// comes again.
enum class Which { Pending, Judged, Lost };
Result<Which> which_step(const PupilState& pupil, const std::string& request, std::int64_t number,
                         const std::string& step) {
  if (!pupil.pending) return Error{ErrorCode::Conflict, "say hello first"};
  if (pupil.last && number <= pupil.number) {
    if (request == pupil.last->request) return Which::Judged;
    return Error{ErrorCode::Conflict, "this step was judged before"};
  }
  if (number == pupil.number + 1 && step == step_id(pupil.pending->choice)) return Which::Pending;
  if (number <= pupil.recover_until) return Which::Lost;
  return Error{ErrorCode::Conflict, "another step is on the screen"};
}

}  // namespace

net::awaitable<Result<Sequence>> PracticeService::begin(Shard& shard, PupilState& pupil) {
  const WritingGuard guard{pupil};
  const Milliseconds now_ms = clock_();
  const ModelPointer model = shard.model();
  Belief belief = new_belief(*model, pupil.school_year_mean, now_ms);
  policy::begin_placement(belief.context);
  Pending first =
      choose_step(pupil.id, pupil.number + 1, belief, *model, pupil.lessons, pupil.decisions, now_ms);
  const store::PracticeStarted started{pupil.school_year_mean, first.choice, true};
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, pupil.id.value, 0, started)));
  if (durable.has_error()) co_return durable.error();
  apply_start(pupil, std::move(belief), std::move(first), now_ms);
  co_return *durable;
}

net::awaitable<Result<protocol::PupilWelcome>> PracticeService::hello(Shard& shard, PupilId id,
                                                                      protocol::PupilHello hello) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil) co_return unknown_pupil;
  if (!pupil->belief) {
    if (pupil->writing) co_return Error{ErrorCode::Conflict, "practice is beginning; try again"};
    const auto begun = co_await begin(shard, *pupil);
    if (begun.has_error()) co_return begun.error();
    shard.publish(*pupil, *begun, clock_());
  }
  if (const auto renewed = co_await renew_if_needed(shard, *pupil); renewed.has_error())
    co_return renewed.error();
  protocol::PupilWelcome welcome;
  welcome.request = hello.request;
  welcome.name = pupil->name;
  welcome.number = pupil->number;
  welcome.lost = hello.last_number > pupil->number;
  if (welcome.lost) {
    spdlog::error(
        "pupil {}: the browser saw step {} acknowledged, the journal ends at {}; the steps are asked for "
        "again",
        id.value, hello.last_number, pupil->number);
    pupil->recover_until =
        std::min(hello.last_number, pupil->number + static_cast<std::int64_t>(limits::history_steps));
  }
  welcome.answers_today = pupil->today == day_of(clock_()) ? pupil->answers_today : 0;
  welcome.step = step_of(*pupil, hello.language);
  co_return welcome;
}

net::awaitable<Result<protocol::StepJudged>> PracticeService::judge(Shard& shard, PupilId id,
                                                                    protocol::SubmitAnswer submitted,
                                                                    Language language) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil) co_return unknown_pupil;
  if (pupil->writing) co_return Error{ErrorCode::Conflict, "the previous answer is being judged"};
  const auto which = which_step(*pupil, submitted.request, submitted.number, submitted.step);
  if (which.has_error()) co_return which.error();
  if (*which == Which::Judged) co_return judgement_of(*pupil, language, clock_());

  auto step =
      *which == Which::Lost ? lost_step(submitted.step, shard.bank()) : Result<Pending>(*pupil->pending);
  if (step.has_error()) co_return step.error();
  if (step->choice.kind != "exercise") co_return Error{ErrorCode::Conflict, "the step is no exercise"};
  const auto& item = step->bank->items[static_cast<std::size_t>(step->index)];
  if (submitted.answer.text && submitted.answer.text->size() > limits::answer_characters)
    co_return Error{ErrorCode::Invalid, "answer.text: is too long"};
  const auto outcome = content::score(item, step->instance, submitted.answer, language);
  if (outcome.has_error()) co_return outcome.error();  // invalid is not wrong

  store::StepTaken taken;
  taken.request = submitted.request;
  taken.answer = std::move(submitted.answer);
  taken.language = language;
  taken.outcome = *outcome;
  taken.elapsed_ms = std::clamp<std::int64_t>(submitted.elapsed_ms, 0, limits::elapsed_ms);
  taken.recovered = *which == Which::Lost;
  co_return co_await take_step(shard, *pupil, std::move(*step), std::move(taken), submitted.number, language);
}

net::awaitable<Result<protocol::StepJudged>> PracticeService::finish_video(Shard& shard, PupilId id,
                                                                           protocol::FinishVideo finished,
                                                                           Language language) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil) co_return unknown_pupil;
  if (pupil->writing) co_return Error{ErrorCode::Conflict, "the previous step is being saved"};
  const auto which = which_step(*pupil, finished.request, finished.number, finished.step);
  if (which.has_error()) co_return which.error();
  if (*which == Which::Judged) co_return judgement_of(*pupil, language, clock_());

  auto step =
      *which == Which::Lost ? lost_step(finished.step, shard.bank()) : Result<Pending>(*pupil->pending);
  if (step.has_error()) co_return step.error();
  if (step->choice.kind != "video") co_return Error{ErrorCode::Conflict, "the step is no video"};

  store::StepTaken taken;
  taken.request = finished.request;
  taken.watched = share(finished.watched);
  taken.elapsed_ms = std::clamp<std::int64_t>(finished.elapsed_ms, 0, limits::elapsed_ms);
  taken.recovered = *which == Which::Lost;
  co_return co_await take_step(shard, *pupil, std::move(*step), std::move(taken), finished.number, language);
}

net::awaitable<Result<protocol::StepJudged>> PracticeService::take_step(Shard& shard, PupilState& pupil,
                                                                        Pending step, store::StepTaken taken,
                                                                        std::int64_t number,
                                                                        Language language) {
  const WritingGuard guard{pupil};
  const Milliseconds now_ms = clock_();
  taken.step = step.choice;
  taken.hints = step.hints;
  taken.first_hint_ms = step.first_hint_ms;
  const ModelPointer model = shard.model();
  taken.parameters = model->parameters->version;
  taken.engine = engine_version;
  taken.cohort_mean = pupil.school_year_mean;
  const ModelPointer judging = shard.model_of(step.bank);
  if (taken.outcome && step.index >= 0 &&
      is_rapid_guess(*pupil.belief, *judging, {step.index, taken.outcome->right, false, taken.elapsed_ms}))
    taken.rapid = true;
  auto moved = believe(pupil, *judging, step, taken, now_ms);
  if (moved.has_error()) co_return moved.error();
  Belief belief = move_to(std::move(moved->belief), *model);

  Pending next = choose_step(pupil.id, number + 1, belief, *model, lessons_after(pupil.lessons, taken),
                             pupil.decisions, now_ms);
  if (const auto topic = belief.bank->find_topic(taken.step.topic)) {
    taken.mean_after = belief.posterior().mean(*topic);
    taken.sd_after = tracking::sd_to_tell(belief.posterior(), *topic);
  }
  taken.digest = digest_of(belief);
  taken.next = next.choice;
  auto learn = [&parameters = parameters_, now_ms, evidence = std::move(moved->evidence)](
                   Sequence sequence) mutable { parameters.learn(sequence, now_ms, std::move(evidence)); };
  auto change = store::append(store::event_of(now_ms, pupil.id.value, number, taken));
  const auto durable = co_await net::written(journal_, std::move(change), std::move(learn));
  if (durable.has_error()) co_return durable.error();  // memory unchanged, the pupil may try again

  apply_step(pupil, *model, taken, number, std::move(step), std::move(belief), std::move(next), now_ms);
  shard.publish(pupil, *durable, now_ms);
  co_return judgement_of(pupil, language, now_ms);
}

protocol::StepJudged judgement_of(const PupilState& pupil, Language language, Milliseconds now_ms) {
  const LastStep& last = *pupil.last;
  protocol::StepJudged judged;
  judged.request = last.request;
  judged.number = pupil.number;
  if (last.outcome)
    judged.feedback = content::explain(last.step.bank->items[static_cast<std::size_t>(last.step.index)],
                                       last.step.instance, *last.outcome, language);
  judged.stage_before = last.change.stage_before;
  judged.stage_after = last.change.stage_after;
  judged.topic_news = last.change.news;
  judged.rapid = last.rapid;
  judged.suspect = last.suspect;
  judged.placement_ended = last.placement_ended;
  judged.answers_today = pupil.today == day_of(now_ms) ? pupil.answers_today : 0;
  judged.next = step_of(pupil, language);
  return judged;
}

net::awaitable<Result<protocol::HintGiven>> PracticeService::take_hint(Shard& shard, PupilId id,
                                                                       protocol::TakeHint taken,
                                                                       Language language) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil) co_return unknown_pupil;
  if (!pupil->pending || pupil->pending->choice.kind != "exercise" || taken.number != pupil->number + 1 ||
      pupil->writing)
    co_return Error{ErrorCode::Conflict, "another step is on the screen"};
  const Pending& pending = *pupil->pending;
  const auto& item = pending.bank->items[static_cast<std::size_t>(pending.index)];
  const auto text = content::hint(item, pending.instance, static_cast<int>(pending.hints), language);
  if (text.has_error()) co_return text.error();

  const WritingGuard guard{*pupil};
  store::HintTaken event{taken.number, std::nullopt};
  if (taken.elapsed_ms) event.elapsed_ms = std::clamp<std::int64_t>(*taken.elapsed_ms, 0, limits::elapsed_ms);
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(clock_(), id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  apply(*pupil, event);
  const auto left = static_cast<std::int64_t>(item.hints.size()) - pupil->pending->hints;
  co_return protocol::HintGiven{taken.request, taken.number, *text, left};
}

net::awaitable<Result<protocol::Noted>> PracticeService::report_video(Shard& shard, PupilId id,
                                                                      protocol::ReportVideo report) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil || !shard.bank()->find_video(report.video))
    co_return Error{ErrorCode::NotFound, "no such video"};
  const store::VideoReported event{report.video, std::max(0.0, report.position_s), share(report.watched)};
  const Milliseconds now_ms = clock_();
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  apply(*pupil, event, now_ms);
  shard.publish(*pupil, *durable, now_ms);
  co_return protocol::Noted{report.request};
}

net::awaitable<Result<protocol::Noted>> PracticeService::ask_question(Shard& shard, PupilId id,
                                                                      protocol::AskQuestion question) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil || !shard.bank()->find_video(question.video))
    co_return Error{ErrorCode::NotFound, "no such video"};
  const auto begin = question.text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || question.text.size() > limits::question_characters * 4)
    co_return Error{ErrorCode::Invalid, "text: a question of 1 to 500 characters is needed"};
  const store::QuestionAsked event{question.video, std::max(0.0, question.at_s), question.text.substr(begin)};
  const Milliseconds now_ms = clock_();
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  if (auto* room = shard.classroom_of(id))
    room->publish(event.video, {id.value, pupil->name, event.at_s, event.text, now_ms}, *durable);
  co_return protocol::Noted{question.request};
}

Result<protocol::StandingsShown> PracticeService::standings(Shard& shard, PupilId id, std::string request,
                                                            Language language) {
  const PupilState* pupil = shard.pupil(id);
  if (!pupil) return unknown_pupil;
  return protocol::StandingsShown{std::move(request), standings_of(*pupil, *shard.model(), language)};
}

Result<protocol::VideoShown> PracticeService::open_video(Shard& shard, PupilId id, protocol::OpenVideo opened,
                                                         Language language) {
  const PupilState* pupil = shard.pupil(id);
  const auto video = shard.bank()->find_video(opened.video);
  if (!pupil || !video) return Error{ErrorCode::NotFound, "no such video"};
  return protocol::VideoShown{opened.request, video_of(*pupil, *shard.bank(), *video, 0, language)};
}

net::awaitable<Result<protocol::LessonRow>> PracticeService::plan_lesson(Shard& shard, AccountId teacher,
                                                                         protocol::PlanLesson planned) {
  const ClassId class_id{planned.class_id};
  auto* room = shard.classroom(class_id);
  if (!room || !shard.bank()->find_topic(planned.topic))
    co_return Error{ErrorCode::NotFound, "no such class or topic"};
  if (!is_date(planned.date)) co_return Error{ErrorCode::Invalid, "date: YYYY-MM-DD is needed"};
  const Milliseconds now_ms = clock_();
  if (planned.date < date_of(now_ms)) co_return Error{ErrorCode::Invalid, "date: lies in the past"};
  const store::LessonPlanned event{teacher.value, planned.topic, planned.date};
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, class_id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  const protocol::LessonRow row{*durable, planned.topic, planned.date, false};
  for (PupilState* pupil : shard.pupils_of(class_id)) {
    apply_lesson(*pupil, row.id, event);
    shard.publish(*pupil, *durable, now_ms);
  }
  room->publish(row, *durable);
  co_return row;
}

net::awaitable<Result<protocol::LessonRow>> PracticeService::cancel_lesson(Shard& shard, AccountId teacher,
                                                                           ClassId class_id,
                                                                           std::int64_t lesson) {
  auto* room = shard.classroom(class_id);
  const auto* known = room ? room->dashboard().lesson(lesson) : nullptr;
  if (!known) co_return Error{ErrorCode::NotFound, "no such lesson"};
  protocol::LessonRow row = *known;
  row.cancelled = true;
  const store::LessonCancelled event{teacher.value, lesson};
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(clock_(), class_id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  for (PupilState* pupil : shard.pupils_of(class_id)) apply(*pupil, event);
  room->publish(row, *durable);
  co_return row;
}

void PracticeService::attach(Shard& shard, PupilId id, const void* key, PupilPage page) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil) return;
  pupil->pages[key] = std::move(page);
  shard.publish(*pupil, 0, clock_());
}

void PracticeService::detach(Shard& shard, PupilId id, const void* key) {
  PupilState* pupil = shard.pupil(id);
  if (!pupil || pupil->pages.erase(key) == 0) return;
  shard.publish(*pupil, 0, clock_());
}

}  // namespace trede::practice
