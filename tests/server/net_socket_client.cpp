#include "tests/server/net_socket_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "tests/support/catch.hpp"

namespace trede::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

struct SocketClient::Stream {
  asio::io_context context;
  websocket::stream<asio::ip::tcp::socket> socket{context};
};

SocketClient::SocketClient(std::uint16_t port, const std::string& cookie_line, const std::string& origin)
    : stream_(std::make_unique<Stream>()) {
  auto& socket = stream_->socket;
  socket.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
  socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    if (!origin.empty()) request.set(http::field::origin, origin);
    const std::string name = "Cookie: ";
    if (cookie_line.starts_with(name))
      request.set(http::field::cookie, cookie_line.substr(name.size(), cookie_line.size() - name.size() - 2));
  }));
  websocket::response_type response;
  beast::error_code failure;
  socket.handshake(response, "localhost", "/ws", failure);
  if (failure) refused_with_ = response.result_int();
}

SocketClient::~SocketClient() = default;

void SocketClient::send(const std::string& text) {
  beast::error_code ignored;  // the server may have closed, which close_code() tells
  stream_->socket.text(true);
  stream_->socket.write(asio::buffer(text), ignored);
}

void SocketClient::send_binary(const std::string& bytes) {
  stream_->socket.binary(true);
  stream_->socket.write(asio::buffer(bytes));
}

std::optional<std::string> SocketClient::receive() {
  beast::flat_buffer buffer;
  beast::error_code failure;
  stream_->socket.read(buffer, failure);
  if (failure) return std::nullopt;
  return beast::buffers_to_string(buffer.data());
}

unsigned SocketClient::close_code() {
  while (receive()) {
  }
  const unsigned code = stream_->socket.reason().code;
  return code == 0 ? 1006 : code;
}

std::string SocketClient::echo(const std::string& text) {
  send("echo " + text);
  return receive().value_or("closed");
}

}  // namespace trede::net
