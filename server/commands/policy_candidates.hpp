// Policies that a school's stored choices can be judged for: ours with one thing changed. What each would do in a state
// is a list of choices with probabilities that sum to one. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/policy/choice.hpp"

namespace trede::commands {

struct Candidate {
  std::string word, description;
  std::optional<policy::Level> level = {};  // for everybody
  bool video = true;
  bool review = true;
  double temperature =
      1.0;  // times the policy's own: below 1 exercises are drawn nearer to the level aimed at
};

// What runs now, levels fixed at .9, .75 and .6, no video, no review, sharper and wider draws.
std::vector<Candidate> known_candidates();

std::vector<policy::Choice> choices_of(const Candidate& candidate, const tracking::Posterior& posterior,
                                       const Catalogue& catalogue, policy::PupilContext context,
                                       const effects::Effects& effects);

}  // namespace trede::commands
