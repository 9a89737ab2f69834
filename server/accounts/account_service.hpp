// Signing in and out. Sessions are rows of the journal, so they survive kill -9; their live copy is a
// snapshot that any loop reads. Changes happen on the home loop; hashing on two niced threads of its own.
// Made after the loops and the journal; destroyed when the loops have finished.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/accounts/account.hpp"
#include "server/accounts/attempts.hpp"
#include "server/accounts/directory.hpp"
#include "server/accounts/server_key.hpp"
#include "server/accounts/sessions.hpp"
#include "server/async.hpp"
#include "server/clock.hpp"
#include "server/protocol/messages.hpp"
#include "server/published.hpp"

namespace trede::accounts {

struct SignedInSession {
  Account account;
  std::string token;  // goes into the cookie
  Milliseconds expires_ms = 0;
};

class AccountService {
 public:
  using Written = Result<std::int64_t>;

  // Reads directory and sessions from the journal's file, and the key beside it. home: the loop that owns the changes.
  static Result<std::unique_ptr<AccountService>> open(store::Journal& journal, net::Executor home,
                                                      Clock clock);

  // From any loop. Forbidden, in the same words, for unknown names and wrong secrets; Conflict when the pupil's class
  // is not open for signing in, and when the password is right and a code of the second step is needed too; TooMany
  // after too many wrong secrets (per name and per address, limits.hpp) or when too many people wait; Unavailable when
  // the disk fails.
  net::awaitable<Result<SignedInSession>> sign_in(protocol::SignIn message, std::string address);

  // Whose session this is, if it is one. Any thread.
  std::optional<Account> authenticate(std::string_view token) const;

  // Ends the session; nothing happens when there is none. From any loop.
  net::awaitable<Written> sign_out(std::string token);

  // Writes a change of creation.hpp or people_changes.hpp and publishes a new directory. From any loop.
  net::awaitable<Written> change(store::Change change);
  // The same for a change that ended sessions on disk: those of signed_out end in memory too.
  net::awaitable<Written> change(store::Change change, std::vector<AccountId> signed_out);

  // As long as there are no accounts: the secret of the address where the first administrator makes the school, good
  // once and for limits::set_up_time. Empty when there are accounts. Before the loops run.
  std::string begin_set_up();
  // Makes school and administrator and signs in. Forbidden for a token that is not or no longer right; Invalid
  // for names or a password that are none.
  net::awaitable<Result<SignedInSession>> set_up(protocol::SetUp message);

  // What staff change about their own account, from any loop: whose session it is that asks, and from where. Forbidden
  // when the current password or the code is not right, TooMany as for signing in.
  struct Asking {
    std::string token;
    std::string address;
  };
  // The other sessions of the account end. Invalid for a password that is none.
  net::awaitable<Written> change_password(Asking asking, protocol::ChangePassword message);
  bool has_second_step(std::string_view token) const;
  // The secret is kept for limits::second_step_offer; a right code makes it the second step of signing in. Conflict
  // when there is one, or nothing to confirm.
  net::awaitable<Result<protocol::SecondStepOffered>> offer_second_step(Asking asking,
                                                                        protocol::ProvePassword message);
  net::awaitable<Written> confirm_second_step(Asking asking, protocol::ConfirmCode message);
  net::awaitable<Written> leave_second_step(Asking asking, protocol::ProvePassword message);

  // Signing in with the account that somebody of the staff has at the school's own provider (school_account.cpp), from
  // any loop. link: ServerKey::link_of that account, for which the provider vouched; no code of a second step is asked.
  // Forbidden when it is nobody's of this role, or was taken off, or the account closed, until the session was written.
  net::awaitable<Result<SignedInSession>> sign_in_by_link(Role role, std::string link);
  // Whose session it is, when the password is right; errors as above.
  net::awaitable<Result<Account>> prove(Asking asking, protocol::ProvePassword message);
  // Links it to the account of the session. Conflict when there is a link, or it is another's; NotFound when the
  // session ended meanwhile or is another account's.
  net::awaitable<Written> link_school_account(std::string token, AccountId account, std::string link);
  // The other sessions end: somebody may have come in with it. NotFound when there is none.
  net::awaitable<Written> unlink_school_account(Asking asking, protocol::ProvePassword message);
  bool has_school_account(std::string_view token) const;

  // hash_secret, on the niced threads. From any loop.
  net::awaitable<std::string> hashed(std::string password);
  const ServerKey& key() const { return key_; }
  Milliseconds now() const { return clock_(); }

  // The people as they are now. Any thread.
  std::shared_ptr<const Directory> directory() const { return directory_.now(); }

 private:
  struct Offer {
    std::string secret;
    Milliseconds until_ms = 0;
  };

  AccountService(store::Journal& journal, net::Executor home, Clock clock, ServerKey key,
                 std::shared_ptr<const Directory> directory, std::shared_ptr<const Sessions> sessions);

  net::awaitable<Result<SignedInSession>> sign_in_at_home(protocol::SignIn message, std::string address);
  // What let somebody in, to be asked again when the session is written: a statement that finds the account with it.
  struct Proof {
    store::Sql statement;
    std::string value;
  };
  static store::Change add_session(Session session, Proof proof, Milliseconds now);
  net::awaitable<Result<SignedInSession>> begin_session(Account account, Proof proof);
  net::awaitable<Written> sign_out_at_home(std::string token);
  net::awaitable<Written> change_at_home(store::Change change, std::vector<AccountId> signed_out);
  net::awaitable<Result<SignedInSession>> set_up_at_home(protocol::SetUp message);
  // What is stored for the PIN that fits, none when it does not.
  net::awaitable<Result<std::optional<std::string>>> pin_fits(const Account* pupil, std::string stored,
                                                              std::string pin);
  net::awaitable<bool> secret_fits_account(std::string hash, std::string secret);
  static std::string attempt_key(Role role, const protocol::SignIn& message, const std::string& stored);
  static std::string address_key(Role role, const std::string& address);
  bool may_guess(Role role, const std::string& name_key, const std::string& address, Milliseconds now) const;

  net::awaitable<Result<Account>> proven(Asking asking, std::string current);
  net::awaitable<Written> change_password_at_home(Asking asking, protocol::ChangePassword message);
  net::awaitable<Result<protocol::SecondStepOffered>> offer_at_home(Asking asking,
                                                                    protocol::ProvePassword message);
  net::awaitable<Written> confirm_at_home(Asking asking, protocol::ConfirmCode message);
  net::awaitable<Written> leave_at_home(Asking asking, protocol::ProvePassword message);
  net::awaitable<Result<SignedInSession>> sign_in_by_link_at_home(Role role, std::string link);
  net::awaitable<Written> link_at_home(std::string token, AccountId account, std::string link);
  net::awaitable<Written> unlink_at_home(Asking asking, protocol::ProvePassword message);
  net::awaitable<Written> take_code(AccountId id, SecondStep second, std::string code);

  store::Journal& journal_;
  net::Executor home_;
  Clock clock_;
  ServerKey key_;
  Published<Directory> directory_;
  Published<Sessions> sessions_;
  // From here on used on the home loop only.
  Attempts wrong_by_name_;
  Attempts wrong_by_address_;
  std::size_t sign_ins_waiting_ = 0;
  std::map<AccountId, Offer> offers_;  // second steps to confirm: one of an account at most
  std::string set_up_token_hash_;      // empty: nothing is to be set up
  Milliseconds set_up_until_ms_ = 0;
  std::uint64_t directories_begun_ = 0;
  std::uint64_t directory_published_ = 0;
  boost::asio::thread_pool hashing_{2};  // last member: joins before the rest goes
};

}  // namespace trede::accounts
