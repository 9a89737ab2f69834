// Days and dates of the server: UTC. Pure; any thread.
#pragma once

#include <string>

#include "server/ids.hpp"

namespace trede::practice {

std::int64_t day_of(Milliseconds at_ms);  // days since 1970
std::string date_of(Milliseconds at_ms);  // YYYY-MM-DD
bool is_date(const std::string& text);    // YYYY-MM-DD, and a day that exists

}  // namespace trede::practice
