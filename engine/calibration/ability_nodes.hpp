// The abilities over which calibration and fit integrate: equally spaced, so that the trapezoid rule is right to
// many digits for everything as smooth as a response curve. Pure; any thread.
#pragma once

#include <Eigen/Core>

namespace trede::calibration {

// `nodes` (≥ 2) of them on ±range, and beyond both ends as many at the same spacing as it takes to reach
// ±7, outside of which 3e-12 of a standard normal lies: 61 on ±6 become 71 on ±7. Cut off at ±6 the
// log-likelihood of 600 people with 32 items is 3e-6 off, because whoever has everything right may be that
// able; so it is 4e-7.
Eigen::ArrayXd ability_nodes(int nodes, double range);

}  // namespace trede::calibration
