#include "server/accounts/account_service.hpp"

#include <sys/resource.h>

#include "server/accounts/names.hpp"
#include "server/accounts/secret.hpp"
#include "server/limits.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {
namespace {

// A school signing in at nine must not delay those who already practise. On Linux the priority is the
// thread's own.
void yield_to_others() {
  static thread_local const int niced = setpriority(PRIO_PROCESS, 0, 5);
  (void)niced;  // may be refused; then hashing only competes
}

const Account* find_account(const Directory& people, Role role, const protocol::SignIn& message) {
  if (role != Role::Pupil) return people.staff(role, message.name);
  const Class* school_class = people.class_with_code(message.class_code);
  return school_class ? people.pupil(school_class->id, message.name) : nullptr;
}

// Unknown names are counted too: a limit that exists only for real accounts would tell which are real.
std::string attempt_key(Role role, const protocol::SignIn& message) {
  const std::string place = role == Role::Pupil ? code_key(message.class_code) : std::string();
  return std::string(to_text(role)) + '\n' + place + '\n' + name_key(message.name);
}

std::optional<Error> unreadable(const std::optional<Role>& role, const protocol::SignIn& message) {
  if (!role) return Error{ErrorCode::Invalid, "role: pupil, teacher or author is needed"};
  if (message.name.size() > limits::name_bytes || message.class_code.size() > limits::name_bytes)
    return Error{ErrorCode::Invalid, "name: too long"};
  if (message.secret.size() > limits::secret_bytes) return Error{ErrorCode::Invalid, "secret: too long"};
  return std::nullopt;
}

store::Change add_session(Session session, Milliseconds now) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& old = database.statement(store::sql::end_old_sessions);
    old.bind(1, now);
    old.exec();
    auto& insert = database.statement(store::sql::add_session);
    insert.bind(1, std::string(session.token_hash.begin(), session.token_hash.end()));
    insert.bind(2, session.account.value);
    insert.bind(3, session.expires_ms);
    insert.exec();
    auto& surplus = database.statement(store::sql::end_surplus_sessions);
    surplus.bind(1, session.account.value);
    surplus.bind(2, static_cast<std::int64_t>(limits::sessions_per_account));
    return surplus.exec();
  };
}

store::Change end_session(std::string hash) {
  return [hash = std::move(hash)](store::Database& database) -> Result<std::int64_t> {
    auto& end = database.statement(store::sql::end_session);
    end.bind(1, hash);
    return end.exec();
  };
}

Result<std::shared_ptr<const Directory>> read_directory(const std::filesystem::path& file) {
  const auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  return Directory::load(**database);
}

}  // namespace

Result<std::unique_ptr<AccountService>> AccountService::open(store::Journal& journal, net::Executor home,
                                                             Clock clock) {
  const auto database = store::Database::open(journal.file(), store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  auto directory = Directory::load(**database);
  if (directory.has_error()) return directory.error();
  auto sessions = Sessions::load(**database, clock());
  if (sessions.has_error()) return sessions.error();
  return std::unique_ptr<AccountService>(
      new AccountService(journal, home, std::move(clock), std::move(*directory), std::move(*sessions)));
}

AccountService::AccountService(store::Journal& journal, net::Executor home, Clock clock,
                               std::shared_ptr<const Directory> directory,
                               std::shared_ptr<const Sessions> sessions)
    : journal_(journal),
      home_(home),
      clock_(std::move(clock)),
      directory_(std::move(directory)),
      sessions_(std::move(sessions)),
      wrong_by_name_(limits::wrong_secrets_per_account, limits::wrong_secrets_window,
                     limits::attempts_remembered),
      wrong_by_address_(limits::wrong_secrets_per_address, limits::wrong_secrets_window,
                        limits::attempts_remembered) {}

std::optional<Account> AccountService::authenticate(std::string_view token) const {
  if (token.empty()) return std::nullopt;
  const auto sessions = sessions_.now();
  const Session* session = sessions->find(token_hash(token));
  if (!session || session->expires_ms <= clock_()) return std::nullopt;
  const auto people = directory();
  const Account* account = people->account(session->account);
  return account ? std::optional(*account) : std::nullopt;
}

net::awaitable<Result<SignedInSession>> AccountService::sign_in(protocol::SignIn message,
                                                                std::string address) {
  return net::on_loop(home_, sign_in_at_home(std::move(message), std::move(address)));
}

net::awaitable<AccountService::Written> AccountService::sign_out(std::string token) {
  return net::on_loop(home_, sign_out_at_home(std::move(token)));
}

net::awaitable<AccountService::Written> AccountService::change(store::Change change) {
  return net::on_loop(home_, change_at_home(std::move(change)));
}

net::awaitable<Result<SignedInSession>> AccountService::sign_in_at_home(protocol::SignIn message,
                                                                        std::string address) {
  const std::optional<Role> role = role_of_text(message.role);
  if (const auto error = unreadable(role, message)) co_return *error;
  const std::string key = attempt_key(*role, message);
  const Milliseconds now = clock_();
  if (wrong_by_name_.exhausted(key, now) || wrong_by_address_.exhausted(address, now))
    co_return Error{ErrorCode::TooMany, "too many wrong secrets; try again in a quarter of an hour"};
  if (sign_ins_waiting_ >= limits::sign_ins_waiting)
    co_return Error{ErrorCode::TooMany, "many people are signing in; try again in a moment"};

  const auto people = directory();
  const Account* found = find_account(*people, *role, message);
  std::string hash = found ? people->secret(found->id) : impossible_hash(*role);
  wrong_by_name_.count(key, now);  // before the hash: guesses sent at once must not slip through together
  const bool fits = co_await secret_fits_account(std::move(hash), std::move(message.secret));
  if (!fits || !found) {
    wrong_by_address_.count(address, now);
    co_return Error{ErrorCode::Forbidden, "name or secret is not right"};
  }
  wrong_by_name_.forget(key);
  co_return co_await begin_session(*found);
}

net::awaitable<bool> AccountService::secret_fits_account(std::string hash, std::string secret) {
  auto work = [hash = std::move(hash), secret = std::move(secret)] {
    yield_to_others();
    return secret_fits(hash, secret);
  };
  ++sign_ins_waiting_;
  const bool fits = co_await net::done_on(hashing_, std::move(work));
  --sign_ins_waiting_;
  co_return fits;
}

net::awaitable<Result<SignedInSession>> AccountService::begin_session(Account account) {
  const Milliseconds now = clock_();
  const std::chrono::milliseconds lasts =
      account.role == Role::Pupil ? limits::pupil_session : limits::staff_session;
  SignedInSession begun{account, random_token(), now + lasts.count()};
  const Session session{fixed(token_hash(begun.token)), account.id, begun.expires_ms};
  const Written durable = co_await net::written(journal_, add_session(session, now));
  if (durable.has_error()) co_return durable.error();
  sessions_.publish(sessions_.now()->with(session, now));
  co_return begun;
}

net::awaitable<AccountService::Written> AccountService::sign_out_at_home(std::string token) {
  const std::string hash = token_hash(token);
  const Written durable = co_await net::written(journal_, end_session(hash));
  if (durable.has_error()) co_return durable.error();
  sessions_.publish(sessions_.now()->without(hash));
  co_return durable;
}

net::awaitable<AccountService::Written> AccountService::change_at_home(store::Change change) {
  const Written durable = co_await net::written(journal_, std::move(change));
  if (durable.has_error()) co_return durable.error();
  const std::uint64_t mine = ++directories_begun_;
  auto work = [file = journal_.file()] { return read_directory(file); };
  auto directory = co_await net::done_on(hashing_, std::move(work));
  if (directory.has_error()) co_return directory.error();
  if (mine > directory_published_) {  // a later change may have been read already
    directory_published_ = mine;
    directory_.publish(std::move(*directory));
  }
  co_return durable;
}

}  // namespace trede::accounts
