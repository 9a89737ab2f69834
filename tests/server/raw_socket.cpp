#include "tests/server/raw_socket.hpp"

#include <fmt/format.h>
#include <openssl/x509.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <array>

#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using tcp = boost::asio::ip::tcp;

constexpr std::string_view mask = "\x12\x34\x56\x78";

std::string big_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
  return text;
}

}  // namespace

std::string frame_bytes(const Frame& frame, bool masked, unsigned reserved) {
  const std::size_t size = frame.payload.size();
  const unsigned mask_bit = masked ? 0x80 : 0;
  std::string bytes;
  bytes += static_cast<char>((frame.last ? 0x80 : 0) | reserved << 4 | frame.opcode);
  bytes += static_cast<char>(mask_bit | (size < 126 ? size : size < 65536 ? 126 : 127));
  if (size >= 126) bytes += big_endian(size, size < 65536 ? 2 : 8);
  if (!masked) return bytes + frame.payload;
  bytes += mask;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(frame.payload[i] ^ mask[i % 4]);
  return bytes;
}

struct RawSocket::Stream {
  asio::io_context context;
  ssl::context tls_context{ssl::context::tls_client};
  ssl::stream<tcp::socket> tls{context, tls_context};
  bool is_tls = false;

  tcp::socket& socket() { return tls.next_layer(); }
};

RawSocket::RawSocket(std::uint16_t port, Inside inside, const std::string& source)
    : stream_(std::make_unique<Stream>()) {
  stream_->is_tls = inside == Inside::Tls;
  tcp::socket& socket = stream_->socket();
  socket.open(tcp::v4());
  socket.bind({asio::ip::make_address(source), 0});
  socket.connect({asio::ip::make_address("127.0.0.1"), port});
  const timeval patience{10, 0};
  setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (stream_->is_tls) stream_->tls.handshake(ssl::stream_base::client);
}

RawSocket::~RawSocket() = default;

bool RawSocket::send(const std::string& bytes) {
  boost::system::error_code failure;
  if (stream_->is_tls)
    asio::write(stream_->tls, asio::buffer(bytes), failure);
  else
    asio::write(stream_->socket(), asio::buffer(bytes), failure);
  return !failure;
}

// With recv and not Asio's read, which waits again after the system's timeout.
bool RawSocket::receive_more() {
  std::array<char, 4096> bytes;
  boost::system::error_code failure;
  std::size_t count = 0;
  if (stream_->is_tls) {
    count = stream_->tls.read_some(asio::buffer(bytes), failure);
  } else {
    const ssize_t got = ::recv(stream_->socket().native_handle(), bytes.data(), bytes.size(), 0);
    count = got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  received_.append(bytes.data(), count);
  return count > 0;
}

std::string RawSocket::read_until(const std::string& end) {
  while (received_.find(end) == std::string::npos && receive_more()) {
  }
  const std::size_t found = received_.find(end);
  const std::size_t length = found == std::string::npos ? received_.size() : found + end.size();
  const std::string text = received_.substr(0, length);
  received_.erase(0, length);
  return text;
}

std::string RawSocket::read_all() {
  while (receive_more()) {
  }
  return std::exchange(received_, {});
}

std::optional<Frame> RawSocket::read_frame() {
  const auto need = [this](std::size_t bytes) {
    while (received_.size() < bytes && receive_more()) {
    }
    return received_.size() >= bytes;
  };
  const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(received_[at]); };
  if (!need(2)) return std::nullopt;
  const unsigned code = byte(1) & 0x7F;
  const std::size_t more = code == 126 ? 2 : code == 127 ? 8 : 0;
  if (!need(2 + more)) return std::nullopt;
  std::size_t size = more == 0 ? code : 0;
  for (std::size_t i = 0; i < more; ++i) size = size << 8 | byte(2 + i);
  if (!need(2 + more + size)) return std::nullopt;
  const Frame frame{(byte(0) & 0x80) != 0, byte(0) & 0x0Fu, received_.substr(2 + more, size)};
  received_.erase(0, 2 + more + size);
  return frame;
}

unsigned RawSocket::close_code() {
  while (const auto frame = read_frame()) {
    if (frame->opcode != 8) continue;
    if (frame->payload.size() < 2) return 1005;
    return static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
  }
  return 1006;
}

std::string RawSocket::tls_version() const {
  return SSL_get_version(stream_->tls.native_handle());
}

std::string RawSocket::fingerprint() const {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      SSL_get1_peer_certificate(stream_->tls.native_handle()), &X509_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned length = 0;
  REQUIRE(X509_digest(certificate.get(), EVP_sha256(), digest.data(), &length) == 1);
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest[i]);
  return text;
}

std::string upgrade(RawSocket& socket, const std::string& cookie_line, const std::string& origin) {
  socket.send(
      "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " +
      origin + "\r\n" + cookie_line + "\r\n");
  const std::string reply = socket.read_until("\r\n\r\n");
  return reply.substr(0, reply.find("\r\n"));
}

}  // namespace trede::net
