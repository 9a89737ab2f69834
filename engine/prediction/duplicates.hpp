// Pupils who stand in a log twice under two names: nearly the same items with nearly the same answers. A model that
// is fitted on both learns them by heart instead of what pupils have in common. Candidates come from MinHash (Broder
// 1997) over pairs of item and last answer, so the cost goes with the number of answers; each candidate is
// then weighed exactly. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/prediction/response_log.hpp"

namespace trede::prediction {

// Of `pupils` those who repeat one that stays (the one with more rows stays), ascending. Two pupils are one when
// they share most of their items, and the log-odds of copying (95 % equal answers) against coincidence (each item's
// own chance that two pupils answer it equally) exceed those of finding such a pair among all pairs by chance.
std::vector<int> duplicates(const ResponseLog& log, std::span<const int> pupils);

}  // namespace trede::prediction
