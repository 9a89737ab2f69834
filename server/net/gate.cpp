#include "server/net/gate.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace trede::net {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The name without its port; empty when it cannot be one.
std::string name_of(std::string_view host) {
  const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
  if (bracket == host.npos) return {};
  const std::size_t colon = host.find(':', bracket);
  if (colon == host.npos) return lower(host);
  return is_port(host.substr(colon + 1)) ? lower(host.substr(0, colon)) : std::string();
}

}  // namespace

bool is_our_host(std::string_view host, std::span<const std::string> names) {
  const std::string name = name_of(host);
  if (name == "localhost" || name == "127.0.0.1" || name == "[::1]") return true;
  return !name.empty() && std::any_of(names.begin(), names.end(),
                                      [&](const std::string& ours) { return lower(ours) == name; });
}

bool is_same_origin(std::string_view origin, std::string_view host, bool secure) {
  const std::string_view scheme = secure ? "https://" : "http://";
  return origin.starts_with(scheme) && !host.empty() && lower(origin.substr(scheme.size())) == lower(host);
}

Forwarded forwarded(std::string_view peer, std::string_view forwarded_for, std::string_view protocol) {
  if (!is_loopback(peer)) return {std::string(peer), false};
  const std::size_t comma = forwarded_for.rfind(',');
  std::string last(comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1));
  std::erase(last, ' ');
  boost::system::error_code unreadable;
  const auto address = boost::asio::ip::make_address(last, unreadable);
  return {unreadable ? std::string(peer) : address.to_string(), protocol == "https"};
}

bool is_loopback(std::string_view address) {
  boost::system::error_code unreadable;
  const auto read = boost::asio::ip::make_address(std::string(address), unreadable);
  return !unreadable && read.is_loopback();
}

}  // namespace trede::net
