// One TCP connection, plain or inside TLS, as one type: sessions are compiled once for both, and Beast is what takes
// longest to compile here. A plain connection is read and written directly; a handler of a TLS connection is type
// erased, which costs one allocation beside its cipher. On the loop of its socket.
#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/container/static_vector.hpp>

#include <memory>

#include "server/async.hpp"

namespace boost::asio::ssl {
class context;
}

namespace trede::net {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

class Channel {
 public:
  using executor_type = Executor;

  explicit Channel(Socket socket);
  // Inside TLS, with the certificate of the context; shake_hands() comes first.
  Channel(Socket socket, boost::asio::ssl::context& context);
  Channel(Channel&&) noexcept;
  ~Channel();

  Executor get_executor() noexcept { return loop_; }
  bool is_secure() const { return tls_ != nullptr; }
  Socket& tcp();

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
          read_tls(pieces_of<boost::asio::mutable_buffer>(into), std::move(handler));
        },
        token, buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const Buffers& from) {
          if (!tls_) return plain_.async_write_some(from, std::move(handler));
          write_tls(pieces_of<boost::asio::const_buffer>(from), std::move(handler));
        },
        token, buffers);
  }

 private:
  struct Tls;
  using Handler = boost::asio::any_completion_handler<void(boost::system::error_code, std::size_t)>;
  template <class Buffer>
  using Pieces = boost::container::static_vector<Buffer, 16>;

  // The first sixteen; "some" may be fewer than all.
  template <class Buffer, class Buffers>
  static Pieces<Buffer> pieces_of(const Buffers& buffers) {
    Pieces<Buffer> pieces;
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end && pieces.size() < 16; ++at)
      pieces.push_back(Buffer(*at));
    return pieces;
  }

  void read_tls(Pieces<boost::asio::mutable_buffer> into, Handler handler);
  void write_tls(Pieces<boost::asio::const_buffer> from, Handler handler);

  Executor loop_;
  Socket plain_;  // moved into tls_ when there is one
  std::unique_ptr<Tls> tls_;
};

}  // namespace trede::net
