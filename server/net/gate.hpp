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

// The page comes from the very host the request goes to, over https when the request does (secure).
bool is_same_origin(std::string_view origin, std::string_view host, bool secure);

// What a web server in front tells of the request it passes on. Believed only when it connects from this machine.
struct Forwarded {
  std::string
      address;  // of the client: the last that X-Forwarded-For names, which the web server itself added
  bool secure = false;  // X-Forwarded-Proto: https
};
Forwarded forwarded(std::string_view peer, std::string_view forwarded_for, std::string_view protocol);

bool is_loopback(std::string_view address);

}  // namespace trede::net
