#include "engine/prediction/split.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace trede::prediction {

std::uint64_t fnv1a64(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3u;
  }
  return hash;
}

std::vector<int> Split::training() const {
  std::vector<int> both;
  std::merge(fitting.begin(), fitting.end(), validation.begin(), validation.end(), std::back_inserter(both));
  return both;
}

Split split_by_hash(const ResponseLog& log, int validation_mod) {
  assert(validation_mod >= 1 && validation_mod <= 4);
  Split split;
  for (std::size_t pupil = 0; pupil < log.pupils.size(); ++pupil) {
    const auto remainder = static_cast<int>(fnv1a64(log.pupils[pupil]) % 5);
    auto& group = remainder == 0                ? split.test
                  : remainder == validation_mod ? split.validation
                                                : split.fitting;
    group.push_back(static_cast<int>(pupil));
  }
  return split;
}

}  // namespace trede::prediction
