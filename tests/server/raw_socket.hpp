// A client for tests that says exactly the bytes it is told, over TCP or TLS, and reads WebSocket frames: what no
// library would send. Blocking; a test gives up after ten seconds of silence.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace trede::net {

struct Frame {
  bool last = true;
  unsigned opcode = 1;
  std::string payload;
};

// As a browser sends it: masked. reserved: the bits RSV1 to RSV3 as a number.
std::string frame_bytes(const Frame& frame, bool masked = true, unsigned reserved = 0);

class RawSocket {
 public:
  enum class Inside { Tcp, Tls };

  explicit RawSocket(std::uint16_t port, Inside inside = Inside::Tcp,
                     const std::string& source = "127.0.0.1");
  ~RawSocket();

  bool send(const std::string& bytes);             // false when the server is gone
  std::string read_until(const std::string& end);  // with the end; what came when the server closed before
  std::string read_all();                          // until the server closes
  std::optional<Frame> read_frame();               // nothing when the server closed
  unsigned close_code();  // reads on to the close frame: its code, 1005 without one, 1006 when there is none

  std::string tls_version() const;  // "TLSv1.3"
  std::string fingerprint() const;  // SHA-256 of the server's certificate, in hexadecimal

 private:
  bool receive_more();

  struct Stream;
  std::unique_ptr<Stream> stream_;
  std::string received_;
};

// Signs nobody in: cookie_line as in net_support.hpp. The reply's status line; 101 when the WebSocket is open.
std::string upgrade(RawSocket& socket, const std::string& cookie_line,
                    const std::string& origin = "http://localhost");

}  // namespace trede::net
