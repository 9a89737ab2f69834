// Signing in with the account of the school's own provider: the part of AccountService that links and unlinks. That the
// outside account is who it says was verified before (server/net/school_sign_in.hpp).
#include "server/accounts/account_service.hpp"
#include "server/accounts/own_changes.hpp"
#include "server/accounts/secret.hpp"
#include "server/store/audit.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {

bool AccountService::has_school_account(std::string_view token) const {
  const auto account = authenticate(token);
  const auto people = directory();
  return account && people->school_link(account->id);
}

net::awaitable<Result<SignedInSession>> AccountService::sign_in_by_link(Role role, std::string link) {
  return net::on_loop(home_, sign_in_by_link_at_home(role, std::move(link)));
}

net::awaitable<Result<Account>> AccountService::prove(Asking asking, protocol::ProvePassword message) {
  return net::on_loop(home_, proven(std::move(asking), std::move(message.current)));
}

net::awaitable<AccountService::Written> AccountService::link_school_account(std::string token,
                                                                            AccountId account,
                                                                            std::string link) {
  return net::on_loop(home_, link_at_home(std::move(token), account, std::move(link)));
}

net::awaitable<AccountService::Written> AccountService::unlink_school_account(
    Asking asking, protocol::ProvePassword message) {
  return net::on_loop(home_, unlink_at_home(std::move(asking), std::move(message)));
}

net::awaitable<Result<SignedInSession>> AccountService::sign_in_by_link_at_home(Role role, std::string link) {
  const auto people = directory();
  const Account* found = people->linked_with(link);
  if (!found || found->closed || found->role != role || role == Role::Pupil)
    co_return Error{ErrorCode::Forbidden, "the school account is linked to nobody here"};
  Proof proof{store::sql::has_school_link_still, std::move(link)};
  co_return co_await begin_session(*found, std::move(proof));
}

net::awaitable<AccountService::Written> AccountService::link_at_home(std::string token, AccountId id,
                                                                     std::string link) {
  const auto account = authenticate(token);
  if (!account || account->id != id || account->role == Role::Pupil)
    co_return Error{ErrorCode::NotFound, "the session has ended meanwhile"};
  auto add = add_school_link(id, std::move(link), token_hash(token));
  auto noted = store::audited(std::move(add), clock_(), id, store::Deed::AccountLinked, id.value);
  std::vector<AccountId> nobody;
  co_return co_await change_at_home(std::move(noted), std::move(nobody));
}

net::awaitable<AccountService::Written> AccountService::unlink_at_home(Asking asking,
                                                                       protocol::ProvePassword message) {
  const auto account = co_await proven(asking, std::move(message.current));
  if (account.has_error()) co_return account.error();
  const AccountId id = account->id;
  const std::string kept = token_hash(asking.token);
  auto remove = remove_school_link(id, kept);
  auto noted = store::audited(std::move(remove), clock_(), id, store::Deed::AccountUnlinked, id.value);
  std::vector<AccountId> nobody;
  const Written done = co_await change_at_home(std::move(noted), std::move(nobody));
  if (done.has_value()) sessions_.publish(sessions_.now()->with_only(id, kept));
  co_return done;
}

}  // namespace trede::accounts
