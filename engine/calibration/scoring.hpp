// Abilities of people from their answers to items with known parameters. Pure; any thread; the same result
// for every number of workers. ℓ = Σ_j ln P_j(y_j | θ), summed as logarithms: thousands of answers do not
// underflow.
//   EAP  posterior mean and sd under N(mean, sd²) of the person's group, on equally spaced nodes; where the
//        posterior is narrower than their step, on nodes of its own around the mode     (Bock & Mislevy 1982)
//   MAP  argmax ℓ + ln prior;  se = (−d²/dθ² of that)^−½, the observed curvature
//   ML   argmax ℓ on ±range;  se = I^−½.  All right or all wrong has no finite maximum: the bound, flagged
//   WLE  root of dℓ/dθ + J / (2 I), I = Σ_j Σ_k P'² / P, J = Σ_j Σ_k P' P'' / P;  se = I^−½   (Warm 1989)
// For 1PL, 2PL and GPCM J = dI/dθ and the WLE maximises ℓ + ½ ln I; under 3PL that would be another estimate
// (docs/model/scoring.md). Under 3PL ℓ may have several maxima: the highest, by the grid, is taken.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

struct Estimate {
  double ability = 0.0;
  double error = 0.0;     // standard error; EAP: posterior sd
  bool at_bound = false;  // no root inside; the ability is the end of the range that was searched
};

struct PersonScores {
  Estimate eap;
  Estimate map;
  std::optional<Estimate> ml;  // nothing where there is no answer
  std::optional<Estimate> wle;
};

struct ScoringOptions {
  std::vector<Group> groups = {{}};  // of the table's groups; also where it has none
  int nodes = 61;                    // equally spaced on ±range
  double range = 6.0;
  int workers = 1;
};

// Preconditions: items.size() == table.items(), categories as in the items, slopes not 0, a group for each
// number in table.groups, nodes ≥ 5. One result a person, in order.
std::vector<Estimate> expected_abilities(const ResponseTable& table, std::span<const Item> items,
                                         const ScoringOptions& options = {});
std::vector<PersonScores> score(const ResponseTable& table, std::span<const Item> items,
                                const ScoringOptions& options = {});

}  // namespace trede::calibration
