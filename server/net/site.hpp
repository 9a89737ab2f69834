// What all sockets of one server share. Immutable after the start, but for what its parts do with their own
// threads.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>

#include "server/net/connections.hpp"
#include "server/net/conversation.hpp"
#include "server/net/routes.hpp"

namespace trede::net {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

struct Site {
  Site(ServerConfig config, accounts::AccountService& service, OpenConversation opening)
      : routes(std::move(config), service), accounts(service), open_conversation(std::move(opening)) {}

  Routes routes;
  accounts::AccountService& accounts;
  OpenConversation open_conversation;
};

}  // namespace trede::net
