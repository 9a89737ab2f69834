// The engine's one way to use several cores: f(0) … f(count − 1) in any order on at most `workers` threads,
// all joined before it returns. Results stay the same for every number of workers when each call writes only
// to its own place and the caller adds those up in index order.
#pragma once

#include <functional>

namespace trede {

void parallel_for(int count, int workers, const std::function<void(int)>& f);

}  // namespace trede
