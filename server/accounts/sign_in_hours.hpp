// When the pupils of a class may sign in: at set hours, or as their teacher says for the rest of a day. Hours are those
// of the machine's time zone (TZ), which is the school's. Pure functions of the injected time; any thread.
#pragma once

#include "content/result.hpp"
#include "server/accounts/account.hpp"

namespace trede::accounts {

inline constexpr protocol::SignInHours always_open{0, 1440, 0, 1440};
// School and homework, not the night.
inline constexpr protocol::SignInHours ordinary_hours{7 * 60, 21 * 60, 7 * 60, 21 * 60};

bool is_open(const Class& school_class, Milliseconds now);

// The teacher's word of today, if it still holds: open, closed; else empty.
std::string said_today(const Class& school_class, Milliseconds now);

// The end of the day that now is in.
Milliseconds end_of_day(Milliseconds now);

// Nothing when the hours can be kept to: whole minutes of one day, from before until.
std::optional<Error> problem_with(const protocol::SignInHours& hours);

}  // namespace trede::accounts
