// One of the thousands of browser connections that `trede load` holds on one thread: a WebSocket whose texts arrive as
// calls. Everything runs on the thread that runs the context.
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/commands/websocket_client.hpp"

namespace trede::commands {

class LoadSocket {
 public:
  struct Events {
    std::function<void()> opened;
    std::function<void(std::string_view)> text;
    std::function<void(const std::string&)> lost;  // once, with the reason; nothing comes after it
  };

  LoadSocket(boost::asio::io_context& context, Events events);
  ~LoadSocket();  // after the context ended

  // source: the loopback address to come from, because a server bounds the connections of each.
  void open(const ServerAddress& address, const std::string& source, const std::string& cookie);
  void send(std::string text);
  void close();  // without a word; lost is not told

 private:
  struct Stream;
  std::shared_ptr<Stream> stream_;
};

}  // namespace trede::commands
