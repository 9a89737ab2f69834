// What pupils, teachers and the policy's reader see of a pupil's state (declared in shard.hpp).
#include <algorithm>
#include <cmath>

#include "content/present.hpp"
#include "engine/policy/placement.hpp"
#include "server/practice/reasons.hpp"
#include "server/practice/shard.hpp"
#include "server/protocol/present.hpp"

namespace trede::practice {
namespace {

// The smallest P(θ > cut) among the prerequisites; 1 without any.
double readiness(const std::vector<double>& mastery, const CatalogueTopic& topic) {
  double ready = 1.0;
  for (const int before : topic.prerequisites)
    ready = std::min(ready, mastery[static_cast<std::size_t>(before)]);
  return ready;
}

std::vector<double> masteries(const tracking::Posterior& posterior, const Catalogue& catalogue) {
  std::vector<double> mastery;
  mastery.reserve(catalogue.topics.size());
  for (int k = 0; k < posterior.topics(); ++k)
    mastery.push_back(tracking::mastery(posterior, k, catalogue.topics[static_cast<std::size_t>(k)].cut));
  return mastery;
}

// Four decimals are more than a page shows, and a third of what goes over the line.
double told(double value) {
  return std::round(value * 1e4) / 1e4;
}

std::vector<protocol::Cell> cells_of(const PupilState& pupil, const Belief& belief,
                                     const Catalogue& catalogue) {
  const tracking::Posterior& posterior = belief.posterior();
  const bool has_week = !pupil.days.empty() && pupil.days.front().mean.size() == posterior.topics();
  const std::vector<double> mastery = masteries(posterior, catalogue);
  std::vector<protocol::Cell> cells;
  cells.reserve(mastery.size());
  for (int k = 0; k < posterior.topics(); ++k) {
    const CatalogueTopic& topic = catalogue.topics[static_cast<std::size_t>(k)];
    protocol::Cell cell;
    cell.mean = told(posterior.mean(k));
    cell.sd = told(tracking::told_sd(posterior, k));
    cell.mastery = told(mastery[static_cast<std::size_t>(k)]);
    cell.ready = told(readiness(mastery, topic));
    cell.trend = has_week ? told(posterior.mean(k) - pupil.days.front().mean[k]) : 0.0;
    cell.answers = belief.context.topics[static_cast<std::size_t>(k)].answers;
    cells.push_back(cell);
  }
  return cells;
}

protocol::Placement placement_of(const Belief& belief, protocol::Language language) {
  const policy::PlacementProgress& progress = belief.context.placement;
  protocol::Placement shown{progress.given, policy::placement_least, policy::placement_most, ""};
  if (progress.topics.empty()) return shown;
  const content::Topic& first = belief.bank->topics[static_cast<std::size_t>(progress.topics.front())];
  shown.subject = belief.bank->domains[static_cast<std::size_t>(first.domain)].title.in(language);
  return shown;
}

protocol::LessonPupil lesson_pupil(const PupilState& pupil, const LessonWork& work, const Belief& belief,
                                   const Catalogue& catalogue) {
  protocol::LessonPupil shown{pupil.id.value,   pupil.name,       work.watched, 0, 0,
                              work.checks_done, work.checks_right};
  if (const auto topic = belief.bank->find_topic(work.topic)) {
    const double cut = catalogue.topics[static_cast<std::size_t>(*topic)].cut;
    shown.readiness = tracking::mastery(belief.posterior(), *topic, cut - effects::novice_distance);
    shown.sd = tracking::told_sd(belief.posterior(), *topic);
  }
  return shown;
}

protocol::AlertRow alert_row(PupilId pupil, const Notice& notice) {
  return {pupil.value,
          std::string(code_of(notice.kind)),
          std::string(code_of(notice.cause)),
          notice.topic,
          notice.probability,
          notice.evidence,
          notice.since_ms};
}

// The pupil's own where it is of the model's bank; made for the occasion otherwise.
const Belief& belief_to_show(const PupilState& pupil, const Model& model, Milliseconds now_ms,
                             std::optional<Belief>& made) {
  if (pupil.belief && pupil.belief->bank->version == model.bank->version) return *pupil.belief;
  made = shown_belief(pupil, model, now_ms);
  return *made;
}

}  // namespace

Belief shown_belief(const PupilState& pupil, const Model& model, Milliseconds now_ms) {
  return pupil.belief ? move_to(*pupil.belief, model) : new_belief(model, pupil.school_year_mean, now_ms);
}

protocol::PupilRow row_of(const PupilState& pupil, const Model& model, Milliseconds now_ms) {
  return change_of(pupil, model, now_ms).row;
}

classroom::PupilChange change_of(const PupilState& pupil, const Model& model, Milliseconds now_ms) {
  std::optional<Belief> made;
  const Belief& belief = belief_to_show(pupil, model, now_ms, made);
  const bool counted_today = pupil.today == day_of(now_ms);
  classroom::PupilChange change;
  change.row.id = pupil.id.value;
  change.row.name = pupil.name;
  change.row.online = !pupil.pages.empty();
  change.row.last_active_ms = pupil.last_active_ms;
  change.row.answers_today = counted_today ? pupil.answers_today : 0;
  change.row.right_today = counted_today ? pupil.right_today : 0;
  if (pupil.pending) {
    const bool paused = is_paused(pupil.decisions);
    change.row.now_kind = paused ? "nothing" : pupil.pending->choice.kind;
    change.row.now_topic = paused ? "" : pupil.pending->choice.topic;
    change.row.now_reason = paused ? code_of(policy::Reason::Paused) : pupil.pending->choice.reason;
  }
  change.row.cells = cells_of(pupil, belief, model.catalogue);
  for (const auto& work : pupil.lessons)
    if (!work.cancelled)
      change.lessons.push_back({work.id, lesson_pupil(pupil, work, belief, model.catalogue)});
  for (const auto& notice : pupil.notices.open) change.alerts.push_back(alert_row(pupil.id, notice));
  for (const auto& gap : pupil.notices.gaps)
    if (now_ms - gap.at_ms <= gap_stays_ms) change.gaps.emplace_back(gap.topic, gap.lacks);
  return change;
}

std::vector<protocol::Standing> standings_of(const PupilState& pupil, const Model& model,
                                             protocol::Language language) {
  std::vector<protocol::Standing> standings;
  if (!pupil.belief) return standings;
  const Belief belief = move_to(*pupil.belief, model);
  const content::ItemBank& bank = *model.bank;
  for (const int k : model.catalogue.order) {
    const auto index = static_cast<std::size_t>(k);
    const content::Topic& topic = bank.topics[index];
    protocol::Standing standing;
    standing.topic = topic.id;
    standing.title = topic.title.in(language);
    standing.goal = topic.goal.in(language);
    standing.domain = bank.domains[static_cast<std::size_t>(topic.domain)].title.in(language);
    standing.stage = stage_of(belief, model.catalogue, k);
    standing.mastery = tracking::mastery(belief.posterior(), k, model.catalogue.topics[index].cut);
    standing.finished = belief.context.topics[index].finished;
    standing.finished_higher = belief.context.topics[index].finished_higher;
    standing.closed_early = closed_early(belief, model.catalogue, k);
    standing.wants_refreshing = wants_refreshing(belief, model.catalogue, k);
    standing.answers = belief.context.topics[index].answers;
    const auto& videos = model.catalogue.topics[index].videos;
    if (!videos.empty()) standing.video = bank.videos[static_cast<std::size_t>(videos.front())].id;
    standings.push_back(std::move(standing));
  }
  return standings;
}

protocol::Reason reason_of(const store::StoredChoice& choice, const content::ItemBank& bank,
                           protocol::Language language) {
  const auto topic = bank.find_topic(choice.topic);
  return {choice.reason,
          topic ? bank.topics[static_cast<std::size_t>(*topic)].title.in(language) : std::string(),
          choice.predicted,
          choice.target,
          choice.mastery,
          choice.probability,
          choice.candidates};
}

protocol::VideoView video_of(const PupilState& pupil, const content::ItemBank& bank, int video,
                             std::int64_t lesson, protocol::Language language) {
  protocol::VideoView view = protocol::video_view(bank, video, language);
  const auto place = pupil.videos.find(view.id);
  if (place == pupil.videos.end()) return view;
  const bool near_the_end = place->second.position_s > watched_enough * view.seconds;
  view.position_s = near_the_end ? 0 : place->second.position_s;
  view.watched = place->second.watched;
  for (const auto& work : pupil.lessons)
    if (work.id == lesson)
      view.watched = work.watched;  // for a lesson it counts what was seen since it was planned
  return view;
}

protocol::Step step_of(const PupilState& pupil, protocol::Language language) {
  const Pending& pending = *pupil.pending;
  protocol::Step step;
  step.number = pupil.number + 1;
  step.level = code_of(level_in_force(pupil.decisions));
  step.level_fixed = level_is_fixed(pupil.decisions);
  if (is_paused(pupil.decisions)) {  // what waits is there again after the pause
    step.id = step.reason.code = code_of(policy::Reason::Paused);
    step.kind = "nothing";
    return step;
  }
  step.id = step_id(pending.choice);
  step.kind = pending.choice.kind;
  step.may_put_aside = may_put_aside(pupil);
  if (pending.choice.reason == code_of(policy::Reason::Placement))
    step.placement = placement_of(*pupil.belief, language);
  step.reason = reason_of(pending.choice, *pending.bank, language);
  step.topic = step.reason.topic;
  for (const auto& work : pupil.lessons)
    if (work.id == pending.choice.lesson) step.lesson_date = work.date;
  if (step.kind == "exercise")
    step.exercise = content::project(pending.bank->items[static_cast<std::size_t>(pending.index)],
                                     pending.instance, language);
  if (step.kind == "video")
    step.video = video_of(pupil, *pending.bank, pending.index, pending.choice.lesson, language);
  return step;
}

}  // namespace trede::practice
