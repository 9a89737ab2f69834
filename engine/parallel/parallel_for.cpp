#include "engine/parallel/parallel_for.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace trede {

void parallel_for(int count, int workers, const std::function<void(int)>& f) {
  std::atomic<int> next{0};
  const auto work = [&] {
    for (int i = next.fetch_add(1); i < count; i = next.fetch_add(1)) f(i);
  };
  // The caller's thread is one of the workers.
  std::vector<std::jthread> others;
  for (int i = 1; i < std::min(workers, count); ++i) others.emplace_back(work);
  work();
}

}  // namespace trede
