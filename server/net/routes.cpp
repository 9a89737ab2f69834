#include "server/net/routes.hpp"

#include "server/limits.hpp"
#include "server/net/cookie.hpp"
#include "server/net/gate.hpp"
#include "server/net/pages.hpp"
#include "server/protocol/codec.hpp"

namespace trede::net {
namespace {

bool contains_method(std::string_view methods, std::string_view method) {
  const std::size_t found = methods.find(method);
  return !method.empty() && found != methods.npos && (found == 0 || methods[found - 1] == ' ');
}

std::string signed_in_text(const accounts::Account& account) {
  return protocol::encode_plain(
      protocol::SignedIn{std::string(accounts::to_text(account.role)), account.name});
}

Reply text_reply(unsigned status, std::string text) {
  return {status,
          {{"Content-Type", "text/plain; version=0.0.4"}, {"Cache-Control", "no-store"}},
          std::move(text)};
}

Reply not_signed_in(const Request& request) {
  return refusal(request.target, 401, ErrorCode::Forbidden, "nobody is signed in");
}

}  // namespace

Routes::Routes(ServerConfig config, accounts::AccountService& accounts, const NetFigures& figures)
    : config_(std::move(config)), media_folders_(config_.more_media), accounts_(accounts), figures_(figures) {
  media_folders_.insert(media_folders_.begin(), config_.media);
  const auto now = [&accounts] { return accounts.now(); };
  if (config_.provider) school_ = std::make_unique<SchoolSignIn>(*config_.provider, now);
}

std::optional<Reply> Routes::objection(const Request& request) const {
  if (!is_our_host(request.host, config_.hosts))
    return refusal(request.target, 421, ErrorCode::Forbidden, "this server has another name");
  const accounts::Right* right = accounts::right_to_path(path_of(request.target));
  if (!right) return refusal(request.target, 404, ErrorCode::NotFound, "no such address");
  const std::string_view methods = accounts::methods_of(*right);
  if (!contains_method(methods, request.method)) {
    Reply reply = refusal(request.target, 405, ErrorCode::Invalid, "another method is needed");
    reply.headers.emplace_back("Allow", methods);
    return reply;
  }
  if (request.method == "POST") {
    if (!request.marked)
      return refusal(request.target, 403, ErrorCode::Forbidden, "the header X-Trede is missing");
    if (!request.origin.empty() && !is_same_origin(request.origin, request.host, request.secure))
      return refusal(request.target, 403, ErrorCode::Forbidden, "the request comes from another site");
  }
  return without_right(request, *right);
}

std::optional<Reply> Routes::without_right(const Request& request, const accounts::Right& right) const {
  using accounts::Reach;
  if (accounts::reach_of(right, std::nullopt) != Reach::Nothing) return std::nullopt;
  const auto account = accounts_.authenticate(request.token);
  if (account && accounts::reach_of(right, account->role) != Reach::Nothing) return std::nullopt;
  accounts::log_refusal(path_of(request.target), account ? std::optional(account->role) : std::nullopt);
  return account ? refusal(request.target, accounts::no_right()) : not_signed_in(request);
}

awaitable<Reply> Routes::answer(Request request) {
  const std::string_view path = path_of(request.target);
  if (path == "/api/set-up") co_return co_await set_up(std::move(request));
  if (path == "/api/sign-in") co_return co_await sign_in(std::move(request));
  if (path == "/api/school-account") co_return school_accounts();
  if (path == "/api/school-account/begin") co_return co_await begin_school_sign_in(std::move(request));
  if (path == "/api/school-account/finish") co_return co_await finish_school_sign_in(std::move(request));
  if (path == "/api/sign-out") co_return co_await sign_out(std::move(request));
  if (path == "/api/me") co_return who_am_i(request);
  if (path.starts_with("/api/own/")) co_return co_await own_account(std::move(request));
  if (path == "/healthz") co_return text_reply(200, "ok\n");
  if (path == "/readyz") {
    const bool ready = !config_.ready || config_.ready();
    co_return text_reply(ready ? 200 : 503, ready ? "ready\n" : "answers cannot be written\n");
  }
  if (path == "/metrics") co_return metrics(request);
  if (path.starts_with("/media/")) co_return media_reply(media_folders_, request);
  co_return page_reply(config_.web, request);
}

awaitable<Reply> Routes::set_up(Request request) {
  auto message = protocol::decode<protocol::SetUp>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  const auto begun = co_await accounts_.set_up(std::move(*message));
  co_return signed_in(request, begun);
}

awaitable<Reply> Routes::sign_in(Request request) {
  auto message = protocol::decode<protocol::SignIn>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  const auto begun = co_await accounts_.sign_in(std::move(*message), request.address);
  if (begun.has_value()) co_await replace_session(request);
  co_return signed_in(request, begun);
}

awaitable<void> Routes::replace_session(Request request) {
  if (accounts_.authenticate(request.token)) co_await accounts_.sign_out(request.token);
}

Reply Routes::signed_in(const Request& request, const Result<accounts::SignedInSession>& begun) const {
  if (begun.has_error()) return refusal(request.target, begun.error());
  Reply reply = json_reply(200, signed_in_text(begun->account));
  const bool pupil = begun->account.role == accounts::Role::Pupil;
  reply.headers.emplace_back("Set-Cookie",
                             session_cookie(request.door, request.secure, begun->token,
                                            pupil ? limits::pupil_session : limits::staff_session));
  return reply;
}

awaitable<Reply> Routes::sign_out(Request request) {
  const auto ended = co_await accounts_.sign_out(request.token);
  if (ended.has_error()) co_return refusal(request.target, ended.error());
  Reply reply = json_reply(200, "{}");
  reply.headers.emplace_back("Set-Cookie",
                             session_cookie(request.door, request.secure, "", std::chrono::seconds(0)));
  co_return reply;
}

Reply Routes::who_am_i(const Request& request) const {
  const auto account = accounts_.authenticate(request.token);
  return account ? json_reply(200, signed_in_text(*account)) : not_signed_in(request);
}

awaitable<Reply> Routes::own_account(Request request) {
  using Service = accounts::AccountService;
  const std::string_view path = path_of(request.target);
  if (path == "/api/own/second-step") co_return second_step(request);
  if (path == "/api/own/school-account") co_return own_school_account(request);
  if (path == "/api/own/school-account/link") co_return co_await begin_school_link(std::move(request));
  if (path == "/api/own/school-account/unlink") co_return co_await unlink_school_account(std::move(request));
  if (path == "/api/own/password") co_return co_await own(std::move(request), &Service::change_password);
  if (path == "/api/own/second-step/offer")
    co_return co_await own(std::move(request), &Service::offer_second_step);
  if (path == "/api/own/second-step/confirm")
    co_return co_await own(std::move(request), &Service::confirm_second_step);
  co_return co_await own(std::move(request), &Service::leave_second_step);
}

// Answers with what the action made, and with how the second step stands when it only did something.
template <class Message, class Answer>
awaitable<Reply> Routes::own(Request request, OwnAction<Message, Answer> action) {
  auto message = protocol::decode<Message>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  accounts::AccountService::Asking asking{request.token, request.address};
  const auto done = co_await (accounts_.*action)(std::move(asking), std::move(*message));
  if (done.has_error()) co_return refusal(request.target, done.error());
  if constexpr (std::is_same_v<Answer, std::int64_t>)
    co_return second_step(request);
  else
    co_return json_reply(200, protocol::encode_plain(*done));
}

Reply Routes::second_step(const Request& request) const {
  return json_reply(
      200, protocol::encode_plain(protocol::SecondStepState{accounts_.has_second_step(request.token)}));
}

// They name nobody, but tell an attacker when the school is busy.
Reply Routes::metrics(const Request& request) const {
  if (!config_.metrics || !is_loopback(request.address))
    return refusal(request.target, 404, ErrorCode::NotFound, "no such page");
  return text_reply(200, config_.metrics(figures_));
}

bool Routes::is_upload(const Request& request) {
  return path_of(request.target) == "/api/media";
}

Result<std::shared_ptr<Upload>> Routes::begin_upload() {
  const std::shared_ptr<void> place(nullptr, [this](void*) { --uploads_; });
  if (++uploads_ > limits::uploads_at_once)
    return Error{ErrorCode::TooMany, "other files are being uploaded"};
  auto begun = Upload::begin(config_.media);
  if (begun.has_error()) return begun.error();
  return std::shared_ptr<Upload>(begun->release(), [place](Upload* upload) { delete upload; });
}

awaitable<Reply> Routes::finish_upload(std::shared_ptr<Upload> upload) {
  auto work = [upload] { return upload->finish(); };
  const auto stored = co_await done_on(disk_, std::move(work));
  if (stored.has_error()) co_return refusal("/api/media", stored.error());
  co_return json_reply(200, protocol::encode_plain(*stored));
}

bool Routes::is_conversation(const Request& request) {
  return path_of(request.target) == "/ws";
}

std::optional<accounts::Account> Routes::conversation_partner(const Request& request) const {
  if (!is_same_origin(request.origin, request.host, request.secure)) return std::nullopt;
  return accounts_.authenticate(request.token);
}

}  // namespace trede::net
