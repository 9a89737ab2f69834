#include "server/net/url.hpp"

#include <fmt/format.h>

#include <charconv>
#include <regex>

#include "server/net/gate.hpp"
#include "server/net/provider_limits.hpp"

namespace trede::net {

std::optional<Url> read_url(std::string_view text) {
  if (text.size() > limits::address_bytes) return std::nullopt;
  static const std::regex form(
      R"((https?)://(([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?)(/[!-"$-~]*)?)");
  std::match_results<std::string_view::const_iterator> parts;
  if (!std::regex_match(text.begin(), text.end(), parts, form)) return std::nullopt;
  Url url;
  url.secure = parts[1] == "https";
  url.authority = parts[2].str();
  url.host = parts[3].str();
  if (url.host.starts_with('[')) url.host = url.host.substr(1, url.host.size() - 2);
  url.port = url.secure ? 443 : 80;
  if (parts[4].matched) {
    const std::string digits = parts[4].str();
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (failure != std::errc() || url.port == 0) return std::nullopt;
  }
  if (parts[5].matched) url.target = parts[5].str();
  return url;
}

bool is_on_this_machine(const Url& url) {
  return url.host == "localhost" || is_loopback(url.host);
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (plain.find(c) != plain.npos)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace trede::net
