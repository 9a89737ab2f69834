// Several items on one text or picture: what they share beyond ability is one more number, there while the
// testlet lasts and marginalised after it (Bradlow, Wainer & Wang 1999). Ignoring it makes beliefs too sure.
// Pure, any thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

// From now on every item is z = a (q'θ + t − b), t ~ N(0, sd²): one more row. Precondition: not in a testlet.
Posterior enter_testlet(Posterior posterior, double sd);

// Its row goes, what it taught about abilities stays. Precondition: in a testlet.
Posterior leave_testlet(Posterior posterior);

}  // namespace trede::tracking
