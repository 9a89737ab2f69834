#include "server/net/channel.hpp"

#include <boost/asio/ssl/stream.hpp>

namespace trede::net {

namespace ssl = boost::asio::ssl;

struct Channel::Tls {
  Tls(Socket socket, ssl::context& context) : stream(std::move(socket), context) {}
  ssl::stream<Socket> stream;
};

Channel::Channel(Socket socket) : loop_(socket.get_executor()), plain_(std::move(socket)) {}

Channel::Channel(Socket socket, ssl::context& context) : loop_(socket.get_executor()), plain_(loop_) {
  tls_ = std::make_unique<Tls>(std::move(socket), context);
}

Channel::Channel(Channel&&) noexcept = default;
Channel::~Channel() = default;

Socket& Channel::tcp() {
  return tls_ ? tls_->stream.next_layer() : plain_;
}

awaitable<bool> Channel::shake_hands() {
  if (!tls_) co_return true;
  const auto [failure] = co_await tls_->stream.async_handshake(ssl::stream_base::server, quietly);
  co_return !failure;
}

awaitable<void> Channel::finish() {
  if (tls_) co_await tls_->stream.async_shutdown(quietly);
  boost::system::error_code ignored;
  tcp().shutdown(Socket::shutdown_send, ignored);
}

void Channel::close() {
  boost::system::error_code ignored;
  tcp().close(ignored);
}

void Channel::read_tls(Pieces<boost::asio::mutable_buffer> into, Handler handler) {
  tls_->stream.async_read_some(into, std::move(handler));
}

void Channel::write_tls(Pieces<boost::asio::const_buffer> from, Handler handler) {
  tls_->stream.async_write_some(from, std::move(handler));
}

}  // namespace trede::net
