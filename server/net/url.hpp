// Addresses that the server itself asks something of: http and https, without user, password and fragment. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trede::net {

struct Url {
  bool secure = true;
  std::string host;  // a name, or an address as IPv6 has it without brackets
  std::uint16_t port = 443;
  std::string target = "/";  // with its query
  std::string authority;     // as the Host header says it
};

// None when it is no such address, or longer than limits::address_bytes.
std::optional<Url> read_url(std::string_view text);

// Whether it names this machine: localhost or an address of the loopback.
bool is_on_this_machine(const Url& url);

// For a query or a form: everything but ASCII letters, digits and - . _ ~ as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace trede::net
