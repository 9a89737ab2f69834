// A browser's connection for the commands that play pupils: signs in over HTTP, then speaks texts over one
// WebSocket. Blocking; one thread uses a client, several threads have one each. It connects to this machine
// only: a command that answers exercises by itself has no business on somebody else's server.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "content/result.hpp"
#include "server/protocol/messages.hpp"

namespace trede::commands {

struct ServerAddress {
  std::string host;  // as in the URL: localhost, 127.0.0.1 or [::1]
  std::uint16_t port = 0;

  std::string authority() const { return host + ':' + std::to_string(port); }
};

// "http://localhost:8080", a slash behind it or not. Invalid for anything that is not this machine.
Result<ServerAddress> parse_address(std::string_view url);

// POST /api/sign-in on a connection of its own; gives the cookie of the session, "name=value".
Result<std::string> sign_in(const ServerAddress& address, const protocol::SignIn& who);

class WebSocketClient {
 public:
  using Duration = std::chrono::steady_clock::duration;

  // Signs in and opens /ws. Unavailable when nobody answers, otherwise the server's refusal.
  static Result<std::unique_ptr<WebSocketClient>> open(const ServerAddress& address,
                                                       const protocol::SignIn& who);
  ~WebSocketClient();

  Result<void> send(std::string text);
  Result<std::string> receive();  // Unavailable when nothing comes within ten seconds
  // Waits and stays awake for the server's pings; Unavailable when the connection ended meanwhile.
  Result<void> pause(Duration duration);

 private:
  struct Stream;
  explicit WebSocketClient(std::unique_ptr<Stream> stream);
  std::unique_ptr<Stream> stream_;
};

}  // namespace trede::commands
