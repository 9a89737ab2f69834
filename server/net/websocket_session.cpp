#include "server/net/websocket_session.hpp"

#include <spdlog/spdlog.h>
#include <boost/asio/dispatch.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include "server/limits.hpp"
#include "server/net/frame_queue.hpp"
#include "server/net/token_bucket.hpp"

namespace trede::net {

// How Beast ends a connection of ours: it finds these by their names.
template <class Handler>
void async_teardown(boost::beast::role_type role, Channel& channel, Handler&& handler) {
  boost::beast::websocket::async_teardown(role, channel.tcp(), std::forward<Handler>(handler));
}

inline void beast_close_socket(Channel& channel) {
  channel.close();
}

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

class WebsocketSession : public Connection,
                         public Outbox,
                         public std::enable_shared_from_this<WebsocketSession> {
 public:
  WebsocketSession(Channel channel, Upgrade upgrade, std::shared_ptr<Site> site);

  // Until the peer is gone. place is kept by every operation that runs, so the session is swept until the
  // last has ended.
  awaitable<void> run(std::shared_ptr<void> place);

  void send(std::shared_ptr<const std::string> frame) override;
  void close(CloseReason reason) override;
  Executor loop() const override { return loop_; }

  void sweep() override;
  void stop() override;
  void cut() override;

 private:
  using Stream =
      websocket::stream<Channel, false>;  // false: no compression, which costs memory for each pupil

  awaitable<void> read_messages();
  awaitable<void> receive(std::string text);
  void queue(std::shared_ptr<const std::string> frame);
  void write_next();
  void written(beast::error_code failure);
  void begin_close(CloseReason reason);
  void send_close();
  void ping();
  std::size_t standing() const { return site_->accounts.directory()->standing(upgrade_.account.id); }

  Executor loop_;
  Stream stream_;
  Upgrade upgrade_;
  std::shared_ptr<Site> site_;
  std::size_t standing_;  // of the account when the conversation was opened
  Present present_;
  std::weak_ptr<void> place_;
  std::unique_ptr<Conversation> conversation_;
  beast::flat_buffer buffer_;
  FrameQueue frames_;
  TokenBucket bucket_{limits::messages_burst, limits::messages_per_second};
  std::optional<CloseReason> closing_;
  bool writing_ = false;
  bool pinging_ = false;
  bool receiving_ = false;
  bool stopping_ = false;
  long quiet_seconds_ = 0;
  long closing_seconds_ = 0;
};

WebsocketSession::WebsocketSession(Channel channel, Upgrade upgrade, std::shared_ptr<Site> site)
    : loop_(channel.get_executor()),
      stream_(std::move(channel)),
      upgrade_(std::move(upgrade)),
      site_(std::move(site)),
      standing_(standing()),
      present_(site_->figures.websockets) {
  const bool pupil = upgrade_.account.role == accounts::Role::Pupil;
  stream_.read_message_max(pupil ? limits::pupil_message_bytes : limits::message_bytes);
  stream_.auto_fragment(false);
  stream_.text(true);
  stream_.control_callback([this](websocket::frame_type, beast::string_view) { quiet_seconds_ = 0; });
}

awaitable<void> WebsocketSession::run(std::shared_ptr<void> place) {
  place_ = place;
  const auto [failure] = co_await stream_.async_accept(upgrade_.request, quietly);
  if (failure) co_return;
  conversation_ = site_->open_conversation(upgrade_.account, shared_from_this());
  ENSURE(conversation_);
  co_await read_messages();
  if (!closing_) {  // the peer left; else the operations of our close keep the place until it is done
    closing_ = CloseReason::Normal;
    frames_.truncate(writing_ ? 1 : 0);
    cut();
  }
  conversation_->closed();
  conversation_.reset();
}

// No reading begins while we close, and none is needed: the close reads until the peer's own. Beast 1.81 with a
// control callback would post a read that finds a close frame waiting, and that read and our close then wait for each
// other for ever.
awaitable<void> WebsocketSession::read_messages() {
  if (stopping_) begin_close(CloseReason::GoingAway);
  while (!closing_) {
    const auto [failure, unused] = co_await stream_.async_read(buffer_, quietly);
    if (failure) co_return;
    quiet_seconds_ = 0;
    site_->figures.messages.add();
    std::string text = beast::buffers_to_string(buffer_.data());
    buffer_.consume(buffer_.size());
    if (closing_) co_return;
    if (!stream_.got_text())
      begin_close(CloseReason::NotText);
    else if (!bucket_.take())
      begin_close(CloseReason::Misbehaviour);
    else
      co_await receive(std::move(text));
  }
}

awaitable<void> WebsocketSession::receive(std::string text) {
  receiving_ = true;
  try {
    co_await conversation_->receive(std::move(text));
  } catch (const std::exception& failure) {
    spdlog::error("a conversation failed: {}", failure.what());
    begin_close(CloseReason::Failure);
  }
  receiving_ = false;
  if (stopping_) begin_close(CloseReason::GoingAway);
}

void WebsocketSession::send(std::shared_ptr<const std::string> frame) {
  asio::dispatch(loop_, [self = shared_from_this(), frame = std::move(frame)]() mutable {
    self->queue(std::move(frame));
  });
}

void WebsocketSession::close(CloseReason reason) {
  asio::dispatch(loop_, [self = shared_from_this(), reason] { self->begin_close(reason); });
}

void WebsocketSession::queue(std::shared_ptr<const std::string> frame) {
  if (closing_ || place_.expired()) return;
  if (!frames_.push(std::move(frame), std::chrono::steady_clock::now()))
    return begin_close(CloseReason::TooSlow);
  if (!writing_) write_next();
}

void WebsocketSession::write_next() {
  writing_ = true;
  const auto frame = frames_.front();
  stream_.async_write(asio::buffer(*frame),
                      [self = shared_from_this(), place = place_.lock(), frame](
                          beast::error_code failure, std::size_t) { self->written(failure); });
}

void WebsocketSession::written(beast::error_code failure) {
  writing_ = false;
  if (failure) return cut();
  if (!frames_.empty()) {
    site_->figures.frames.add();
    site_->figures.frame_wait.add(std::chrono::steady_clock::now() - frames_.front_since());
    frames_.pop();
  }
  if (!frames_.empty())
    write_next();
  else if (closing_)
    send_close();
}

// What was said before is still sent, except to those who do not listen.
void WebsocketSession::begin_close(CloseReason reason) {
  if (closing_ || place_.expired()) return;
  closing_ = reason;
  if (reason == CloseReason::Misbehaviour) {
    site_->figures.floods.add();
    site_->floods.begin(upgrade_.account.id, Floods::Clock::now());
  }
  if (reason == CloseReason::TooSlow) site_->figures.slow_readers.add();
  closing_seconds_ = std::chrono::seconds(limits::handshake_time).count();
  if (reason == CloseReason::TooSlow || reason == CloseReason::Misbehaviour)
    frames_.truncate(writing_ ? 1 : 0);
  if (!writing_) send_close();
}

void WebsocketSession::send_close() {
  const websocket::close_reason reason(static_cast<websocket::close_code>(*closing_));
  stream_.async_close(reason,
                      [self = shared_from_this(), place = place_.lock()](beast::error_code) { self->cut(); });
}

void WebsocketSession::ping() {
  if (pinging_ || closing_) return;
  pinging_ = true;
  stream_.async_ping(
      {}, [self = shared_from_this(), place = place_.lock()](beast::error_code) { self->pinging_ = false; });
}

void WebsocketSession::sweep() {
  bucket_.second_passed();
  if (closing_) {
    if (--closing_seconds_ <= 0) cut();
    return;
  }
  const long idle = std::chrono::seconds(limits::idle_time).count();
  if (++quiet_seconds_ >= idle) return cut();
  if (conversation_ && quiet_seconds_ % (idle / 3) == 0) ping();
  if (!site_->accounts.authenticate(upgrade_.token)) return begin_close(CloseReason::SignedOut);
  if (standing() != standing_) begin_close(CloseReason::RightsChanged);
}

void WebsocketSession::stop() {
  stopping_ = true;
  if (conversation_ && !receiving_) begin_close(CloseReason::GoingAway);
}

void WebsocketSession::cut() {
  stream_.next_layer().close();
}

}  // namespace

awaitable<void> converse(Channel channel, Upgrade upgrade, std::shared_ptr<Site> site,
                         std::shared_ptr<Connections> connections, std::shared_ptr<void> admission) {
  const auto session =
      std::make_shared<WebsocketSession>(std::move(channel), std::move(upgrade), std::move(site));
  std::shared_ptr<void> place = connections->add(session, std::move(admission));
  if (place) co_await session->run(std::move(place));
}

}  // namespace trede::net
