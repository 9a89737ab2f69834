// What staff do about their own account: the part of AccountService behind the current password.
#include "server/accounts/account_service.hpp"
#include "server/accounts/own_changes.hpp"
#include "server/accounts/people_limits.hpp"
#include "server/accounts/secret.hpp"
#include "server/accounts/totp.hpp"
#include "server/limits.hpp"
#include "server/store/audit.hpp"
#include "server/store/words.hpp"

namespace trede::accounts {
namespace {

const Error wrong_code{ErrorCode::Forbidden, "the code is not right"};
const Error second_step_is_on{ErrorCode::Conflict, "there is a second step already"};

// The key of a purpose of the server's key, which seals the secrets of second steps.
constexpr std::string_view totp_purpose = "trede2nd";

}  // namespace

bool AccountService::has_second_step(std::string_view token) const {
  const auto account = authenticate(token);
  const auto people = directory();
  return account && people->second_step(account->id);
}

net::awaitable<AccountService::Written> AccountService::change_password(Asking asking,
                                                                        protocol::ChangePassword message) {
  return net::on_loop(home_, change_password_at_home(std::move(asking), std::move(message)));
}

net::awaitable<Result<protocol::SecondStepOffered>> AccountService::offer_second_step(
    Asking asking, protocol::ProvePassword message) {
  return net::on_loop(home_, offer_at_home(std::move(asking), std::move(message)));
}

net::awaitable<AccountService::Written> AccountService::confirm_second_step(Asking asking,
                                                                            protocol::ConfirmCode message) {
  return net::on_loop(home_, confirm_at_home(std::move(asking), std::move(message)));
}

net::awaitable<AccountService::Written> AccountService::leave_second_step(Asking asking,
                                                                          protocol::ProvePassword message) {
  return net::on_loop(home_, leave_at_home(std::move(asking), std::move(message)));
}

// Guesses count like those of signing in: who found a page open must not learn the password from it.
net::awaitable<Result<Account>> AccountService::proven(Asking asking, std::string current) {
  const auto account = authenticate(asking.token);
  if (!account || account->role == Role::Pupil) co_return Error{ErrorCode::Forbidden, "nobody is signed in"};
  if (current.size() > limits::secret_bytes) co_return Error{ErrorCode::Invalid, "current: too long"};
  protocol::SignIn own;
  own.name = account->name;
  const auto people = directory();
  std::string stored = people->secret(account->id);
  const std::string key = attempt_key(account->role, own, stored);
  const Milliseconds now = clock_();
  if (!may_guess(account->role, key, asking.address, now))
    co_return Error{ErrorCode::TooMany, "too many wrong secrets; try again in a quarter of an hour"};
  if (sign_ins_waiting_ >= limits::sign_ins_waiting)
    co_return Error{ErrorCode::TooMany, "many people are signing in; try again in a moment"};
  wrong_by_name_.count(key, now);
  const bool fits = co_await secret_fits_account(std::move(stored), std::move(current));
  if (!fits) {
    wrong_by_address_.count(address_key(account->role, asking.address), now);
    co_return Error{ErrorCode::Forbidden, "the current password is not right"};
  }
  wrong_by_name_.forget(key);
  co_return *account;
}

net::awaitable<AccountService::Written> AccountService::change_password_at_home(
    Asking asking, protocol::ChangePassword message) {
  if (message.secret.size() < limits::password_least_bytes || message.secret.size() > limits::secret_bytes)
    co_return Error{ErrorCode::Invalid, "secret: too short or too long for a password"};
  const auto before = directory();
  const auto account = co_await proven(asking, std::move(message.current));
  if (account.has_error()) co_return account.error();
  std::string secret = co_await hashed(std::move(message.secret));
  const std::string kept = token_hash(asking.token);
  auto set = set_own_secret(account->id, before->secret(account->id), std::move(secret), kept);
  auto noted =
      store::audited(std::move(set), clock_(), account->id, store::Deed::PasswordChanged, account->id.value);
  std::vector<AccountId> nobody;
  const Written done = co_await change_at_home(std::move(noted), std::move(nobody));
  if (done.has_value()) sessions_.publish(sessions_.now()->with_only(account->id, kept));
  co_return done;
}

net::awaitable<Result<protocol::SecondStepOffered>> AccountService::offer_at_home(
    Asking asking, protocol::ProvePassword message) {
  const auto account = co_await proven(std::move(asking), std::move(message.current));
  if (account.has_error()) co_return account.error();
  const auto people = directory();
  if (people->second_step(account->id)) co_return second_step_is_on;
  std::string secret = new_totp_secret();
  protocol::SecondStepOffered offered{totp_address(account->name, secret), to_base32(secret)};
  const Milliseconds now = clock_();
  const Milliseconds until = now + std::chrono::milliseconds(limits::second_step_offer).count();
  std::erase_if(offers_, [now](const auto& offer) { return offer.second.until_ms <= now; });
  offers_[account->id] = {std::move(secret), until};
  co_return offered;
}

net::awaitable<AccountService::Written> AccountService::confirm_at_home(Asking asking,
                                                                        protocol::ConfirmCode message) {
  const auto account = authenticate(asking.token);
  if (!account) co_return Error{ErrorCode::Forbidden, "nobody is signed in"};
  const Milliseconds now = clock_();
  const auto offer = offers_.find(account->id);
  if (offer == offers_.end() || offer->second.until_ms <= now)
    co_return Error{ErrorCode::Conflict, "there is nothing to confirm any more"};
  const auto step = totp_step_of(offer->second.secret, message.code, now, 0);
  if (!step) co_return wrong_code;
  const AccountId id = account->id;
  auto add =
      add_second_step(id, store::seal(key_.for_purpose(totp_purpose), id.value, offer->second.secret), *step);
  auto noted = store::audited(std::move(add), now, id, store::Deed::SecondStepSet, id.value);
  offers_.erase(offer);
  std::vector<AccountId> nobody;
  co_return co_await change_at_home(std::move(noted), std::move(nobody));
}

net::awaitable<AccountService::Written> AccountService::leave_at_home(Asking asking,
                                                                      protocol::ProvePassword message) {
  const auto account = co_await proven(std::move(asking), std::move(message.current));
  if (account.has_error()) co_return account.error();
  const AccountId id = account->id;
  auto noted = store::audited(remove_second_step(id), clock_(), id, store::Deed::SecondStepRemoved, id.value);
  std::vector<AccountId> nobody;
  co_return co_await change_at_home(std::move(noted), std::move(nobody));
}

net::awaitable<AccountService::Written> AccountService::take_code(AccountId id, SecondStep second,
                                                                  std::string code) {
  const auto secret = store::unseal(key_.for_purpose(totp_purpose), id.value, second.sealed);
  if (!secret) co_return Error{ErrorCode::Unavailable, "the second step of an account cannot be opened"};
  const auto step = totp_step_of(*secret, code, clock_(), second.used);
  if (!step) co_return wrong_code;
  std::vector<AccountId> nobody;
  auto use = use_second_step(id, *step);
  co_return co_await change_at_home(std::move(use), std::move(nobody));
}

}  // namespace trede::accounts
