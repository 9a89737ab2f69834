// One HTTP connection: reads requests, lets the routes answer, sends the replies; becomes a WebSocket when
// asked. On the loop of its socket.
#pragma once

#include "server/net/site.hpp"

namespace trede::net {

// Serves the socket until it closes. The caller spawns it on the socket's loop.
awaitable<void> serve_http(Channel channel, std::shared_ptr<Site> site,
                           std::shared_ptr<Connections> connections, std::shared_ptr<void> admission);

}  // namespace trede::net
