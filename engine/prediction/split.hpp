// Who is tested, who is used for choosing, who for fitting: a hash of the pupil's name decides, so that everyone who
// has the same file has the same split (FNV-1a, 64 bit; Fowler, Noll & Vo). Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/prediction/response_log.hpp"

namespace trede::prediction {

std::uint64_t fnv1a64(std::string_view bytes);

// Numbers of pupils in the log, ascending. `validation` belongs to the training pupils and is named apart because
// what cannot be fitted is chosen on it.
struct Split {
  std::vector<int> fitting;
  std::vector<int> validation;
  std::vector<int> test;

  std::vector<int> training() const;  // fitting and validation
};

// hash mod 5 = 0: test; = validation_mod (1 … 4): validation; the rest: fitting.
Split split_by_hash(const ResponseLog& log, int validation_mod = 1);

}  // namespace trede::prediction
