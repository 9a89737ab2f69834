#include "server/commands/load_socket.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>

#include "server/limits.hpp"

namespace trede::commands {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using tcp = asio::ip::tcp;

// Kept by every operation that runs.
struct LoadSocket::Stream : std::enable_shared_from_this<LoadSocket::Stream> {
  Stream(asio::io_context& context, Events told) : socket(context), events(std::move(told)) {}

  websocket::stream<asio::basic_stream_socket<tcp, asio::io_context::executor_type>, false> socket;
  Events events;
  beast::flat_buffer buffer;
  std::deque<std::string> waiting;
  bool closed = false;

  void lose(const beast::error_code& failure) {
    if (std::exchange(closed, true)) return;
    beast::error_code ignored;
    socket.next_layer().close(ignored);
    events.lost(failure.message());
  }

  void shake_hands(const ServerAddress& address, const std::string& cookie) {
    socket.set_option(websocket::stream_base::decorator([&address, cookie](websocket::request_type& request) {
      request.set(http::field::origin, "http://" + address.authority());
      request.set(http::field::cookie, cookie);
    }));
    socket.read_message_max(limits::message_bytes);
    socket.auto_fragment(false);
    socket.async_handshake(address.authority(), "/ws",
                           [self = shared_from_this()](beast::error_code failure) {
                             if (failure) return self->lose(failure);
                             self->events.opened();
                             self->read_on();
                           });
  }

  void read_on() {
    socket.async_read(buffer, [self = shared_from_this()](beast::error_code failure, std::size_t) {
      if (failure || self->closed) return self->lose(failure);
      const auto bytes = self->buffer.cdata();
      self->events.text({static_cast<const char*>(bytes.data()), bytes.size()});
      self->buffer.clear();
      self->read_on();
    });
  }

  void write_next() {
    socket.async_write(asio::buffer(waiting.front()),
                       [self = shared_from_this()](beast::error_code failure, std::size_t) {
                         if (failure || self->closed) return self->lose(failure);
                         self->waiting.pop_front();
                         if (!self->waiting.empty()) self->write_next();
                       });
  }
};

LoadSocket::LoadSocket(asio::io_context& context, Events events)
    : stream_(std::make_shared<Stream>(context, std::move(events))) {}
LoadSocket::~LoadSocket() = default;

void LoadSocket::open(const ServerAddress& address, const std::string& source, const std::string& cookie) {
  auto& socket = stream_->socket.next_layer();
  beast::error_code failure;
  const bool over_ipv6 = address.host == "[::1]";  // which has one loopback address
  socket.open(over_ipv6 ? tcp::v6() : tcp::v4(), failure);
  if (!failure && !over_ipv6) socket.bind({asio::ip::make_address(source), 0}, failure);
  if (failure) return stream_->lose(failure);
  socket.async_connect({asio::ip::make_address(over_ipv6 ? "::1" : "127.0.0.1"), address.port},
                       [stream = stream_, address, cookie](beast::error_code refused) {
                         if (refused) return stream->lose(refused);
                         beast::error_code ignored;
                         stream->socket.next_layer().set_option(tcp::no_delay(true), ignored);
                         stream->shake_hands(address, cookie);
                       });
}

void LoadSocket::send(std::string text) {
  stream_->waiting.push_back(std::move(text));
  if (stream_->waiting.size() == 1) stream_->write_next();
}

void LoadSocket::close() {
  if (std::exchange(stream_->closed, true)) return;
  beast::error_code ignored;
  stream_->socket.next_layer().close(ignored);
}

}  // namespace trede::commands
