#include "server/practice/choice_tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace trede::practice {
namespace {

constexpr double watched_half = 0.5;

protocol::ReasonCount reason_count(const std::string& code, const ReasonTally& tally) {
  const auto times = static_cast<double>(tally.times);
  return {code, tally.times, tally.predicted / times, std::exp(tally.log_probability / times), tally.least};
}

}  // namespace

void FirstPupils::meet(std::int64_t pupil) {
  const auto end = ids.begin() + static_cast<std::ptrdiff_t>(count);
  if (!are_enough() && std::find(ids.begin(), end, pupil) == end) ids[count++] = pupil;
}

void count(ChoiceTally& tally, const store::StepDone& done) {
  ReasonTally& reason = tally.reasons[done.reason];
  ++reason.times;
  reason.predicted += done.predicted;
  reason.log_probability += std::log(std::max(done.probability, std::numeric_limits<double>::min()));
  reason.least = std::min(reason.least, done.probability);
  reason.pupils.meet(done.pupil);
  tally.pupils.meet(done.pupil);
  tally.viewings += done.video && done.watched >= watched_half;
}

protocol::ChoicesShown choices_shown(const ChoiceTally& tally, std::int64_t of_all) {
  protocol::ChoicesShown shown;
  shown.fewest = fewest_for_totals;
  shown.told = tally.pupils.are_enough();
  if (!shown.told) return shown;
  for (const auto& [code, reason] : tally.reasons) {
    shown.times += reason.times;
    if (reason.pupils.are_enough())
      shown.reasons.push_back(reason_count(code, reason));
    else
      shown.others += reason.times;
  }
  std::stable_sort(shown.reasons.begin(), shown.reasons.end(),
                   [](const auto& one, const auto& other) { return one.times > other.times; });
  shown.share = static_cast<double>(shown.times) / static_cast<double>(std::max(of_all, shown.times));
  shown.withheld = tally.withheld;
  return shown;
}

}  // namespace trede::practice
