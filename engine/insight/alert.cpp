#include "engine/insight/alert.hpp"

#include <algorithm>

namespace trede::insight {

namespace {

const Alert* find(const std::vector<Alert>& alerts, const Alert& matter) {
  const auto it = std::find_if(alerts.begin(), alerts.end(),
                               [&](const Alert& alert) { return same_matter(alert, matter); });
  return it == alerts.end() ? nullptr : &*it;
}

bool before(const Alert& first, const Alert& second) {
  if (first.probability != second.probability) return first.probability > second.probability;
  if (first.evidence != second.evidence) return first.evidence > second.evidence;
  return first.pupil != second.pupil ? first.pupil < second.pupil : first.kind < second.kind;
}

}  // namespace

bool same_matter(const Alert& first, const Alert& second) {
  return first.pupil == second.pupil && first.kind == second.kind;
}

std::vector<Alert> shown_alerts(const std::vector<Alert>& found, const std::vector<Alert>& shown_before,
                                const std::vector<Alert>& acknowledged) {
  std::vector<Alert> held;
  for (const Alert& alert : shown_before) {
    if (find(acknowledged, alert) != nullptr) continue;
    const Alert* again = find(found, alert);
    held.push_back(again != nullptr ? *again : alert);
  }
  std::vector<Alert> fresh;
  for (const Alert& alert : found) {
    if (find(acknowledged, alert) == nullptr && find(held, alert) == nullptr) fresh.push_back(alert);
  }
  std::sort(held.begin(), held.end(), before);
  std::sort(fresh.begin(), fresh.end(), before);
  held.insert(held.end(), fresh.begin(), fresh.end());
  held.resize(std::min(held.size(), most_alerts_per_class));
  std::sort(held.begin(), held.end(), before);
  return held;
}

}  // namespace trede::insight
