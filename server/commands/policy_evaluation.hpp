// How well would another policy have done in a school, from the choices that were made (engine/lab/off_policy.hpp)?
// The reward of a choice is the gain in P(mastery) of its topic, as believed before and after it. Pure; any thread.
#pragma once

#include "engine/lab/off_policy.hpp"
#include "server/commands/policy_log.hpp"

namespace trede::commands {

// One a candidate. The model in the doubly robust estimate is the mean reward by cell, from the pupils of the other
// half, drawn to the mean of all as by ten decisions.
std::vector<lab::OffPolicyValue> evaluate(const PolicyLog& log, std::size_t candidates);

}  // namespace trede::commands
