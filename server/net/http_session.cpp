#include "server/net/http_session.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>
#include <array>

#include "server/limits.hpp"
#include "server/net/cookie.hpp"
#include "server/net/gate.hpp"
#include "server/net/reply_writer.hpp"
#include "server/net/websocket_session.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t chunk_bytes = 64 * 1024;
constexpr std::size_t read_ahead_bytes = 2048;

using Parser = http::request_parser<http::buffer_body>;

Request request_from(const http::request<http::buffer_body>& head, Forwarded from) {
  const auto field = [&](auto name) { return std::string(head[name]); };
  const std::string_view door = door_of(head.target());
  return {.method = std::string(head.method_string()),
          .door = std::string(door),
          .target = std::string(head.target().substr(door.size())),
          .host = field(http::field::host),
          .origin = field(http::field::origin),
          .token = cookie_in(field(http::field::cookie), cookie_name(door, from.secure)),
          .browser = cookie_in(field(http::field::cookie), cookie_name(school_door, from.secure)),
          .range = field(http::field::range),
          .if_range = field(http::field::if_range),
          .if_none_match = field(http::field::if_none_match),
          .accept_encoding = field(http::field::accept_encoding),
          .marked = head["X-Trede"] == "1",
          .body = {},
          .address = std::move(from.address),
          .secure = from.secure};
}

// Beast takes any key; RFC 6455 wants sixteen bytes in base64.
bool is_upgrade(const http::request<http::buffer_body>& head) {
  constexpr std::size_t key_characters = 24;
  return beast::websocket::is_upgrade(head) && head[http::field::sec_websocket_key].size() == key_characters;
}

class HttpSession : public Connection {
 public:
  HttpSession(Channel channel, std::shared_ptr<Site> site, std::string address)
      : channel_(std::move(channel)),
        site_(std::move(site)),
        address_(std::move(address)),
        present_(site_->figures.http_connections) {}

  // True when the connection is to become a WebSocket.
  awaitable<bool> serve();

  Channel take_channel() { return std::move(channel_); }
  Upgrade take_upgrade() { return std::move(*upgrade_); }

  void sweep() override {
    if (deadline_.second_passed()) cut();
  }
  void stop() override {
    stopping_ = true;
    if (idle_) cut();
  }
  void cut() override { channel_.close(); }

 private:
  enum class Next { Request, Upgrade, End };

  awaitable<Next> serve_one();
  awaitable<bool> wait_for_request();
  awaitable<bool> something_arrives();
  awaitable<bool> read_ahead();
  awaitable<bool> send(Reply reply, bool with_body, bool keep_alive);
  Forwarded origin_of(const http::request<http::buffer_body>& head) const;
  awaitable<Next> answer_unreadable(beast::error_code failure);
  awaitable<Reply> reply_to(Request request, Parser& parser);
  awaitable<Reply> receive_upload(Request request, Parser& parser);
  awaitable<Result<std::string>> read_body(Parser& parser);
  awaitable<Result<std::size_t>> read_chunk(Parser& parser, char* into, std::size_t room);
  awaitable<bool> invite_body(const Parser& parser);

  Channel channel_;
  std::shared_ptr<Site> site_;
  std::string address_;  // of the peer, which may be a web server in front
  Present present_;
  beast::flat_buffer buffer_;
  std::optional<Upgrade> upgrade_;
  Deadline deadline_;
  bool idle_ = true;
  bool stopping_ = false;
};

awaitable<bool> HttpSession::serve() {
  deadline_.within(limits::handshake_time);
  const bool secured = co_await channel_.shake_hands();
  if (!secured) site_->figures.failed_handshakes.add();
  Next next = secured ? Next::Request : Next::End;
  while (next == Next::Request && !stopping_) next = co_await serve_one();
  co_return next == Next::Upgrade;
}

awaitable<bool> HttpSession::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  idle_ = true;
  deadline_.within(limits::idle_time);
  const bool arrived = channel_.is_secure() ? co_await read_ahead() : co_await something_arrives();
  idle_ = false;
  co_return arrived && !stopping_;
}

awaitable<bool> HttpSession::something_arrives() {
  const auto [failure] = co_await channel_.tcp().async_wait(Socket::wait_read, quietly);
  co_return !failure;
}

// What arrived inside TLS may have been taken from the socket already, so that only reading tells.
awaitable<bool> HttpSession::read_ahead() {
  const auto [failure, count] = co_await channel_.async_read_some(buffer_.prepare(read_ahead_bytes), quietly);
  buffer_.commit(count);
  co_return !failure;
}

Forwarded HttpSession::origin_of(const http::request<http::buffer_body>& head) const {
  if (!site_->behind_proxy) return {address_, channel_.is_secure()};
  return forwarded(address_, head["X-Forwarded-For"], head["X-Forwarded-Proto"]);
}

awaitable<bool> HttpSession::send(Reply reply, bool with_body, bool keep_alive) {
  site_->figures.replies[std::min(reply.status / 100, 5u)].add();
  if (site_->strict_transport) reply.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  co_return co_await write_reply(channel_, deadline_, reply, with_body, keep_alive);
}

awaitable<HttpSession::Next> HttpSession::serve_one() {
  if (!co_await wait_for_request()) co_return Next::End;
  deadline_.within(limits::handshake_time);
  Parser parser;
  parser.header_limit(limits::http_header_bytes);
  parser.body_limit(boost::none);
  const auto [failure, unused] = co_await http::async_read_header(channel_, buffer_, parser, quietly);
  if (failure) co_return co_await answer_unreadable(failure);

  Request request = request_from(parser.get(), origin_of(parser.get()));
  const bool with_body = request.method != "HEAD";
  const bool wants_socket = is_upgrade(parser.get()) && Routes::is_conversation(request);
  Reply reply;
  std::optional<accounts::Account> partner;
  if (wants_socket && !site_->routes.objection(request))
    partner = site_->routes.conversation_partner(request);
  if (partner && !site_->floods.lasts(partner->id, Floods::Clock::now())) {
    upgrade_ = Upgrade{http::request<http::empty_body>(std::move(parser.get().base())), std::move(*partner),
                       request.token};
    co_return Next::Upgrade;
  }
  if (partner)
    reply = refusal(request.target, 429, ErrorCode::TooMany, "too much was said; come back in a moment");
  else
    reply = co_await reply_to(std::move(request), parser);
  const bool keep_alive = parser.is_done() && parser.keep_alive() && !stopping_;
  if (!co_await send(std::move(reply), with_body, keep_alive)) co_return Next::End;
  if (keep_alive) co_return Next::Request;
  if (!parser.is_done() || channel_.is_secure()) co_await let_the_reply_arrive(channel_, deadline_);
  co_return Next::End;
}

awaitable<HttpSession::Next> HttpSession::answer_unreadable(beast::error_code failure) {
  const bool ours_to_judge = failure.category() == http::make_error_code(http::error::bad_method).category();
  if (!ours_to_judge || failure == http::error::end_of_stream || failure == http::error::partial_message)
    co_return Next::End;
  const bool too_large = failure == http::error::header_limit;
  Reply reply = refusal("", too_large ? 431 : 400, ErrorCode::Invalid, "not an HTTP request");
  if (co_await send(std::move(reply), true, false)) co_await let_the_reply_arrive(channel_, deadline_);
  co_return Next::End;
}

awaitable<Reply> HttpSession::reply_to(Request request, Parser& parser) {
  if (auto objection = site_->routes.objection(request)) co_return std::move(*objection);
  if (Routes::is_conversation(request)) {
    const bool upgrade = is_upgrade(parser.get());
    co_return refusal("/api/ws", upgrade ? 403 : 426, ErrorCode::Forbidden,
                      "a WebSocket from our own page, signed in, is needed");
  }
  if (Routes::is_upload(request)) co_return co_await receive_upload(std::move(request), parser);

  auto body = co_await read_body(parser);
  if (body.has_error()) co_return refusal(request.target, body.error());
  request.body = std::move(*body);
  deadline_.lift();  // a sign-in may wait for its turn
  co_return co_await site_->routes.answer(std::move(request));
}

awaitable<Reply> HttpSession::receive_upload(Request request, Parser& parser) {
  if (parser.content_length().value_or(0) > limits::media_bytes)
    co_return refusal(request.target, 413, ErrorCode::TooLarge, "a file may be 64 MiB");
  auto upload = site_->routes.begin_upload();
  if (upload.has_error()) co_return refusal(request.target, upload.error());
  if (!co_await invite_body(parser))
    co_return refusal(request.target, 400, ErrorCode::Invalid, "the request broke off");
  const auto chunk = std::make_unique<char[]>(chunk_bytes);
  while (!parser.is_done()) {
    deadline_.within(limits::handshake_time);  // for each part; a slow line may take its time for the whole
    const auto count = co_await read_chunk(parser, chunk.get(), chunk_bytes);
    if (count.has_error()) co_return refusal(request.target, count.error());
    const auto taken = (*upload)->take({chunk.get(), *count});
    if (taken.has_error()) co_return refusal(request.target, taken.error());
  }
  deadline_.lift();
  co_return co_await site_->routes.finish_upload(std::move(*upload));
}

awaitable<Result<std::string>> HttpSession::read_body(Parser& parser) {
  const Error too_large{ErrorCode::TooLarge, "the request is too large"};
  if (parser.content_length().value_or(0) > limits::http_body_bytes) co_return too_large;
  if (!co_await invite_body(parser)) co_return Error{ErrorCode::Invalid, "the request broke off"};
  std::string body;
  std::array<char, 4096> chunk;
  while (!parser.is_done()) {
    const auto count = co_await read_chunk(parser, chunk.data(), chunk.size());
    if (count.has_error()) co_return count.error();
    body.append(chunk.data(), *count);
    if (body.size() > limits::http_body_bytes) co_return too_large;
  }
  co_return body;
}

awaitable<Result<std::size_t>> HttpSession::read_chunk(Parser& parser, char* into, std::size_t room) {
  auto& body = parser.get().body();
  body = {into, room, true};
  const auto [failure, unused] = co_await http::async_read(channel_, buffer_, parser, quietly);
  if (failure && failure != http::error::need_buffer)
    co_return Error{ErrorCode::Invalid, "the request broke off"};
  co_return room - body.size;
}

// Clients with a large body ask first, and wait for a second when they hear nothing.
awaitable<bool> HttpSession::invite_body(const Parser& parser) {
  static constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";
  if (!beast::iequals(parser.get()[http::field::expect], "100-continue")) co_return true;
  co_return co_await write_bytes(channel_, deadline_, asio::buffer(invitation));
}

}  // namespace

awaitable<void> serve_http(Channel channel, std::shared_ptr<Site> site,
                           std::shared_ptr<Connections> connections, std::shared_ptr<void> admission) {
  beast::error_code failure;
  const auto client = channel.tcp().remote_endpoint(failure);
  if (!failure) channel.tcp().set_option(asio::ip::tcp::no_delay(true), failure);
  if (failure) co_return;
  auto session = std::make_shared<HttpSession>(std::move(channel), site, client.address().to_string());
  std::shared_ptr<void> place = connections->add(session, admission);
  if (!place || !co_await session->serve()) co_return;
  Channel upgraded = session->take_channel();
  Upgrade upgrade = session->take_upgrade();
  place.reset();
  session.reset();  // a conversation lasts for hours and needs none of its memory
  co_await converse(std::move(upgraded), std::move(upgrade), site, connections, admission);
}

}  // namespace trede::net
