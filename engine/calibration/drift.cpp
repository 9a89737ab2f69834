#include "engine/calibration/drift.hpp"

#include <cmath>

namespace trede::calibration {

DriftSum& DriftSum::operator+=(const DriftSum& other) {
  score += other.score;
  information += other.information;
  answers += other.answers;
  return *this;
}

DriftSum drift_evidence(const tracking::Tilt& tilt, double slope) {
  return {-slope * tilt.step, slope * slope * tilt.shrink, 1};
}

DriftFinding drift(std::span<const DriftSum> blocks, double difficulty_variance) {
  DriftFinding finding;
  DriftSum since;
  for (std::size_t k = blocks.size(); k-- > 0;) {
    since += blocks[k];
    if (since.answers < fewest_drift_answers || since.information <= 0.0) continue;
    const double variance = since.information * (1.0 + since.information * difficulty_variance);
    const double statistic = since.score / std::sqrt(variance);
    if (std::abs(statistic) <= std::abs(finding.statistic)) continue;
    finding.statistic = statistic;
    finding.shift = since.score / since.information;
    finding.since = static_cast<int>(k);
  }
  finding.flagged = std::abs(finding.statistic) > drift_threshold;
  return finding;
}

}  // namespace trede::calibration
