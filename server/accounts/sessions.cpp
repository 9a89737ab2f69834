#include "server/accounts/sessions.hpp"

#include <algorithm>

#include "server/limits.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {
namespace {

bool before(const Session& session, const std::array<char, 64>& token_hash) {
  return session.token_hash < token_hash;
}

// Leaves room for one more session of the account.
void drop_surplus(std::vector<Session>& sessions, AccountId account) {
  std::vector<Milliseconds> ends;
  for (const Session& session : sessions)
    if (session.account == account) ends.push_back(session.expires_ms);
  if (ends.size() < limits::sessions_per_account) return;
  std::sort(ends.begin(), ends.end());
  const Milliseconds last_dropped = ends[ends.size() - limits::sessions_per_account];
  std::erase_if(sessions,
                [&](const Session& s) { return s.account == account && s.expires_ms <= last_dropped; });
}

}  // namespace

std::array<char, 64> fixed(std::string_view token_hash) {
  std::array<char, 64> text{};
  ENSURE(token_hash.size() == text.size());
  std::copy(token_hash.begin(), token_hash.end(), text.begin());
  return text;
}

Result<std::shared_ptr<const Sessions>> Sessions::load(store::Database& database, Milliseconds now) {
  auto sessions = std::make_shared<Sessions>();
  const auto read = store::guarded([&]() -> Result<std::int64_t> {
    auto& row = database.statement(store::sql::all_sessions);
    row.bind(1, now);
    while (row.executeStep())
      sessions->sorted_.push_back({fixed(row.getColumn(0).getString()),
                                   AccountId{row.getColumn(1).getInt64()}, row.getColumn(2).getInt64()});
    return 0;
  });
  if (read.has_error()) return read.error();
  return std::shared_ptr<const Sessions>(std::move(sessions));
}

const Session* Sessions::find(std::string_view token_hash) const {
  const std::array<char, 64> wanted = fixed(token_hash);
  const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), wanted, before);
  return found != sorted_.end() && found->token_hash == wanted ? &*found : nullptr;
}

std::shared_ptr<const Sessions> Sessions::with(Session added, Milliseconds now) const {
  auto next = std::make_shared<Sessions>(*this);
  std::erase_if(next->sorted_, [&](const Session& session) { return session.expires_ms <= now; });
  drop_surplus(next->sorted_, added.account);
  next->sorted_.insert(std::lower_bound(next->sorted_.begin(), next->sorted_.end(), added.token_hash, before),
                       added);
  return next;
}

std::shared_ptr<const Sessions> Sessions::without(std::string_view token_hash) const {
  auto next = std::make_shared<Sessions>(*this);
  std::erase_if(next->sorted_,
                [wanted = fixed(token_hash)](const Session& s) { return s.token_hash == wanted; });
  return next;
}

std::shared_ptr<const Sessions> Sessions::without_account(AccountId account) const {
  auto next = std::make_shared<Sessions>(*this);
  std::erase_if(next->sorted_, [&](const Session& session) { return session.account == account; });
  return next;
}

std::shared_ptr<const Sessions> Sessions::with_only(AccountId account, std::string_view token_hash) const {
  auto next = std::make_shared<Sessions>(*this);
  std::erase_if(next->sorted_, [&, kept = fixed(token_hash)](const Session& session) {
    return session.account == account && session.token_hash != kept;
  });
  return next;
}

}  // namespace trede::accounts
