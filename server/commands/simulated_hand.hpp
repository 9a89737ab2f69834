// What a simulated pupil types: the right answer, or a plausible wrong one that really is wrong and can be
// read. Pure; any thread.
#pragma once

#include "content/scoring.hpp"
#include "engine/random.hpp"

namespace trede::commands {

content::Answer simulated_answer(const content::Item& item, const content::Instance& instance,
                                 content::Language language, bool right, Random& random);

}  // namespace trede::commands
