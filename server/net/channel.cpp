#include "server/net/channel.hpp"

namespace trede::net {

Channel::Channel(Socket socket) : loop_(socket.get_executor()), plain_(std::move(socket)) {}

Channel::Channel(Socket socket, boost::asio::ssl::context& context)
    : loop_(socket.get_executor()),
      plain_(loop_),
      tls_(std::make_unique<TlsStream>(std::move(socket), context)) {}

awaitable<bool> Channel::shake_hands() {
  if (!tls_) co_return true;
  co_return co_await tls_->shake_hands();
}

awaitable<void> Channel::finish() {
  if (tls_) co_await tls_->finish();
  boost::system::error_code ignored;
  tcp().shutdown(Socket::shutdown_send, ignored);
}

void Channel::close() {
  boost::system::error_code ignored;
  tcp().close(ignored);
}

}  // namespace trede::net
