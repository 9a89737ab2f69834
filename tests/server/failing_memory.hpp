// Memory of this process that runs out when asked to: every allocation goes through here, of C and of C++ alike. Not
// under sanitizers, which bring memory of their own.
#pragma once

namespace trede::testing {

bool memory_can_fail();

// The allocation with this number from now on fails, of whatever thread; the others succeed.
void fail_allocation(long number);

}  // namespace trede::testing
