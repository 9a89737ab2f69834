// The addresses of signing in with an account of the school's own provider.
#include "server/net/cookie.hpp"
#include "server/net/provider_limits.hpp"
#include "server/net/routes.hpp"
#include "server/protocol/codec.hpp"

namespace trede::net {
namespace {

const Error no_provider{ErrorCode::NotFound, "one cannot sign in here with an account of the school"};

// The page where the provider sends the browser back to, as this browser knows us.
std::string return_address_for(const Request& request) {
  return (request.secure ? "https://" : "http://") + request.host + std::string(school_door) + '/';
}

}  // namespace

Reply Routes::school_accounts() const {
  return json_reply(200,
                    protocol::encode_plain(protocol::SchoolAccounts{school_ ? school_->config().name : ""}));
}

Reply Routes::own_school_account(const Request& request) const {
  const protocol::SchoolAccountState state{school_ ? school_->config().name : "",
                                           accounts_.has_school_account(request.token)};
  return json_reply(200, protocol::encode_plain(state));
}

awaitable<Reply> Routes::begin_school_sign_in(Request request) {
  const auto message = protocol::decode<protocol::BeginSchoolSignIn>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  const auto role = accounts::role_of_text(message->role);
  if (!role || *role == accounts::Role::Pupil)
    co_return refusal(request.target, 400, ErrorCode::Invalid, "role: not one that signs in so");
  SchoolVisit visit{request.door, *role, std::nullopt, return_address_for(request)};
  co_return co_await go_to_school(std::move(request), std::move(visit));
}

awaitable<Reply> Routes::begin_school_link(Request request) {
  auto message = protocol::decode<protocol::ProvePassword>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  accounts::AccountService::Asking asking{request.token, request.address};
  const auto account = co_await accounts_.prove(std::move(asking), std::move(*message));
  if (account.has_error()) co_return refusal(request.target, account.error());
  SchoolVisit visit{request.door, account->role, account->id, return_address_for(request)};
  co_return co_await go_to_school(std::move(request), std::move(visit));
}

// The cookie may be Strict: it comes back with the POST of our own page, not with the way from the provider to it.
awaitable<Reply> Routes::go_to_school(Request request, SchoolVisit visit) {
  if (!school_) co_return refusal(request.target, no_provider);
  const auto begun = co_await school_->begin(std::move(visit));
  if (begun.has_error()) co_return refusal(request.target, begun.error());
  Reply reply = json_reply(200, protocol::encode_plain(protocol::SchoolAddress{begun->address}));
  reply.headers.emplace_back(
      "Set-Cookie", session_cookie(school_door, request.secure, begun->browser, limits::school_visit));
  co_return reply;
}

awaitable<Reply> Routes::finish_school_sign_in(Request request) {
  auto message = protocol::decode<protocol::FinishSchoolSignIn>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  if (!school_) co_return refusal(request.target, no_provider);
  auto returned = co_await school_->finish(request.browser, request.door, std::move(*message));
  if (returned.has_error()) co_return refusal(request.target, returned.error());
  std::string link = accounts_.key().link_of(school_->config().issuer, returned->subject);
  const std::optional<AccountId> link_to = returned->visit.link_to;
  if (link_to) co_return co_await linked_with_school(std::move(request), *link_to, std::move(link));
  co_return co_await signed_in_by_school(std::move(request), std::move(returned->visit), std::move(link));
}

awaitable<Reply> Routes::signed_in_by_school(Request request, SchoolVisit visit, std::string link) {
  const auto begun = co_await accounts_.sign_in_by_link(visit.role, std::move(link));
  if (begun.has_value()) co_await replace_session(request);
  Reply reply = signed_in(request, begun);
  if (begun.has_value())
    reply.body = protocol::encode_plain(protocol::SchoolReturned{
        std::string(accounts::to_text(begun->account.role)), begun->account.name, false});
  co_return reply;
}

awaitable<Reply> Routes::linked_with_school(Request request, AccountId account, std::string link) {
  const auto linked = co_await accounts_.link_school_account(request.token, account, std::move(link));
  if (linked.has_error()) co_return refusal(request.target, linked.error());
  const auto people = accounts_.directory();
  const accounts::Account& person = *people->account(account);
  co_return json_reply(200, protocol::encode_plain(protocol::SchoolReturned{
                                std::string(accounts::to_text(person.role)), person.name, true}));
}

awaitable<Reply> Routes::unlink_school_account(Request request) {
  auto message = protocol::decode<protocol::ProvePassword>(request.body);
  if (message.has_error()) co_return refusal(request.target, message.error());
  accounts::AccountService::Asking asking{request.token, request.address};
  const auto done = co_await accounts_.unlink_school_account(std::move(asking), std::move(*message));
  if (done.has_error()) co_return refusal(request.target, done.error());
  co_return own_school_account(request);
}

}  // namespace trede::net
