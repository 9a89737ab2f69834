#include "server/practice/replay.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <deque>
#include <unordered_map>

#include "engine/version.hpp"
#include "server/limits.hpp"
#include "server/store/chain.hpp"
#include "server/store/erased_event.hpp"
#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

class Replay {
 public:
  Replay(store::BankShelf& shelf, const std::vector<Shard*>& shards, Learner& learner, ReplayPlan plan)
      : result(std::move(plan.from)),
        shelf_(shelf),
        shards_(shards),
        learner_(learner),
        witness_(std::move(plan.witness)),
        versions_(result.recent.begin(), result.recent.end()) {}

  Result<void> take(const store::Event& event) {
    ++result.events;
    result.last = event.sequence;
    if (event.kind == store::LessonPlanned::tag) return take<store::LessonPlanned>(event);
    if (event.kind == store::LessonCancelled::tag) return take<store::LessonCancelled>(event);
    if (event.kind == store::GroupsSaved::tag) return take<store::GroupsSaved>(event);
    if (event.kind == store::SteeringSet::tag) return take<store::SteeringSet>(event);
    if (event.kind == store::ParametersPublished::tag) return take<store::ParametersPublished>(event);
    if (event.kind == store::EventsLost::tag || event.kind == store::PupilErased::tag) return {};
    PupilState* pupil = pupil_of(event);
    if (!pupil) return {};  // the beginning is not here either
    if (event.kind == store::StepTaken::tag) return take<store::StepTaken>(event, *pupil);
    if (event.kind == store::PracticeStarted::tag) return take<store::PracticeStarted>(event, *pupil);
    if (event.kind == store::HintTaken::tag) return take<store::HintTaken>(event, *pupil);
    if (event.kind == store::VideoReported::tag) return take<store::VideoReported>(event, *pupil);
    if (event.kind == store::QuestionAsked::tag) return take<store::QuestionAsked>(event, *pupil);
    if (event.kind == store::AlertAcknowledged::tag) return take<store::AlertAcknowledged>(event, *pupil);
    if (event.kind == store::ItemReported::tag) return take<store::ItemReported>(event, *pupil);
    if (event.kind == store::PlacementSkipped::tag) return take<store::PlacementSkipped>(event, *pupil);
    if (event.kind == store::LevelChosen::tag) return take<store::LevelChosen>(event, *pupil);
    if (event.kind == store::ItemPutAside::tag) return take<store::ItemPutAside>(event, *pupil);
    if (event.kind == store::StepRenewed::tag) return take<store::StepRenewed>(event, *pupil);
    return Error{ErrorCode::Conflict,
                 "event " + std::to_string(event.sequence) + " is of an unknown kind: " + event.kind};
  }

  Replayed result;

 private:
  template <class Fact, class... Subject>
  Result<void> take(const store::Event& event, Subject&... subject) {
    const auto fact = protocol::decode<Fact>(event.payload);
    if (fact.has_error())
      return Error{ErrorCode::Conflict,
                   "event " + std::to_string(event.sequence) + " cannot be read: " + fact.error().detail};
    return happened(event, *fact, subject...);
  }

  PupilState* pupil_of(const store::Event& event) {
    for (Shard* shard : shards_)
      if (PupilState* pupil = shard->pupil(PupilId{event.subject})) return pupil;
    PupilState& gone = gone_[event.subject];
    gone.id = PupilId{event.subject};
    return gone.belief || event.kind == store::PracticeStarted::tag ? &gone : nullptr;
  }

  Result<void> happened(const store::Event& event, const store::PracticeStarted& started, PupilState& pupil) {
    pupil.school_year_mean = started.cohort_mean;
    auto bank = shelf_.at(started.next.bank);
    if (bank.has_error()) return bank.error();
    auto first = pending_of(started.next, *bank);
    if (first.has_error()) return first.error();
    const auto model = versions_.back().of(*bank);
    Belief belief = new_belief(*model, pupil.school_year_mean, event.at_ms);
    if (started.placement.value_or(false)) policy::begin_placement(belief.context);
    apply_start(pupil, std::move(belief), std::move(*first), event.at_ms);
    return {};
  }

  Result<void> happened(const store::Event& event, const store::StepTaken& taken, PupilState& pupil) {
    ++result.steps;
    pupil.school_year_mean = taken.cohort_mean;
    auto done_bank = shelf_.at(taken.step.bank);
    if (done_bank.has_error()) return done_bank.error();
    auto next_bank = shelf_.at(taken.next.bank);
    if (next_bank.has_error()) return next_bank.error();
    Models* models = version(taken.parameters);
    if (!models)
      return Error{ErrorCode::Conflict, "event " + std::to_string(event.sequence) + " names version " +
                                            std::to_string(taken.parameters) + " of the parameters"};
    auto done = pending_of(taken.step, *done_bank);
    if (done.has_error()) return done.error();
    done->hints = taken.hints;
    auto next = pending_of(taken.next, *next_bank);
    if (next.has_error()) return next.error();

    auto moved = believe(pupil, *models->of(*done_bank), *done, taken, event.at_ms);
    if (moved.has_error()) return moved.error();
    learner_.take(event.sequence, event.at_ms, std::move(moved->evidence));
    const auto model = models->of(*next_bank);
    Belief belief = move_to(std::move(moved->belief), *model);
    if (taken.engine != engine_version)
      ++result.other_engine;
    else if (!agrees(belief, taken.digest))
      return Error{ErrorCode::Conflict, "the belief of pupil " + std::to_string(event.subject) +
                                            " after step " + std::to_string(event.number) +
                                            " is not the one that was stored (event " +
                                            std::to_string(event.sequence) + ")"};
    if (witness_)
      witness_({pupil.id, belief, *model, lessons_after(pupil.lessons, taken), pupil.decisions, taken,
                event.at_ms});
    apply_step(pupil, *model, taken, event.number, std::move(*done), std::move(belief), std::move(*next),
               event.at_ms);
    return {};
  }

  Result<void> happened(const store::Event&, const store::ParametersPublished& part) {
    arriving_ = joined(std::move(arriving_), part);
    if (part.more) return {};
    learner_.published(arriving_);
    result.parameters = std::make_shared<const Parameters>(after(*result.parameters, arriving_));
    arriving_ = {};
    versions_.emplace_back(result.parameters);
    result.recent.push_back(result.parameters);
    if (versions_.size() <= limits::versions_kept) return {};
    versions_.pop_front();
    result.recent.pop_front();
    return {};
  }

  // Null for one that is not kept: steps name the newest version, or the one before when it came just then.
  Models* version(std::int64_t number) {
    for (Models& models : versions_)
      if (models.parameters()->version == number) return &models;
    return nullptr;
  }

  Result<void> happened(const store::Event&, const store::HintTaken& taken, PupilState& pupil) {
    apply(pupil, taken);
    return {};
  }

  Result<void> happened(const store::Event&, const store::AlertAcknowledged& acknowledged,
                        PupilState& pupil) {
    apply(pupil, acknowledged);
    return {};
  }

  Result<void> happened(const store::Event&, const store::ItemReported& reported, PupilState& pupil) {
    apply(pupil, reported);
    return {};
  }

  // A pupil's decision, and the step that was chosen again for it.
  template <class Decision>
  Result<void> happened(const store::Event&, const Decision& decision, PupilState& pupil) requires requires {
    decision.next->bank;
  }
  {
    apply(pupil, decision);
    if (!decision.next) return {};
    auto bank = shelf_.at(decision.next->bank);
    if (bank.has_error()) return bank.error();
    auto next = pending_of(*decision.next, *bank);
    if (next.has_error()) return next.error();
    renew(pupil, std::move(*next));
    return {};
  }

  Result<void> happened(const store::Event& event, const store::SteeringSet& set) {
    for (Shard* shard : shards_) shard->steer(event.subject, set);
    return {};
  }

  Result<void> happened(const store::Event& event, const store::VideoReported& report, PupilState& pupil) {
    apply(pupil, report, event.at_ms);
    return {};
  }

  Result<void> happened(const store::Event& event, const store::QuestionAsked& asked, PupilState& pupil) {
    for (Shard* shard : shards_)
      if (auto* room = shard->classroom_of(pupil.id))
        room->publish(asked.video, {pupil.id.value, pupil.name, asked.at_s, asked.text, event.at_ms},
                      event.sequence);
    return {};
  }

  Result<void> happened(const store::Event& event, const store::LessonPlanned& planned) {
    for (Shard* shard : shards_) {
      auto* room = shard->classroom(ClassId{event.subject});
      if (!room) continue;
      for (PupilState* pupil : shard->pupils_of(room->id())) apply_lesson(*pupil, event.sequence, planned);
      room->publish(protocol::LessonRow{event.sequence, planned.topic, planned.date, false}, event.sequence);
    }
    return {};
  }

  Result<void> happened(const store::Event& event, const store::LessonCancelled& cancelled) {
    for (Shard* shard : shards_) {
      auto* room = shard->classroom(ClassId{event.subject});
      const auto* known = room ? room->dashboard().lesson(cancelled.lesson) : nullptr;
      if (!known) continue;
      protocol::LessonRow row = *known;
      row.cancelled = true;
      for (PupilState* pupil : shard->pupils_of(room->id())) apply(*pupil, cancelled);
      room->publish(row, event.sequence);
    }
    return {};
  }

  Result<void> happened(const store::Event& event, const store::GroupsSaved& saved) {
    for (Shard* shard : shards_)
      if (auto* room = shard->classroom(ClassId{event.subject}))
        room->publish({event.sequence, saved.until, saved.groups}, saved.replaces, event.sequence);
    return {};
  }

  static bool agrees(const Belief& belief, const std::vector<double>& stored) {
    tracking::Digest digest;
    if (stored.size() != digest.sums.size()) return false;
    std::copy(stored.begin(), stored.end(), digest.sums.begin());
    return tracking::agree(tracking::digest(belief.tracked.state), digest);
  }

  store::BankShelf& shelf_;
  const std::vector<Shard*>& shards_;
  Learner& learner_;
  Witness witness_;
  std::deque<Models> versions_;          // the newest at the back
  store::ParametersPublished arriving_;  // a version of which more events are to come
  // Pupils who left or were erased: their answers taught about the items all the same.
  std::unordered_map<std::int64_t, PupilState> gone_;
};

// Tells in the log how far a long replay is.
class Progress {
 public:
  Progress(store::Database& database, Sequence through) {
    (void)store::guarded([&]() -> Result<std::int64_t> {
      last_ = std::min(store::tip_of(database).sequence, through);
      return last_;
    });
  }

  void at(Sequence sequence) {
    constexpr std::chrono::seconds between{3};
    const auto now = std::chrono::steady_clock::now();
    if (now - told_ < between) return;
    told_ = now;
    spdlog::info("reading the journal: event {} of {}", sequence, last_);
  }

 private:
  Sequence last_ = 0;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

}  // namespace

Result<Replayed> replay(store::Database& database, store::BankShelf& shelf, const std::vector<Shard*>& shards,
                        Learner& learner, Milliseconds now_ms, ReplayPlan plan) {
  // Events bring the mean of the school year they happened in; afterwards the pupils are in today's again.
  std::unordered_map<PupilState*, double> means;
  for (Shard* shard : shards)
    for (PupilState* pupil : shard->pupils()) means[pupil] = pupil->school_year_mean;
  const Sequence from = plan.from.last, through = plan.through;
  Progress progress(database, through);
  Replay replaying(shelf, shards, learner, std::move(plan));
  const auto take = [&](const store::Event& event) {
    progress.at(event.sequence);
    return replaying.take(event);
  };
  const auto read = store::read_events(database, from, take, through);
  if (read.has_error()) return read.error();
  for (const auto& [pupil, mean] : means) pupil->school_year_mean = mean;
  for (Shard* shard : shards) shard->adopt(model_of(shard->bank(), replaying.result.parameters));
  for (Shard* shard : shards)
    for (PupilState* pupil : shard->pupils()) shard->publish(*pupil, replaying.result.last, now_ms);
  return replaying.result;
}

}  // namespace trede::practice
