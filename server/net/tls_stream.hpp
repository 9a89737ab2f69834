// TLS on a TCP connection, the server's side. OpenSSL reads and writes the socket itself and lets its buffers go when
// nothing is on its way, so that a quiet connection takes a third of what it takes with Asio's stream
// (docs/decisions/0020). On the loop of its socket; one reading and one writing at a time.
#pragma once

#include <openssl/ssl.h>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/container/static_vector.hpp>

#include <optional>

#include "server/net/openssl_owned.hpp"
#include "server/net/socket.hpp"

namespace trede::net {

class TlsStream {
 public:
  // The first sixteen pieces of what Beast reads into or writes from; "some" may be fewer than all.
  template <class Buffer>
  using Pieces = boost::container::static_vector<Buffer, 16>;
  using Handler = boost::asio::any_completion_handler<void(boost::system::error_code, std::size_t)>;

  TlsStream(Socket socket, boost::asio::ssl::context& context);
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  Socket& tcp() { return wire_.socket; }

  awaitable<bool> shake_hands();
  awaitable<void> finish();  // says that nothing more comes, and hears that the peer knows

  // The handler is called on the loop, never before these return. End: the peer said that nothing more comes.
  void read_some(Pieces<boost::asio::mutable_buffer> into, Handler handler);
  void write_some(Pieces<boost::asio::const_buffer> from, Handler handler);

  // What OpenSSL reads and writes.
  struct Wire {
    Socket socket;
    boost::system::error_code failure;  // of the last time
  };

 private:
  // How a call of OpenSSL went: it waits for the socket, failed, or is done.
  struct Attempt {
    std::optional<Socket::wait_type> waits_for;
    boost::system::error_code failure;
    std::size_t count = 0;
  };

  Attempt outcome_of(int returned, std::size_t count = 0);
  Attempt read_now(const Pieces<boost::asio::mutable_buffer>& into);
  Attempt write_now(const Pieces<boost::asio::const_buffer>& from);
  awaitable<boost::system::error_code> repeat(int (*call)(SSL*));
  template <class Buffers>
  void go_on(Attempt (TlsStream::*call)(const Buffers&), Buffers buffers, Handler handler, bool at_once);

  Wire wire_;
  OpensslOwned<SSL, SSL_free> ssl_;
};

}  // namespace trede::net
