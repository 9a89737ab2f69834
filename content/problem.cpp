#include "content/problem.hpp"

#include <algorithm>

namespace trede::content {

bool blocks_publishing(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return !problem.warning; });
}

}  // namespace trede::content
