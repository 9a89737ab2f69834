// One WebSocket: texts in to its Conversation, frames out of its bounded outbox, one write at a time. Only
// the two sessions include this header, because of what Beast costs to compile.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include "server/net/site.hpp"

namespace trede::net {

struct Upgrade {
  boost::beast::http::request<boost::beast::http::empty_body> request;
  accounts::Account account;
  std::string token;
};

// Converses until the socket closes; called on its loop.
awaitable<void> converse(Channel channel, Upgrade upgrade, std::shared_ptr<Site> site,
                         std::shared_ptr<Connections> connections, std::shared_ptr<void> admission);

}  // namespace trede::net
