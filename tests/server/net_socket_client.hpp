// A WebSocket client for tests, blocking. Beast stays in its .cpp, because of what it costs to compile.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace trede::net {

class SocketClient {
 public:
  // Connects to /ws at once. Header lines as in net_support.hpp; origin "" sends none.
  SocketClient(std::uint16_t port, const std::string& cookie_line,
               const std::string& origin = "http://localhost");
  ~SocketClient();

  unsigned refused_with() const { return refused_with_; }  // the HTTP status; 0 = the socket is open
  void send(const std::string& text);
  void send_binary(const std::string& bytes);
  std::optional<std::string> receive();  // nothing when the server closed
  unsigned close_code();  // reads on until the server closes; 1006 when it did so without a word
  std::string echo(const std::string& text);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  unsigned refused_with_ = 0;
};

}  // namespace trede::net
