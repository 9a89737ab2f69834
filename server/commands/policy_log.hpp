// The choices a school's journal keeps, each with what came of it and with what other policies would have done in the
// same state, which replay rebuilds. Reads only, also beside a running server; one thread.
#pragma once

#include <array>
#include <filesystem>
#include <functional>

#include "content/result.hpp"
#include "server/commands/policy_candidates.hpp"

namespace trede::commands {

// What a choice is, as coarsely as a model of the reward needs it: a video, or an exercise by its P(right) in tenths.
inline constexpr int choice_cells = 11;
inline constexpr int mastery_cells = 4;

// What one candidate would have done.
struct CandidateView {
  double probability = 0.0;                     // that it makes this choice
  std::array<double, choice_cells> cells = {};  // of all its choices; they sum to one
};

// An exercise or a video that was chosen and done.
struct PolicyDecision {
  int pupil = 0;
  double behaviour = 1.0;  // probability under the policy that ran
  int cell = 0;
  int mastery_cell = 0;
  double mastery_gain = 0.0;              // P(mastery of its topic) after it − before
  std::vector<CandidateView> views = {};  // one a candidate
};

struct PolicyLog {
  std::vector<PolicyDecision> decisions;  // in the order of the journal
  int reproduced = 0;                     // whose stored probability the present policy gives too
  int other_policy = 0;                   // the others: made by another version of it
};

// told: choices read so far.
Result<PolicyLog> read_policy_log(const std::filesystem::path& folder,
                                  const std::vector<Candidate>& candidates,
                                  const std::function<void(std::size_t)>& told);

}  // namespace trede::commands
