// The web server: sockets on this machine, or on any address inside TLS, pages, media, sign-in and WebSockets.
// open(), stop() and the destructor belong to the thread that owns the program; everything else runs on the loops.
#pragma once

#include <cstdint>
#include <memory>

#include "server/accounts/account_service.hpp"
#include "server/net/config.hpp"
#include "server/net/conversation.hpp"
#include "server/net/loops.hpp"

namespace trede::net {

class Server {
 public:
  // Binds and begins to accept. Unavailable with one sentence when the port is taken; Invalid, naming the ways, for
  // plain HTTP on an address that other machines reach.
  static Result<std::unique_ptr<Server>> open(Loops& loops, ServerConfig config,
                                              accounts::AccountService& accounts,
                                              OpenConversation open_conversation);
  ~Server();  // stop()

  std::uint16_t port() const;

  // For connections from now on; those that are open keep theirs. On a server that began with TLS.
  void renew_certificate(TlsPointer renewed);

  // No new connections; running requests and messages are answered, WebSockets closed with 1001. Returns when
  // all sockets are gone, after limits::stop_time at the latest. The loops must run.
  void stop();

 private:
  struct Parts;
  explicit Server(std::shared_ptr<Parts> parts);
  std::shared_ptr<Parts> parts_;
};

}  // namespace trede::net
