// The policy's reasons as the codes that messages and events carry (protocol::Reason::code). Pure; any thread.
#pragma once

#include <string_view>

#include "engine/policy/reason.hpp"

namespace trede::practice {

std::string_view code_of(policy::Reason reason);

// NothingLeft for a code we do not know.
policy::Reason reason_of(std::string_view code);

}  // namespace trede::practice
