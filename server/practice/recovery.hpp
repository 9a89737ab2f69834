// When the journal lost steps that a browser saw acknowledged (a damaged file, an old backup), the browser
// sends them again by their step id, and we draw the same exercise once more. Pure; any thread.
#pragma once

#include "server/practice/pupil_state.hpp"

namespace trede::practice {

// The step an id of Step::id names, drawn from this bank. Invalid: not such an id; NotFound: the bank lacks
// it.
Result<Pending> lost_step(const std::string& step_id, const BankPointer& bank);

}  // namespace trede::practice
