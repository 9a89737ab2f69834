// What all sockets of one server share. Immutable after the start, but for what its parts do with their own
// threads.
#pragma once

#include <memory>

#include "server/net/channel.hpp"
#include "server/net/connections.hpp"
#include "server/net/conversation.hpp"
#include "server/net/floods.hpp"
#include "server/net/routes.hpp"

namespace trede::net {

struct Site {
  Site(ServerConfig config, accounts::AccountService& service, OpenConversation opening)
      : strict_transport(config.strict_transport),
        behind_proxy(config.behind_proxy),
        routes(std::move(config), service, figures),
        accounts(service),
        open_conversation(std::move(opening)) {}

  NetFigures figures;
  Floods floods;
  bool strict_transport;  // as in ServerConfig
  bool behind_proxy;
  Routes routes;
  accounts::AccountService& accounts;
  OpenConversation open_conversation;
};

}  // namespace trede::net
