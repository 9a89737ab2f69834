#include "server/practice/pupil_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "server/practice/reasons.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds milliseconds_a_day = 86'400'000;
constexpr std::size_t trend_days = 7;

// The last mean of each day is kept; the first entry is then about a week old.
void remember_day(PupilState& pupil, Milliseconds at_ms) {
  const std::int64_t day = day_of(at_ms);
  const auto mean = tracking::topic_means(pupil.belief->posterior());
  if (!pupil.days.empty() && pupil.days.back().mean.size() != mean.size())
    pupil.days.clear();  // another bank's topics
  if (pupil.days.empty() || pupil.days.back().day < day)
    pupil.days.push_back({day, mean});
  else
    pupil.days.back().mean = mean;
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

// The stage of a topic by its id, new when the belief's bank lacks it.
std::string stage_on(const Belief& belief, const Model& model, const std::string& id) {
  const auto topic = belief.bank->find_topic(id);
  const bool same_bank = belief.bank->version == model.bank->version;
  return topic ? stage_of(belief, same_bank ? model.catalogue : belief.bank->catalogue, *topic) : "new";
}

std::uint64_t seed_in(const std::string& hexadecimal) {
  std::uint64_t seed = 0;
  std::from_chars(hexadecimal.data(), hexadecimal.data() + hexadecimal.size(), seed, 16);
  return seed;
}

}  // namespace

std::int64_t day_of(Milliseconds at_ms) {
  return at_ms / milliseconds_a_day;
}

std::string date_of(Milliseconds at_ms) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day_of(at_ms)}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string stage_of(const Belief& belief, const Catalogue& catalogue, int topic) {
  const auto k = static_cast<std::size_t>(topic);
  const double mastery = tracking::mastery(belief.posterior(), topic, catalogue.topics[k].cut);
  const int answers = belief.context.topics[k].answers;
  if (mastery > 0.95) return "mastered";
  if (answers == 0) return "new";
  if (mastery > 0.7) return "almost";
  return mastery > 0.3 ? "growing" : "started";
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
  pupil.last =
      LastStep{taken.request, std::move(done), taken.outcome,
               stage_on(*pupil.belief, model, taken.step.topic), stage_on(belief, model, taken.step.topic)};
  pupil.number = number;
  pupil.belief = std::move(belief);
  pupil.pending = std::move(next);
  pupil.last_active_ms = at_ms;
  if (taken.outcome) {
    count_answer(pupil, taken.outcome->right, at_ms);
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

}  // namespace trede::practice
