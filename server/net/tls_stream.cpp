#include "server/net/tls_stream.hpp"

#include <openssl/err.h>
#include <boost/asio/ssl/error.hpp>

#include <algorithm>
#include <array>

namespace trede::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t record_bytes = 16 * 1024;  // of text in one record of TLS

TlsStream::Wire& wire_of(BIO* bio) {
  return *static_cast<TlsStream::Wire*>(BIO_get_data(bio));
}

int received(BIO* bio, char* into, std::size_t room, std::size_t* count) {
  TlsStream::Wire& wire = wire_of(bio);
  BIO_clear_retry_flags(bio);
  *count = wire.socket.receive(asio::buffer(into, room), 0, wire.failure);
  if (wire.failure == asio::error::would_block) BIO_set_retry_read(bio);
  return wire.failure ? 0 : 1;
}

// By the socket of Asio, which raises no signal when the peer is gone.
int sent(BIO* bio, const char* from, std::size_t length, std::size_t* count) {
  TlsStream::Wire& wire = wire_of(bio);
  BIO_clear_retry_flags(bio);
  *count = wire.socket.send(asio::buffer(from, length), 0, wire.failure);
  if (wire.failure == asio::error::would_block) BIO_set_retry_write(bio);
  return wire.failure ? 0 : 1;
}

long told(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_EOF) return wire_of(bio).failure == asio::error::eof;
  return command == BIO_CTRL_FLUSH;  // nothing waits here
}

BIO_METHOD* through_asio() {
  static const OpensslOwned<BIO_METHOD, BIO_meth_free> method = [] {
    OpensslOwned<BIO_METHOD, BIO_meth_free> made(
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "Asio"));
    ENSURE(made);
    BIO_meth_set_read_ex(made.get(), received);
    BIO_meth_set_write_ex(made.get(), sent);
    BIO_meth_set_ctrl(made.get(), told);
    return made;
  }();
  return method.get();
}

// The first call sends our goodbye, the next ones wait for the peer's.
int goodbye(SSL* ssl) {
  const int heard = SSL_shutdown(ssl);
  return heard == 0 ? SSL_shutdown(ssl) : heard;
}

}  // namespace

TlsStream::TlsStream(Socket socket, asio::ssl::context& context)
    : wire_{std::move(socket), {}}, ssl_(SSL_new(context.native_handle())) {
  BIO* bio = BIO_new(through_asio());
  ENSURE(ssl_ && bio);
  BIO_set_data(bio, &wire_);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);  // takes it
  SSL_set_accept_state(ssl_.get());
  SSL_set_read_ahead(ssl_.get(), 1);  // a record in one reading of the socket, not in two
  // What waits may be asked for again from another place: Beast moves its operations.
  SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  error_code failure;
  wire_.socket.non_blocking(true, failure);  // a socket that is gone already is found when it is read
}

awaitable<bool> TlsStream::shake_hands() {
  co_return !co_await repeat(SSL_do_handshake);
}

awaitable<void> TlsStream::finish() {
  co_await repeat(goodbye);
}

awaitable<error_code> TlsStream::repeat(int (*call)(SSL*)) {
  while (true) {
    ERR_clear_error();
    const Attempt attempt = outcome_of(call(ssl_.get()));
    if (!attempt.waits_for) co_return attempt.failure;
    const auto [failure] = co_await wire_.socket.async_wait(*attempt.waits_for, quietly);
    if (failure) co_return failure;
  }
}

void TlsStream::read_some(Pieces<asio::mutable_buffer> into, Handler handler) {
  go_on(&TlsStream::read_now, std::move(into), std::move(handler), false);
}

void TlsStream::write_some(Pieces<asio::const_buffer> from, Handler handler) {
  go_on(&TlsStream::write_now, std::move(from), std::move(handler), false);
}

TlsStream::Attempt TlsStream::outcome_of(int returned, std::size_t count) {
  switch (SSL_get_error(ssl_.get(), returned)) {
    case SSL_ERROR_NONE:
      return {{}, {}, count};
    case SSL_ERROR_WANT_READ:
      return {Socket::wait_read, {}};
    case SSL_ERROR_WANT_WRITE:
      return {Socket::wait_write, {}};
    case SSL_ERROR_ZERO_RETURN:
      return {{}, asio::error::eof};
    case SSL_ERROR_SYSCALL:
      return {{}, wire_.failure ? wire_.failure : asio::error::connection_aborted};
    default:
      return {{}, error_code(static_cast<int>(ERR_get_error()), asio::error::get_ssl_category())};
  }
}

TlsStream::Attempt TlsStream::read_now(const Pieces<asio::mutable_buffer>& into) {
  const auto empty = [](const asio::mutable_buffer& piece) { return piece.size() == 0; };
  const auto first = std::find_if_not(into.begin(), into.end(), empty);
  if (first == into.end()) return {};
  std::size_t count = 0;
  ERR_clear_error();
  const int returned = SSL_read_ex(ssl_.get(), first->data(), first->size(), &count);
  return outcome_of(returned, count);
}

// Small pieces, a frame's head and its text, go into one record.
TlsStream::Attempt TlsStream::write_now(const Pieces<asio::const_buffer>& from) {
  if (asio::buffer_size(from) == 0) return {};
  std::array<char, record_bytes> together;
  asio::const_buffer record = from.front();
  if (record.size() < record_bytes && from.size() > 1)
    record = asio::buffer(together, asio::buffer_copy(asio::buffer(together), from));
  std::size_t count = 0;
  ERR_clear_error();
  const int returned = SSL_write_ex(ssl_.get(), record.data(), record.size(), &count);
  return outcome_of(returned, count);
}

template <class Buffers>
void TlsStream::go_on(Attempt (TlsStream::*call)(const Buffers&), Buffers buffers, Handler handler,
                      bool at_once) {
  const Attempt attempt = (this->*call)(buffers);
  if (attempt.waits_for) {
    auto again = [this, call, buffers = std::move(buffers),
                  handler = std::move(handler)](error_code failure) mutable {
      if (failure) return std::move(handler)(failure, 0);
      go_on(call, std::move(buffers), std::move(handler), true);
    };
    return wire_.socket.async_wait(*attempt.waits_for, std::move(again));
  }
  if (at_once) return std::move(handler)(attempt.failure, attempt.count);
  asio::post(wire_.socket.get_executor(), [handler = std::move(handler), attempt]() mutable {
    std::move(handler)(attempt.failure, attempt.count);
  });
}

}  // namespace trede::net
