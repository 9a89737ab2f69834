// Signing in and out. Sessions are rows of the journal, so they survive kill -9; their live copy is a snapshot that any loop
// reads. Changes happen on the home loop; hashing on two niced threads of its own. Must outlive the loops' last use of it, and be
// destroyed before the loops and the journal.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/accounts/account.hpp"
#include "server/accounts/directory.hpp"
#include "server/async.hpp"
#include "server/clock.hpp"
#include "server/protocol/messages.hpp"

namespace trede::accounts {

struct SignedInSession {
  Account account;
  std::string token;  // goes into the cookie
  Milliseconds expires_ms = 0;
};

class AccountService {
 public:
  // Reads directory and sessions from the journal's file. home: the loop that owns the changes.
  static Result<std::unique_ptr<AccountService>> open(store::Journal& journal, net::Executor home, Clock clock);
  ~AccountService();

  // From any loop. Forbidden, in the same words, for an unknown name and a wrong secret; TooMany after too many wrong ones
  // (per account and per address, limits.hpp) or when too many people wait; Unavailable when the disk fails.
  net::awaitable<Result<SignedInSession>> sign_in(protocol::SignIn message, std::string address);

  // Whose session this is, if it is one. Any thread.
  std::optional<Account> authenticate(std::string_view token) const;

  // Ends the session; nothing happens when there is none. From any loop.
  net::awaitable<Result<std::int64_t>> sign_out(std::string token);

  // Writes a change of creation.hpp and publishes a new directory. From any loop.
  net::awaitable<Result<std::int64_t>> change(store::Change change);

  // The people as they are now. Any thread.
  std::shared_ptr<const Directory> directory() const;

 private:
  struct Parts;
  explicit AccountService(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace trede::accounts
