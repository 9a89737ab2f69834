// What the web server is told when it starts. A value.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/net/net_figures.hpp"
#include "server/net/provider_config.hpp"
#include "server/net/tls.hpp"

namespace trede::net {

struct ServerConfig {
  std::uint16_t port = 8080;    // 0: any free one
  std::filesystem::path web;    // the built pages; may be missing
  std::filesystem::path media;  // uploads are stored and served here; exists
  std::vector<std::filesystem::path> more_media =
      {};                               // read-only folders behind /media/, such as the starter videos
  std::vector<std::string> hosts = {};  // names besides localhost, 127.0.0.1 and [::1], without port
  std::vector<std::string> addresses = {"127.0.0.1", "::1"};  // to listen on; others than these only with TLS
  TlsPointer tls = {};                                        // null: plain HTTP
  bool strict_transport =
      false;                  // tell browsers to use https from now on (HSTS): not with a demo certificate
  bool behind_proxy = false;  // believe X-Forwarded-For and -Proto of a web server on this machine
  std::optional<ProviderConfig> provider = {};  // none: staff sign in with passwords alone
  std::function<bool()> ready = {};  // /readyz: whether answers can be kept; from any loop; none: always
  std::function<std::string(const NetFigures&)> metrics =
      {};                                 // /metrics, for this machine only; from any loop
  std::chrono::milliseconds sweep{1000};  // limits.hpp's seconds are counted in sweeps
};

}  // namespace trede::net
