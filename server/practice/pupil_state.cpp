#include "server/practice/pupil_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/practice/reasons.hpp"

namespace trede::practice {
namespace {

constexpr std::size_t trend_days = 7;

// The last mean of each day is kept; the first entry is then about a week old.
void remember_day(PupilState& pupil, Milliseconds at_ms) {
  const std::int64_t day = day_of(at_ms);
  auto mean = tracking::topic_means(pupil.belief->posterior());
  if (!pupil.days.empty() && pupil.days.back().mean.size() != mean.size())
    pupil.days.clear();  // another bank's topics
  if (pupil.days.empty() || pupil.days.back().day < day)
    pupil.days.push_back({day, std::move(mean)});
  else
    pupil.days.back().mean = std::move(mean);
  while (pupil.days.size() > 1 && pupil.days[1].day + static_cast<std::int64_t>(trend_days) <= day)
    pupil.days.pop_front();
}

void count_answer(PupilState& pupil, bool right, Milliseconds at_ms) {
  if (pupil.today != day_of(at_ms)) {
    pupil.today = day_of(at_ms);
    pupil.answers_today = pupil.right_today = 0;
  }
  ++pupil.answers_today;
  pupil.right_today += right;
}

bool is_suspect(const Belief& belief, const std::string& item) {
  const int suspect = policy::suspect_item(belief.context);
  return suspect >= 0 && belief.bank->items[static_cast<std::size_t>(suspect)].id == item;
}

std::uint64_t seed_in(const std::string& hexadecimal) {
  std::uint64_t seed = 0;
  std::from_chars(hexadecimal.data(), hexadecimal.data() + hexadecimal.size(), seed, 16);
  return seed;
}

}  // namespace

std::string step_id(const store::StoredChoice& choice) {
  return fmt::format("{}:{}:{}:{}", choice.bank, choice.kind, choice.id, choice.seed);
}

Result<Pending> pending_of(const store::StoredChoice& choice, BankPointer bank) {
  Pending pending{choice, bank, -1, {}, 0};
  if (choice.kind == "nothing") return pending;
  const auto index = choice.kind == "video" ? bank->find_video(choice.id) : bank->find_item(choice.id);
  if (!index)
    return Error{ErrorCode::NotFound,
                 "bank " + std::to_string(bank->version) + " has no " + choice.kind + " " + choice.id};
  pending.index = *index;
  if (choice.kind == "video") return pending;
  auto instance = content::draw(bank->items[static_cast<std::size_t>(*index)], seed_in(choice.seed));
  if (instance.has_error()) return instance.error();
  pending.instance = std::move(*instance);
  return pending;
}

Result<Moved> believe(const PupilState& pupil, const Model& model, const Pending& step,
                      const store::StepTaken& taken, Milliseconds at_ms) {
  if (step.index < 0) return Error{ErrorCode::Conflict, "there is no step to do"};
  const double mean = pupil.school_year_mean;
  Belief belief = move_to(*pupil.belief, model);
  if (taken.outcome)
    return after_exercise(std::move(belief), model,
                          {step.index, taken.outcome->right, taken.rapid.value_or(false), taken.elapsed_ms,
                           reason_of(taken.step.reason), taken.step.predicted, taken.step.target,
                           taken.first_hint_ms.value_or(0)},
                          at_ms, mean);
  return after_video(std::move(belief), model, step.index, taken.watched, at_ms, mean);
}

std::vector<double> digest_of(const Belief& belief) {
  const auto digest = tracking::digest(belief.tracked.state);
  return {digest.sums.begin(), digest.sums.end()};
}

std::vector<LessonWork> lessons_after(std::vector<LessonWork> lessons, const store::StepTaken& taken) {
  for (auto& lesson : lessons) {
    if (taken.step.lesson == 0 || lesson.id != taken.step.lesson) continue;
    if (taken.outcome) {
      ++lesson.checks_done;
      lesson.checks_right += taken.outcome->right;
    } else {
      lesson.video_done = true;
      lesson.watched = std::max(lesson.watched, taken.watched);
    }
  }
  return lessons;
}

void apply_start(PupilState& pupil, Belief belief, Pending first, Milliseconds at_ms) {
  pupil.belief = std::move(belief);
  pupil.pending = std::move(first);
  pupil.last_active_ms = at_ms;
  remember_day(pupil, at_ms);
}

void apply_step(PupilState& pupil, const Model& model, const store::StepTaken& taken, std::int64_t number,
                Pending done, Belief belief, Pending next, Milliseconds at_ms) {
  LastStep last{taken.request, std::move(done), taken.outcome, {}};
  last.change = change_on(taken.step.topic, *pupil.belief, belief, model);
  last.rapid = taken.rapid.value_or(false);
  last.suspect = taken.outcome && !taken.outcome->right && is_suspect(belief, taken.step.id);
  last.placement_ended =
      taken.step.reason == code_of(policy::Reason::Placement) && !belief.context.placement.open;
  pupil.last = std::move(last);
  pupil.number = number;
  pupil.belief = std::move(belief);
  pupil.pending = std::move(next);
  pupil.last_active_ms = at_ms;
  if (taken.outcome) {
    if (!taken.rapid.value_or(false)) count_answer(pupil, taken.outcome->right, at_ms);
    notice(pupil.notices, *pupil.belief, model, at_ms);
  }
  pupil.lessons = lessons_after(std::move(pupil.lessons), taken);
  notice_gap(pupil.notices, taken.next, at_ms);
  remember_day(pupil, at_ms);
}

void apply(PupilState& pupil, const store::HintTaken& taken) {
  if (!pupil.pending || taken.number != pupil.number + 1) return;
  if (pupil.pending->hints++ == 0) pupil.pending->first_hint_ms = taken.elapsed_ms;
}

void apply(PupilState& pupil, const store::VideoReported& report, Milliseconds at_ms) {
  auto& place = pupil.videos[report.video];
  place.position_s = report.position_s;
  place.watched = std::max(place.watched, report.watched);
  pupil.last_active_ms = at_ms;
  if (!pupil.belief) return;
  const auto video = pupil.belief->bank->find_video(report.video);
  if (!video) return;
  const int topic = pupil.belief->bank->videos[static_cast<std::size_t>(*video)].topic;
  for (auto& lesson : pupil.lessons)
    if (lesson.topic == pupil.belief->bank->topics[static_cast<std::size_t>(topic)].id)
      lesson.watched = std::max(lesson.watched, report.watched);
}

void apply_lesson(PupilState& pupil, std::int64_t id, const store::LessonPlanned& planned) {
  LessonWork work;
  work.id = id;
  work.topic = planned.topic;
  work.date = planned.date;
  const auto place = std::upper_bound(pupil.lessons.begin(), pupil.lessons.end(), work,
                                      [](const auto& a, const auto& b) { return a.date < b.date; });
  pupil.lessons.insert(place, std::move(work));
}

void apply(PupilState& pupil, const store::LessonCancelled& cancelled) {
  for (auto& lesson : pupil.lessons)
    if (lesson.id == cancelled.lesson) lesson.cancelled = true;
}

void apply(PupilState& pupil, const store::AlertAcknowledged& acknowledged) {
  if (pupil.belief)
    acknowledge(pupil.notices, acknowledged.kind, acknowledged.topic, pupil.belief->watch.answers);
}

void apply(PupilState& pupil, const store::PlacementSkipped&) {
  policy::skip_placement(pupil.belief->context);
}

void apply(PupilState& pupil, const store::LevelChosen& chosen) {
  pupil.decisions.level = level_of(chosen.level).value_or(policy::Level::Adaptive);
}

void apply(PupilState& pupil, const store::ItemPutAside& put_aside) {
  pupil.decisions = with_put_aside(std::move(pupil.decisions), put_aside.step.id);
  pupil.put_aside_at = pupil.number;
}

void apply(PupilState&, const store::StepRenewed&) {}

void apply(PupilState& pupil, const store::ItemReported& reported) {
  pupil.reported = step_id(reported.step);
}

void renew(PupilState& pupil, Pending next) {
  pupil.pending = std::move(next);
}

bool may_put_aside(const PupilState& pupil) {
  return pupil.pending && pupil.pending->choice.kind == "exercise" &&
         pupil.number - pupil.put_aside_at >= limits::steps_between_put_asides;
}

bool needs_renewal(const PupilState& pupil) {
  if (!pupil.pending) return false;
  const store::StoredChoice& choice = pupil.pending->choice;
  return choice.kind == "nothing" || (choice.kind == "exercise" && is_blocked(pupil.decisions, choice.id));
}

}  // namespace trede::practice
