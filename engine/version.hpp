// The version of the mathematics, stored with every event so that replay knows which engine made a belief.
// A plain constant; anyone may read it.
#pragma once

namespace trede {

// Raised whenever the numbers a belief takes change: update, advance, effects, prior or their constants.
inline constexpr int engine_version = 4;

}  // namespace trede
