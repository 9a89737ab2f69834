#include "server/commands/websocket_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <charconv>
#include <deque>

#include "server/limits.hpp"
#include "server/protocol/codec.hpp"

namespace trede::commands {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

constexpr std::chrono::seconds patience{10};  // for one reply, and for getting in

Error unavailable(const std::string& what) {
  return {ErrorCode::Unavailable, what};
}

asio::ip::tcp::endpoint endpoint_of(const ServerAddress& address) {
  return {asio::ip::make_address(address.host == "[::1]" ? "::1" : "127.0.0.1"), address.port};
}

// "trede=…" out of a Set-Cookie header.
std::string cookie_in(const http::response<http::string_body>& response) {
  const std::string_view header = response[http::field::set_cookie];
  return std::string(header.substr(0, header.find(';')));
}

}  // namespace

Result<std::string> sign_in(const ServerAddress& address, const protocol::SignIn& who) {
  asio::io_context context;
  beast::tcp_stream stream(context);
  http::request<http::string_body> request{http::verb::post, "/api/sign-in", 11, protocol::encode_plain(who)};
  request.set(http::field::host, address.authority());
  request.set(http::field::origin, "http://" + address.authority());
  request.set("X-Trede", "1");
  request.keep_alive(false);
  request.prepare_payload();
  beast::flat_buffer buffer(limits::http_header_bytes + limits::http_body_bytes);
  http::response<http::string_body> response;
  beast::error_code failure = asio::error::timed_out;
  stream.expires_after(patience);
  const auto on_read = [&](beast::error_code error, std::size_t) { failure = error; };
  const auto on_written = [&](beast::error_code error, std::size_t) {
    failure = error;
    if (!error) http::async_read(stream, buffer, response, on_read);
  };
  stream.async_connect(endpoint_of(address), [&](beast::error_code error) {
    failure = error;
    if (!error) http::async_write(stream, request, on_written);
  });
  context.run();
  if (failure) return unavailable("no answer from " + address.authority() + ": " + failure.message());
  if (response.result_int() == 401 || response.result_int() == 403 || response.result_int() == 404)
    return Error{ErrorCode::Forbidden, who.name + " cannot sign in with class code " + who.class_code +
                                           ": is this the demo school?"};
  if (response.result_int() != 200)
    return unavailable("signing in was answered with status " + std::to_string(response.result_int()));
  return cookie_in(response);
}

Result<ServerAddress> parse_address(std::string_view url) {
  const Error wrong{ErrorCode::Invalid, "\"" + std::string(url) +
                                            "\" is no address on this machine; it looks like "
                                            "http://localhost:8080"};
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) return wrong;
  url.remove_prefix(scheme.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t colon = url.rfind(':');
  if (colon == url.npos) return wrong;
  ServerAddress address{std::string(url.substr(0, colon)), 0};
  if (address.host != "localhost" && address.host != "127.0.0.1" && address.host != "[::1]") return wrong;
  const std::string_view port = url.substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (read.ec != std::errc() || read.ptr != port.data() + port.size() || address.port == 0) return wrong;
  return address;
}

// A read is always under way, so that pings are answered and texts are kept while nobody asks for them.
struct WebSocketClient::Stream {
  asio::io_context context;
  beast::flat_buffer buffer;
  std::deque<std::string> received;
  beast::error_code failure;
  websocket::stream<beast::tcp_stream> socket{context};

  void read_on() {
    socket.async_read(buffer, [this](beast::error_code error, std::size_t) {
      failure = error;
      if (error) return;
      received.push_back(beast::buffers_to_string(buffer.data()));
      buffer.clear();
      read_on();
    });
  }

  // False when the time is over or the connection ended before it is done.
  template <class Done>
  bool run_until(Done done, Duration limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    context.restart();
    while (!done() && !failure && context.run_one_until(end) > 0) {
    }
    return done();
  }

  Error lost() const {
    return unavailable(failure ? "the connection ended: " + failure.message() : "the server keeps silent");
  }

  bool connect(const ServerAddress& address) {
    bool connected = false;
    socket.next_layer().expires_after(patience);
    socket.next_layer().async_connect(endpoint_of(address), [&](beast::error_code error) {
      failure = error;
      connected = !error;
    });
    return run_until([&] { return connected; }, 2 * patience);
  }

  bool shake_hands(const ServerAddress& address, const std::string& cookie) {
    bool open = false;
    socket.next_layer().expires_never();  // from here on the WebSocket minds the time
    socket.set_option(websocket::stream_base::timeout{patience, limits::idle_time, true});
    socket.read_message_max(limits::message_bytes);
    socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
      request.set(http::field::origin, "http://" + address.authority());
      request.set(http::field::cookie, cookie);
    }));
    socket.async_handshake(address.authority(), "/ws", [&](beast::error_code error) {
      failure = error;
      open = !error;
    });
    return run_until([&] { return open; }, 2 * patience);
  }
};

WebSocketClient::WebSocketClient(std::unique_ptr<Stream> stream) : stream_(std::move(stream)) {}
WebSocketClient::~WebSocketClient() = default;

Result<std::unique_ptr<WebSocketClient>> WebSocketClient::open(const ServerAddress& address,
                                                               const protocol::SignIn& who) {
  const auto cookie = sign_in(address, who);
  if (cookie.has_error()) return cookie.error();
  auto stream = std::make_unique<Stream>();
  if (!stream->connect(address) || !stream->shake_hands(address, *cookie)) return stream->lost();
  stream->read_on();
  return std::unique_ptr<WebSocketClient>(new WebSocketClient(std::move(stream)));
}

Result<void> WebSocketClient::send(std::string text) {
  bool written = false;
  stream_->socket.async_write(asio::buffer(text), [&](beast::error_code error, std::size_t) {
    if (error) stream_->failure = error;
    written = !error;
  });
  // The text and the flag belong to the write: it ends before this function does.
  stream_->run_until([&] { return written; }, 2 * limits::idle_time);
  if (!written) return stream_->lost();
  return {};
}

Result<std::string> WebSocketClient::receive() {
  if (!stream_->run_until([this] { return !stream_->received.empty(); }, patience)) return stream_->lost();
  std::string text = std::move(stream_->received.front());
  stream_->received.pop_front();
  return text;
}

Result<void> WebSocketClient::pause(Duration duration) {
  stream_->run_until([] { return false; }, duration);
  if (stream_->failure) return stream_->lost();
  return {};
}

}  // namespace trede::commands
