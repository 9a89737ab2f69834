// The seam between sockets and the rest of the server: a WebSocket hands each text to its Conversation and
// sends what the Conversation (or anybody who watches) puts in its Outbox. Conversations live on the loop of
// their socket.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/accounts/account.hpp"
#include "server/async.hpp"

namespace trede::net {

// Numbers as they go over the wire (RFC 6455 §7.4; 4000 and up are our own).
enum class CloseReason : std::uint16_t {
  Normal = 1000,
  GoingAway = 1001,  // the server stops
  NotText = 1003,
  Misbehaviour = 1008,  // floods, or says what it must not
  TooBig = 1009,
  Failure = 1011,       // a fault of ours
  TooSlow = 1013,       // the reader lags; come back for a snapshot
  SignedOut = 4401,     // the session ended elsewhere or expired
  RightsChanged = 4403  // another role or other classes; come back for what may be seen now
};

// Where the frames for one browser wait. Any thread; nothing happens once the socket is closed. A full outbox
// closes it.
class Outbox {
 public:
  virtual ~Outbox() = default;
  virtual void send(std::shared_ptr<const std::string> frame) = 0;
  virtual void close(CloseReason reason) = 0;
  virtual Executor loop() const = 0;  // where the conversation lives
};

// What is said over one socket. All calls on the socket's loop.
class Conversation {
 public:
  virtual ~Conversation() = default;
  // One message after another: the next is read when this one's coroutine ended. An exception closes the
  // socket with Failure.
  virtual awaitable<void> receive(std::string text) = 0;
  // Once, after the last receive; the conversation is destroyed next.
  virtual void closed() = 0;
};

// Called on the socket's loop, after the upgrade.
using OpenConversation =
    std::function<std::unique_ptr<Conversation>(const accounts::Account&, std::shared_ptr<Outbox>)>;

}  // namespace trede::net
