#include "server/net/server.hpp"

#include <spdlog/spdlog.h>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <algorithm>
#include <future>

#include "server/net/gate.hpp"
#include "server/net/http_session.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
using tcp = boost::asio::ip::tcp;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;

void log_failure(std::exception_ptr failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& caught) {
    spdlog::error("a connection failed: {}", caught.what());
  }
}

// The acceptor, or why not. A machine without the address (no IPv6) gives address_not_available or the like.
boost::system::error_code listen_on(Acceptor& acceptor, const tcp::endpoint& endpoint) {
  boost::system::error_code failure;
  acceptor.open(endpoint.protocol(), failure);
  if (!failure && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), failure);
  if (!failure) acceptor.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor.bind(endpoint, failure);
  if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
  return failure;
}

// What people type would go over the network for everybody to read and to change.
Error needs_tls(const std::string& address) {
  return {
      ErrorCode::Invalid,
      "plain HTTP is for this machine only, so Trede does not listen on " + address +
          " without TLS. Choose one way: --tls-cert FILE --tls-key FILE with a certificate of your own; "
          "--behind-proxy with a web server on this machine that does TLS; or --lan-demo with a certificate "
          "made on the spot, to show Trede in one room"};
}

bool is_missing_address(boost::system::error_code failure) {
  return failure == asio::error::address_family_not_supported ||
         failure == boost::system::errc::address_not_available;
}

Error cannot_listen(std::uint16_t port, boost::system::error_code failure) {
  const std::string name = "port " + std::to_string(port);
  if (failure == asio::error::address_in_use)
    return {ErrorCode::Unavailable, name + " is in use by another program; choose another one with --port"};
  return {ErrorCode::Unavailable, "cannot listen on " + name + ": " + failure.message()};
}

}  // namespace

struct Server::Parts {
  Parts(Loops& loops, ServerConfig config, accounts::AccountService& accounts,
        OpenConversation open_conversation);

  Result<void> listen(std::uint16_t port, const std::vector<std::string>& addresses);
  void start();
  void stop();

  static awaitable<void> accept(std::shared_ptr<Parts> parts, std::shared_ptr<Acceptor> acceptor);
  void take(Socket socket);

  std::shared_ptr<Site> site;
  std::vector<std::shared_ptr<Connections>> connections;  // one for each loop
  std::vector<Executor> loops;
  std::uint16_t port = 0;
  // On the first loop only, which accepts.
  std::vector<std::shared_ptr<Acceptor>> acceptors;
  std::shared_ptr<Admissions> admissions;
  TlsPointer tls;
  std::size_t next_loop = 0;
  bool stopped = false;  // by the owner's thread
};

Server::Parts::Parts(Loops& all, ServerConfig config, accounts::AccountService& accounts,
                     OpenConversation open_conversation)
    : admissions(std::make_shared<Admissions>(all.executor(0))), tls(config.tls) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    loops.push_back(all.executor(i));
    connections.push_back(std::make_shared<Connections>(all.executor(i), config.sweep));
  }
  site = std::make_shared<Site>(std::move(config), accounts, std::move(open_conversation));
}

Result<void> Server::Parts::listen(std::uint16_t wanted, const std::vector<std::string>& addresses) {
  port = wanted;
  for (const std::string& name : addresses) {
    boost::system::error_code unreadable;
    const auto address = asio::ip::make_address(name, unreadable);
    if (unreadable) return Error{ErrorCode::Invalid, name + " is no address to listen on"};
    if (!tls && !address.is_loopback()) return needs_tls(name);
    auto acceptor = std::make_shared<Acceptor>(loops.front());
    const auto failure = listen_on(*acceptor, {address, port});
    if (failure && !acceptors.empty() && is_missing_address(failure)) continue;
    if (failure) return cannot_listen(port, failure);
    port = acceptor->local_endpoint().port();  // 0 became a real one: the second address takes the same
    acceptors.push_back(std::move(acceptor));
  }
  return {};
}

awaitable<void> Server::Parts::accept(std::shared_ptr<Parts> parts, std::shared_ptr<Acceptor> acceptor) {
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             Executor>
      pause(parts->loops.front());
  while (acceptor->is_open()) {
    const Executor loop = parts->loops[parts->next_loop++ % parts->loops.size()];
    auto [failure, socket] = co_await acceptor->async_accept(loop, quietly);
    if (!failure) {
      parts->take(std::move(socket));
    } else if (acceptor->is_open()) {
      spdlog::warn("a connection was not accepted: {}",
                   failure.message());  // out of descriptors: some will be closed soon
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(quietly);
    }
  }
}

void Server::Parts::take(Socket socket) {
  boost::system::error_code failure;
  const auto client = socket.remote_endpoint(failure);
  if (failure) return;
  // Behind a web server everybody comes from its address: only the number of all is bounded then.
  const bool is_front = site->behind_proxy && client.address().is_loopback();
  auto admission = admissions->admit(is_front ? std::string() : client.address().to_string());
  if (!admission) return site->figures.refused_connections.add();
  const Executor loop = socket.get_executor();
  const std::size_t index =
      static_cast<std::size_t>(std::find(loops.begin(), loops.end(), loop) - loops.begin());
  Channel channel = tls ? Channel(std::move(socket), *tls) : Channel(std::move(socket));
  asio::co_spawn(loop, serve_http(std::move(channel), site, connections[index], std::move(admission)),
                 log_failure);
}

void Server::Parts::start() {
  for (std::size_t i = 0; i < loops.size(); ++i)
    asio::co_spawn(loops[i], Connections::keep_sweeping(connections[i]), log_failure);
}

void Server::Parts::stop() {
  if (std::exchange(stopped, true)) return;
  asio::post(loops.front(), [this] {
    boost::system::error_code ignored;
    for (const auto& acceptor : acceptors) acceptor->close(ignored);
  });
  std::vector<std::future<void>> emptied;
  for (std::size_t i = 0; i < loops.size(); ++i) {
    auto promise = std::make_shared<std::promise<void>>();
    emptied.push_back(promise->get_future());
    asio::post(loops[i], [one = connections[i], promise] { one->stop([promise] { promise->set_value(); }); });
  }
  for (const auto& one : emptied) one.wait();
}

Server::Server(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() {
  stop();
}

Result<std::unique_ptr<Server>> Server::open(Loops& loops, ServerConfig config,
                                             accounts::AccountService& accounts,
                                             OpenConversation open_conversation) {
  const std::uint16_t port = config.port;
  const auto addresses = config.addresses;
  remove_unfinished_uploads(config.media);
  auto parts = std::make_shared<Parts>(loops, std::move(config), accounts, std::move(open_conversation));
  const auto listening = parts->listen(port, addresses);
  if (listening.has_error()) return listening.error();
  parts->start();
  for (const auto& acceptor : parts->acceptors)
    asio::co_spawn(parts->loops.front(), Parts::accept(parts, acceptor), log_failure);
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

std::uint16_t Server::port() const {
  return parts_->port;
}
void Server::renew_certificate(TlsPointer renewed) {
  asio::post(parts_->loops.front(), [parts = parts_, renewed = std::move(renewed)] { parts->tls = renewed; });
}

void Server::stop() {
  parts_->stop();
}

}  // namespace trede::net
