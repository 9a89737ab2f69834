#include "server/net/cookie.hpp"

#include "content/trim.hpp"

namespace trede::net {

std::string cookie_name(std::string_view door, bool secure) {
  std::string name = secure ? "__Host-trede" : "trede";
  if (!door.empty()) name.append("-").append(door.substr(1));
  return name;
}

// Lax would send it along from a link on another site; nobody comes to a page of ours that way signed in.
std::string session_cookie(std::string_view door, bool secure, std::string_view token,
                           std::chrono::seconds lasts) {
  return cookie_name(door, secure) + '=' + std::string(token) + "; HttpOnly; " + (secure ? "Secure; " : "") +
         "SameSite=Strict; Path=/; Max-Age=" + std::to_string(lasts.count());
}

std::string cookie_in(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = header.find(';');
    const std::string_view pair = content::trim(header.substr(0, end));
    const std::size_t equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
    header = end == header.npos ? std::string_view() : header.substr(end + 1);
  }
  return {};
}

}  // namespace trede::net
