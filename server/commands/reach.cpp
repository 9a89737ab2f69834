#include "server/commands/reach.hpp"

#include <fmt/format.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <unistd.h>

#include <array>

namespace trede::commands {
namespace {

const std::vector<std::string> everywhere{"0.0.0.0", "::"};

// The addresses under which other machines may know this one, but for link-local ones.
std::vector<std::string> own_addresses() {
  std::vector<std::string> addresses;
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return addresses;
  for (const ifaddrs* each = all; each; each = each->ifa_next) {
    if (!each->ifa_addr || (each->ifa_addr->sa_family != AF_INET && each->ifa_addr->sa_family != AF_INET6))
      continue;
    const socklen_t length =
        each->ifa_addr->sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    std::array<char, NI_MAXHOST> text{};
    getnameinfo(each->ifa_addr, length, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    const std::string address(text.data());
    if (!address.empty() && address.find('%') == address.npos) addresses.push_back(address);
  }
  freeifaddrs(all);
  return addresses;
}

std::string machine_name() {
  std::array<char, 256> name{};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

// As a Host header names it.
std::string as_host(const std::string& address) {
  return address.find(':') == address.npos ? address : '[' + address + ']';
}

Result<void> show_in_one_room(const Reach& reach, Milliseconds now_ms, net::ServerConfig& config) {
  std::vector<std::string> names = own_addresses();
  for (const std::string& name : {std::string("localhost"), machine_name()})
    if (!name.empty()) names.push_back(name);
  names.insert(names.end(), reach.names.begin(), reach.names.end());
  auto made = net::make_demo_certificate(names, now_ms);
  if (made.has_error()) return made.error();
  config.tls = made->context;
  for (const std::string& name : names) config.hosts.push_back(as_host(name));
  fmt::print(
      "A certificate for this demonstration was made. Browsers warn that nobody signed it; compare its\n"
      "fingerprint (SHA-256) before you go on:\n  {}\n",
      made->fingerprint);
  return {};
}

}  // namespace

void add_reach_options(CLI::App& command, Reach& reach) {
  command.add_option(
      "--listen", reach.addresses,
      "Addresses to listen on (default: every one with TLS of our own, else 127.0.0.1 and ::1)");
  command.add_option("--host-name", reach.names,
                     "Names under which browsers know the server; others are refused");
  command.add_option("--tls-cert", reach.certificate,
                     "Certificate with its chain, PEM; read again on SIGHUP without closing a connection");
  command.add_option("--tls-key", reach.key, "Private key of the certificate, PEM");
  command.add_flag("--behind-proxy", reach.behind_proxy,
                   "A web server on this machine does TLS and passes on Host, X-Forwarded-For and -Proto");
  command.add_flag("--lan-demo", reach.lan_demo,
                   "Make a certificate that nobody signed, to show Trede to a room; prints its fingerprint");
}

Result<void> apply(const Reach& reach, Milliseconds now_ms, net::ServerConfig& config) {
  if (reach.has_certificate() + reach.behind_proxy + reach.lan_demo > 1)
    return Error{ErrorCode::Invalid,
                 "choose one of --tls-cert with --tls-key, --behind-proxy and --lan-demo"};
  config.hosts = reach.names;
  config.behind_proxy = reach.behind_proxy;
  if (reach.has_certificate()) {
    if (reach.certificate.empty() || reach.key.empty())
      return Error{ErrorCode::Invalid, "--tls-cert and --tls-key go together"};
    auto read = net::read_certificate(reach.certificate, reach.key);
    if (read.has_error()) return read.error();
    config.tls = *read;
    config.strict_transport = true;
  }
  config.strict_transport = config.strict_transport || reach.behind_proxy;
  if (reach.lan_demo)
    if (const auto shown = show_in_one_room(reach, now_ms, config); shown.has_error()) return shown;
  if (!reach.addresses.empty())
    config.addresses = reach.addresses;
  else if (config.tls)
    config.addresses = everywhere;
  return {};
}

std::string front_door(const Reach& reach, std::uint16_t port) {
  const bool secure = reach.has_certificate() || reach.lan_demo;
  if (reach.behind_proxy && !reach.names.empty()) return "https://" + reach.names.front();
  const std::string name = reach.names.empty() ? "localhost" : reach.names.front();
  const bool usual_port = secure && port == 443;
  return fmt::format("{}://{}{}", secure ? "https" : "http", name,
                     usual_port ? "" : fmt::format(":{}", port));
}

}  // namespace trede::commands
