// What people decide about practice, as part of the PracticeService: the pupil's wishes, the teacher's steering, and
// the step that is chosen again because of them.
#include "server/practice/choosing.hpp"
#include "server/practice/practice_service.hpp"
#include "server/practice/reasons.hpp"
#include "server/practice/writing_guard.hpp"
#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

const Error not_begun{ErrorCode::Conflict, "say hello first"};
const Error being_saved{ErrorCode::Conflict, "the previous step is being saved"};

std::optional<Error> not_ready(const PupilState* pupil) {
  if (!pupil) return unknown_pupil;
  if (!pupil->pending) return not_begun;
  if (pupil->writing) return being_saved;
  return std::nullopt;
}

protocol::StepOffered offer(const PupilState& pupil, std::string request, Language language) {
  return {std::move(request), step_of(pupil, language)};
}

// A level is for the policy's own exercises; who took a hint has begun.
bool level_chooses_again(const Pending& pending) {
  const policy::Reason reason = reason_of(pending.choice.reason);
  return pending.choice.kind == "exercise" && pending.hints == 0 && pending.choice.lesson == 0 &&
         reason != policy::Reason::Placement && reason != policy::Reason::EasyAfterVideo;
}

bool is_reason_to_put_aside(std::string_view why) {
  return why == "unclear" || why == "known" || why == "broken";
}

// The exercise a report is about: the one that waits or the one that was just judged.
const store::StoredChoice* exercise_with_id(const PupilState& pupil, const std::string& id) {
  if (pupil.pending->choice.kind == "exercise" && step_id(pupil.pending->choice) == id)
    return &pupil.pending->choice;
  if (pupil.last && pupil.last->outcome && step_id(pupil.last->step.choice) == id)
    return &pupil.last->step.choice;
  return nullptr;
}

// Every page the pupil has open learns what is to be done now.
void tell_pages(const PupilState& pupil) {
  for (const auto& [key, page] : pupil.pages)
    page.offer(offer(pupil, "", page.language));
}

}  // namespace

Belief PracticeService::belief_now(const Shard& shard, const PupilState& pupil) const {
  const Model& model = *shard.model();
  return advance_to(move_to(*pupil.belief, model), model, clock_(), pupil.school_year_mean);
}

Pending PracticeService::chosen_again(const Shard& shard, const PupilState& pupil, Belief belief,
                                      const Decisions& decisions) const {
  return choose_step(pupil.id, pupil.number + 1, belief, *shard.model(), pupil.lessons, decisions, clock_());
}

template <class Decision>
net::awaitable<Result<Sequence>> PracticeService::decide(Shard& shard, PupilState& pupil, Decision decision,
                                                         std::optional<Pending> next) {
  const WritingGuard guard{pupil};
  if (next) decision.next = next->choice;
  const Milliseconds now_ms = clock_();
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, pupil.id.value, 0, decision)));
  if (durable.has_error()) co_return durable.error();
  apply(pupil, decision);
  if (next) renew(pupil, std::move(*next));
  shard.publish(pupil, *durable, now_ms);
  co_return *durable;
}

net::awaitable<Result<protocol::StepOffered>> PracticeService::skip_placement(Shard& shard, PupilId id,
                                                                              protocol::SkipPlacement skipped,
                                                                              Language language) {
  PupilState* pupil = shard.pupil(id);
  if (const auto problem = not_ready(pupil)) co_return *problem;
  if (pupil->belief->context.placement.open) {
    Belief belief = belief_now(shard, *pupil);
    policy::skip_placement(belief.context);
    std::optional<Pending> next;
    if (pupil->pending->choice.reason == code_of(policy::Reason::Placement))
      next = chosen_again(shard, *pupil, std::move(belief), pupil->decisions);
    const store::PlacementSkipped decision;
    const auto durable = co_await decide(shard, *pupil, decision, std::move(next));
    if (durable.has_error()) co_return durable.error();
  }
  co_return offer(*pupil, skipped.request, language);
}

net::awaitable<Result<protocol::StepOffered>> PracticeService::choose_level(Shard& shard, PupilId id,
                                                                            protocol::ChooseLevel chosen,
                                                                            Language language) {
  PupilState* pupil = shard.pupil(id);
  if (const auto problem = not_ready(pupil)) co_return *problem;
  const auto level = level_of(chosen.level);
  if (!level) co_return Error{ErrorCode::Invalid, "level: not one of the known words"};
  if (level_is_fixed(pupil->decisions)) co_return Error{ErrorCode::Conflict, "the teacher fixed the level"};
  if (*level != pupil->decisions.level) {
    Decisions decisions = pupil->decisions;
    decisions.level = *level;
    std::optional<Pending> next;
    if (level_chooses_again(*pupil->pending))
      next = chosen_again(shard, *pupil, belief_now(shard, *pupil), decisions);
    const store::LevelChosen decision{chosen.level, std::nullopt};
    const auto durable = co_await decide(shard, *pupil, decision, std::move(next));
    if (durable.has_error()) co_return durable.error();
  }
  co_return offer(*pupil, chosen.request, language);
}

net::awaitable<Result<protocol::StepOffered>> PracticeService::put_aside(Shard& shard, PupilId id,
                                                                         protocol::PutAside wish,
                                                                         Language language) {
  PupilState* pupil = shard.pupil(id);
  if (const auto problem = not_ready(pupil)) co_return *problem;
  if (!is_reason_to_put_aside(wish.why))
    co_return Error{ErrorCode::Invalid, "why: not one of the known words"};
  if (wish.number != pupil->number + 1) co_return Error{ErrorCode::Conflict, "another step is on the screen"};
  if (wish.step != step_id(pupil->pending->choice))  // it is gone already: the message came twice
    co_return offer(*pupil, wish.request, language);
  if (!may_put_aside(*pupil)) co_return Error{ErrorCode::TooMany, "five steps lie between two of these"};
  const store::StoredChoice step = pupil->pending->choice;
  std::optional<Pending> next =
      chosen_again(shard, *pupil, belief_now(shard, *pupil), with_put_aside(pupil->decisions, step.id));
  if (next->choice.kind == "nothing") co_return Error{ErrorCode::Conflict, "there is no other exercise"};
  const store::ItemPutAside decision{step, wish.why, std::nullopt};
  const auto durable = co_await decide(shard, *pupil, decision, std::move(next));
  if (durable.has_error()) co_return durable.error();
  co_return offer(*pupil, wish.request, language);
}

net::awaitable<Result<protocol::Noted>> PracticeService::report_item(Shard& shard, PupilId id,
                                                                     protocol::ReportItem report) {
  PupilState* pupil = shard.pupil(id);
  if (const auto problem = not_ready(pupil)) co_return *problem;
  const store::StoredChoice* step = exercise_with_id(*pupil, report.step);
  if (!step) co_return Error{ErrorCode::Conflict, "another step is on the screen"};
  if (pupil->reported != report.step) {
    const store::ItemReported event{*step, "suspect"};
    const auto durable =
        co_await net::written(journal_, store::append(store::event_of(clock_(), id.value, 0, event)));
    if (durable.has_error()) co_return durable.error();
    apply(*pupil, event);
  }
  co_return protocol::Noted{report.request};
}

net::awaitable<Result<Sequence>> PracticeService::renew_if_needed(Shard& shard, PupilState& pupil) {
  if (!needs_renewal(pupil) || pupil.writing) co_return Sequence{0};
  std::optional<Pending> next = chosen_again(shard, pupil, belief_now(shard, pupil), pupil.decisions);
  const bool had_nothing = pupil.pending->choice.kind == "nothing";
  if (had_nothing && next->choice.kind == "nothing") co_return Sequence{0};
  const store::StepRenewed decision{had_nothing ? "nothing-left" : "blocked", std::nullopt};
  co_return co_await decide(shard, pupil, decision, std::move(next));
}

net::awaitable<void> PracticeService::bank_changed(Shard& shard) {
  for (PupilState* pupil : shard.pupils()) {
    if (pupil->pages.empty() || !needs_renewal(*pupil)) continue;
    const auto renewed = co_await renew_if_needed(shard, *pupil);
    if (renewed.has_value() && *renewed > 0) tell_pages(*pupil);
  }
}

net::awaitable<Result<Sequence>> PracticeService::steer(Shard& shard, AccountId teacher, ClassId class_id,
                                                        std::optional<PupilId> only,
                                                        protocol::Steering steering) {
  if (const auto problem = problem_with(steering, *shard.bank())) co_return *problem;
  if (only ? !shard.is_in(*only, class_id) : !shard.classroom(class_id))
    co_return Error{ErrorCode::NotFound, "no such class or pupil"};
  const std::int64_t subject = only ? only->value : class_id.value;
  const store::SteeringSet event{teacher.value, only ? "pupil" : "class", std::move(steering)};
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(clock_(), subject, 0, event)));
  if (durable.has_error()) co_return durable.error();
  shard.steer(subject, event);
  for (PupilState* pupil : only ? std::vector{shard.pupil(*only)} : shard.pupils_of(class_id)) {
    const auto renewed = co_await renew_if_needed(shard, *pupil);
    if (renewed.has_error()) co_return renewed.error();
    if (pupil->pending) tell_pages(*pupil);
    shard.publish(*pupil, *durable, clock_());
  }
  co_return *durable;
}

}  // namespace trede::practice
