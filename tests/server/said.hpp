// One message said on a page of its own, through the real conversation of the account, and the reply. Messages name
// the request "r". For the test's thread.
#pragma once

#include <string>

#include "tests/server/practice_support.hpp"

namespace trede::practice {

// The JSON of the reply; empty when none came.
std::string reply_to(PracticeSchool& school, AccountId account, std::string message);

}  // namespace trede::practice
