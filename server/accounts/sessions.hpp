// The sessions that are open, as an immutable value sorted by the hash of their token: a thousand pupils who
// sign in within a minute copy it seventeen times a second, which is cheaper than a lock on every request.
// Any thread.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "server/ids.hpp"
#include "server/store/database.hpp"

namespace trede::accounts {

struct Session {
  std::array<char, 64> token_hash{};  // hexadecimal
  AccountId account;
  Milliseconds expires_ms = 0;
};

class Sessions {
 public:
  static Result<std::shared_ptr<const Sessions>> load(store::Database& database, Milliseconds now);

  // Null when there is none; an expired one is found too.
  const Session* find(std::string_view token_hash) const;

  // With one more; those that expired and the account's surplus (limits::sessions_per_account, the oldest)
  // are gone.
  std::shared_ptr<const Sessions> with(Session added, Milliseconds now) const;
  std::shared_ptr<const Sessions> without(std::string_view token_hash) const;
  std::shared_ptr<const Sessions> without_account(AccountId account) const;
  // Of the account's only this one.
  std::shared_ptr<const Sessions> with_only(AccountId account, std::string_view token_hash) const;

 private:
  std::vector<Session> sorted_;
};

std::array<char, 64> fixed(std::string_view token_hash);

}  // namespace trede::accounts
