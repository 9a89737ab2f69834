// What the web server counts about itself. Any thread.
#pragma once

#include "server/figures.hpp"

namespace trede::net {

struct NetFigures {
  Gauge http_connections;
  Gauge websockets;
  Counter refused_connections;     // beyond the bounds of limits.hpp
  Counter failed_handshakes;       // of TLS
  std::array<Counter, 6> replies;  // by the first digit of their status
  Counter messages;                // from browsers
  Counter frames;                  // to browsers
  Counter floods;                  // WebSockets closed because they said too much …
  Counter slow_readers;            // … or listened too slowly
  Durations frame_wait;            // from an outbox to the system's socket
};

}  // namespace trede::net
