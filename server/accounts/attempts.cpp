#include "server/accounts/attempts.hpp"

#include <algorithm>

namespace trede::accounts {

// A clock that was set back makes no count last longer than one window.
bool Attempts::current(const Count& count, Milliseconds now) const {
  return now >= count.since - window_.count() && now < count.since + window_.count();
}

bool Attempts::none(const std::string& key, Milliseconds now) const {
  const auto found = counts_.find(key);
  return found == counts_.end() || !current(found->second, now);
}

bool Attempts::exhausted(const std::string& key, Milliseconds now) const {
  const auto found = counts_.find(key);
  return found != counts_.end() && current(found->second, now) && found->second.wrong >= most_;
}

void Attempts::count(const std::string& key, Milliseconds now) {
  if (!counts_.contains(key) && counts_.size() >= bound_) make_room(now);
  Count& count = counts_.try_emplace(key, Count{now, 0}).first->second;
  if (!current(count, now)) count = {now, 0};
  ++count.wrong;
}

void Attempts::make_room(Milliseconds now) {
  std::erase_if(counts_, [&](const auto& entry) { return !current(entry.second, now); });
  if (counts_.size() < bound_) return;
  counts_.erase(std::min_element(counts_.begin(), counts_.end(), [](const auto& a, const auto& b) {
    return a.second.since < b.second.since;
  }));
}

}  // namespace trede::accounts
