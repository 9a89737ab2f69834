// The cookie of a session: how it is called and marked. What its value means is the accounts' business. Pure functions;
// any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace trede::net {

// One for each door ("/pupil", …, or ""), so that a teacher may look at the pupil's page in the same browser. Through
// TLS the name begins with __Host-: such a cookie can only have been set by this very host, over https.
std::string cookie_name(std::string_view door, bool secure);

// Where the way to the school's provider ends: the cookie that binds it to a browser is called so.
inline constexpr std::string_view school_door = "/school";

// The value of Set-Cookie. An empty token with no time left takes the cookie away.
std::string session_cookie(std::string_view door, bool secure, std::string_view token,
                           std::chrono::seconds lasts);

// The value of the cookie called name, or nothing.
std::string cookie_in(std::string_view header, std::string_view name);

}  // namespace trede::net
