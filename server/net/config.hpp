// What the web server is told when it starts. A value.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace trede::net {

struct ServerConfig {
  std::uint16_t port = 8080;    // 0: any free one
  std::filesystem::path web;    // the built pages; may be missing
  std::filesystem::path media;  // uploads are stored and served here; exists
  std::vector<std::filesystem::path> more_media =
      {};                                 // read-only folders behind /media/, such as the starter videos
  std::vector<std::string> hosts = {};    // names besides localhost, 127.0.0.1 and [::1], without port
  std::chrono::milliseconds sweep{1000};  // limits.hpp's seconds are counted in sweeps
};

}  // namespace trede::net
