// Shared by the tests of effects.
#pragma once

#include "engine/tracking/state.hpp"

namespace trede::test {

// Simulated pupils whose answers follow from ability alone: nothing passes within minutes, nothing is left of an
// item.
inline tracking::Constants only_ability() {
  tracking::Constants constants;
  constants.fast = {.initial = 1e-9, .resting = 1e-9, .lift = {0.0, 0.0}};
  constants.residual = {.initial = 1e-9, .resting = 1e-9, .lift = {0.0, 0.0}};
  return constants;
}

}  // namespace trede::test
