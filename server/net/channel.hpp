// One TCP connection, plain or inside TLS, as one type: sessions are compiled once for both, and Beast is what takes
// longest to compile here. A plain connection is read and written directly; a handler of a TLS connection is type
// erased, which costs one allocation beside its cipher. On the loop of its socket.
#pragma once

#include <memory>

#include "server/net/tls_stream.hpp"

namespace trede::net {

class Channel {
 public:
  using executor_type = Executor;

  explicit Channel(Socket socket);
  // Inside TLS, with the certificate of the context; shake_hands() comes first.
  Channel(Socket socket, boost::asio::ssl::context& context);

  Executor get_executor() noexcept { return loop_; }
  bool is_secure() const { return tls_ != nullptr; }
  Socket& tcp() { return tls_ ? tls_->tcp() : plain_; }

  // The server's side of the TLS handshake; at once on a plain connection. False when it fails.
  awaitable<bool> shake_hands();
  // Says that nothing more comes (TLS: close_notify); what the peer still sends can be read when it is plain.
  awaitable<void> finish();
  void close();

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const Buffers& into) {
          if (!tls_) return plain_.async_read_some(into, std::move(handler));
          tls_->read_some(pieces_of<boost::asio::mutable_buffer>(into), std::move(handler));
        },
        token, buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const Buffers& from) {
          if (!tls_) return plain_.async_write_some(from, std::move(handler));
          tls_->write_some(pieces_of<boost::asio::const_buffer>(from), std::move(handler));
        },
        token, buffers);
  }

 private:
  template <class Buffer, class Buffers>
  static TlsStream::Pieces<Buffer> pieces_of(const Buffers& buffers) {
    TlsStream::Pieces<Buffer> pieces;
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != end && pieces.size() < pieces.capacity(); ++at)
      pieces.push_back(Buffer(*at));
    return pieces;
  }

  Executor loop_;
  Socket plain_;  // moved into tls_ when there is one
  std::unique_ptr<TlsStream> tls_;
};

}  // namespace trede::net
