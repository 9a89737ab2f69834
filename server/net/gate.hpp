// Who may talk to us from which page: the checks against other sites that use a signed-in browser (CSRF, DNS
// rebinding). Pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace trede::net {

// localhost, 127.0.0.1, [::1] or one of the names, with or without a port: a foreign name that resolves to us
// is refused.
bool is_our_host(std::string_view host, std::span<const std::string> names);

// The page comes from the very host the request goes to.
bool is_same_origin(std::string_view origin, std::string_view host);

}  // namespace trede::net
