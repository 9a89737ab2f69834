#include "server/net/https_client.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>

#include "server/net/provider_limits.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using SteadyTime = std::chrono::steady_clock::time_point;
using FarTcp = asio::ip::tcp;
using FarStream = beast::basic_stream<FarTcp, Executor>;
using FarRequest = http::request<http::string_body>;

Error not_there(std::string_view what, const boost::system::error_code& failure) {
  return {ErrorCode::Unavailable, std::string(what) + ": " + failure.message()};
}

struct NameLookup {
  explicit NameLookup(Executor loop) : resolver(loop), patience(loop) {}

  asio::ip::basic_resolver<FarTcp, Executor> resolver;
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             Executor>
      patience;
  bool done = false;
  boost::system::error_code failure;
  std::vector<FarTcp::endpoint> found;
};

// The system's resolver cannot be interrupted: one that takes too long is left to itself.
awaitable<Result<std::vector<FarTcp::endpoint>>> look_up(Executor loop, std::string host, std::string port,
                                                         SteadyTime until) {
  const auto lookup = std::make_shared<NameLookup>(loop);
  lookup->patience.expires_at(until);
  lookup->resolver.async_resolve(host, port, [lookup](boost::system::error_code failure, const auto& found) {
    lookup->done = true;
    lookup->failure = failure;
    for (const auto& each : found) lookup->found.push_back(each.endpoint());
    lookup->patience.cancel();
  });
  co_await lookup->patience.async_wait(quietly);
  if (!lookup->done) co_return Error{ErrorCode::Unavailable, "its name was not found in time"};
  if (lookup->failure) co_return not_there("its name was not found", lookup->failure);
  co_return std::move(lookup->found);
}

FarRequest request_of(Question& question) {
  FarRequest request{question.form ? http::verb::post : http::verb::get, question.url.target, 11};
  request.set(http::field::host, question.url.authority);
  request.set(http::field::user_agent, "Trede");
  request.set(http::field::accept, "application/json");
  if (!question.authorization.empty()) request.set(http::field::authorization, question.authorization);
  if (question.form) {
    request.set(http::field::content_type, "application/x-www-form-urlencoded");
    request.body() = std::move(*question.form);
  }
  request.keep_alive(false);
  request.prepare_payload();
  return request;
}

template <class Stream>
awaitable<Result<FarAnswer>> put_question(Stream& stream, FarRequest request) {
  const auto [unsent, sent] = co_await http::async_write(stream, request, quietly);
  if (unsent) co_return not_there("it does not listen", unsent);
  beast::flat_buffer buffer(limits::provider_header_bytes + limits::provider_answer_bytes);
  http::response_parser<http::string_body> parser;
  parser.header_limit(limits::provider_header_bytes);
  parser.body_limit(limits::provider_answer_bytes);
  const auto [failure, count] = co_await http::async_read(stream, buffer, parser, quietly);
  if (failure == http::error::body_limit || failure == http::error::header_limit)
    co_return Error{ErrorCode::Invalid, "its answer is too large"};
  if (failure) co_return not_there("it gave no whole answer", failure);
  co_return FarAnswer{parser.get().result_int(), std::move(parser.get().body())};
}

awaitable<Result<FarAnswer>> ask_inside_tls(FarStream tcp, Url url, FarRequest request, TlsPointer trusted) {
  asio::ssl::stream<FarStream> stream(std::move(tcp), *trusted);
  stream.set_verify_mode(asio::ssl::verify_peer);
  stream.set_verify_callback(asio::ssl::host_name_verification(url.host));
  boost::system::error_code no_address;
  asio::ip::make_address(url.host, no_address);
  if (no_address) SSL_set_tlsext_host_name(stream.native_handle(), url.host.c_str());
  const auto [failure] = co_await stream.async_handshake(asio::ssl::stream_base::client, quietly);
  if (failure) co_return not_there("its certificate is not trusted, or there is no TLS", failure);
  co_return co_await put_question(stream, std::move(request));
}

}  // namespace

TlsPointer trusting_the_system() {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  boost::system::error_code failure;
  context->set_default_verify_paths(failure);  // without a store nothing is trusted
  context->set_verify_mode(asio::ssl::verify_peer);
  return context;
}

awaitable<Result<FarAnswer>> ask_elsewhere(Question question, TlsPointer trusted, SteadyTime until) {
  if (!question.url.secure && !is_on_this_machine(question.url))
    co_return Error{ErrorCode::Invalid, "plain HTTP is for this machine only"};
  const Executor loop = co_await asio::this_coro::executor;
  auto found = co_await look_up(loop, question.url.host, std::to_string(question.url.port), until);
  if (found.has_error()) co_return found.error();
  const auto is_near = [](const FarTcp::endpoint& each) { return each.address().is_loopback(); };
  if (!question.url.secure && !std::all_of(found->begin(), found->end(), is_near))
    co_return Error{ErrorCode::Invalid, "plain HTTP is for this machine only"};
  FarStream stream(loop);
  stream.expires_at(until);
  const auto [failure, where] = co_await stream.async_connect(*found, quietly);
  if (failure) co_return not_there("nobody is there", failure);
  FarRequest request = request_of(question);
  if (!question.url.secure) co_return co_await put_question(stream, std::move(request));
  co_return co_await ask_inside_tls(std::move(stream), question.url, std::move(request), std::move(trusted));
}

}  // namespace trede::net
