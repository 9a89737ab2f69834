#include "server/practice/steering_past.hpp"

#include <algorithm>
#include <set>

#include "server/limits.hpp"
#include "server/practice/dates.hpp"
#include "server/protocol/codec.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds day_ms = 86'400'000;
constexpr Milliseconds looked_back_ms = 28 * day_ms;

std::set<std::string> topics_of(const protocol::Steering& steering) {
  std::set<std::string> topics(steering.topics.begin(), steering.topics.end());
  topics.insert(steering.must_do.begin(), steering.must_do.end());
  return topics;
}

// A pause or a blocked exercise is no way of practising.
bool shapes_practice(const protocol::Steering& steering) {
  return !steering.level.empty() || !topics_of(steering).empty();
}

// What was fixed with a last day only ends with that day.
Milliseconds end_of(const protocol::SteeringPeriod& period, Milliseconds now_ms) {
  Milliseconds end = period.to_ms == 0 ? now_ms : period.to_ms;
  const std::string& until = period.steering.until;
  if (until.empty() || !period.steering.level.empty()) return end;
  while (end > period.from_ms && date_of(end - 1) > until) end = std::max(period.from_ms, end - day_ms);
  return end;
}

}  // namespace

SteeringPast::SteeringPast(ClassId class_id, const std::vector<PupilId>& members, Milliseconds now_ms)
    : class_id_(class_id), members_(members), now_ms_(now_ms) {}

Result<void> SteeringPast::decide(const store::Event& event) {
  const auto set = protocol::decode<store::SteeringSet>(event.payload);
  if (set.has_error()) return set.error();
  const bool of_class = set->scope == "class";
  const bool concerns =
      of_class ? event.subject == class_id_.value
               : std::find(members_.begin(), members_.end(), PupilId{event.subject}) != members_.end();
  if (!concerns) return {};
  const std::int64_t subject = of_class ? 0 : event.subject;
  if (const auto open = open_.find(subject); open != open_.end()) decided_[open->second].to_ms = event.at_ms;
  open_[subject] = decided_.size();
  decided_.push_back({subject, event.at_ms, 0, set->steering, {}, {}});
  return {};
}

Milliseconds SteeringPast::answers_from_ms() const {
  return now_ms_ - 2 * looked_back_ms;
}

void SteeringPast::answer(PupilId pupil, const store::AnswerGiven& answer) {
  answers_[pupil.value].push_back(answer);
}

protocol::Practised SteeringPast::practised(const protocol::SteeringPeriod& period, Milliseconds from_ms,
                                            Milliseconds to_ms) const {
  const std::set<std::string> topics = topics_of(period.steering);
  protocol::Practised sum;
  for (const auto& [pupil, answers] : answers_) {
    if (period.pupil != 0 && period.pupil != pupil) continue;
    std::map<std::string, double> mean;  // by topic, as last known
    const std::int64_t before = sum.answers;
    for (const auto& answer : answers) {
      if (answer.at_ms >= to_ms) break;
      if (!topics.empty() && !topics.contains(answer.topic)) continue;
      const auto [known, is_first] = mean.try_emplace(answer.topic, answer.mean_after);
      const double rise = answer.mean_after - std::exchange(known->second, answer.mean_after);
      if (answer.at_ms < from_ms) continue;
      ++sum.answers;
      sum.right += answer.right;
      sum.gain += rise;
    }
    sum.pupils += sum.answers > before;
  }
  return sum;
}

std::vector<protocol::SteeringPeriod> SteeringPast::periods() const {
  std::vector<protocol::SteeringPeriod> periods;
  for (auto period = decided_.rbegin(); period != decided_.rend(); ++period) {
    if (periods.size() == limits::steering_periods) break;
    const Milliseconds end = end_of(*period, now_ms_);
    const Milliseconds start = std::max(period->from_ms, now_ms_ - looked_back_ms);
    if (!shapes_practice(period->steering) || end <= start) continue;
    protocol::SteeringPeriod shown = *period;
    if (end < now_ms_) shown.to_ms = end;
    shown.during = practised(shown, start, end);
    shown.before = practised(shown, start - (end - start), start);
    if (shown.during.answers > 0) periods.push_back(std::move(shown));
  }
  return periods;
}

}  // namespace trede::practice
