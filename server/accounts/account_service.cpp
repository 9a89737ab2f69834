#include "server/accounts/account_service.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "server/accounts/names.hpp"
#include "server/accounts/people_changes.hpp"
#include "server/accounts/people_limits.hpp"
#include "server/accounts/secret.hpp"
#include "server/limits.hpp"
#include "server/store/audit.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {
namespace {

// A school signing in at nine must not delay those who already practise. On Linux the priority is the
// thread's own.
void yield_to_others() {
  static thread_local const int niced = setpriority(PRIO_PROCESS, 0, 5);
  (void)niced;  // may be refused; then hashing only competes
}

bool anything_is_sealed(const Directory& people) {
  const auto all = people.accounts();
  return std::any_of(all.begin(), all.end(), [&](const Account* each) {
    return is_sealed_pin(people.secret(each->id)) || people.second_step(each->id) ||
           people.school_link(each->id);
  });
}

const Account* find_account(const Directory& people, Role role, const protocol::SignIn& message) {
  if (role != Role::Pupil) return people.staff(role, message.name);
  const Class* school_class = people.class_with_code(message.class_code);
  return school_class ? people.pupil(school_class->id, message.name) : nullptr;
}

std::optional<Error> unreadable(const std::optional<Role>& role, const protocol::SignIn& message) {
  if (!role) return Error{ErrorCode::Invalid, "role: is not known"};
  if (message.name.size() > limits::name_bytes || message.class_code.size() > limits::name_bytes)
    return Error{ErrorCode::Invalid, "name: too long"};
  if (message.secret.size() > limits::secret_bytes) return Error{ErrorCode::Invalid, "secret: too long"};
  return std::nullopt;
}

store::Change end_session(std::string hash) {
  return [hash = std::move(hash)](store::Database& database) -> Result<std::int64_t> {
    auto& end = database.statement(store::sql::end_session);
    end.bind(1, hash);
    return end.exec();
  };
}

std::optional<Error> unreadable(const protocol::SetUp& message) {
  if (message.secret.size() < limits::password_least_bytes)
    return Error{ErrorCode::Invalid, "secret: too short for a password"};
  if (message.secret.size() > limits::secret_bytes) return Error{ErrorCode::Invalid, "secret: too long"};
  return std::nullopt;
}

// School and administrator, if nobody was quicker.
store::Change create_first(std::string school, std::string name, std::string secret) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& count = database.statement(store::sql::count_accounts);
    const bool empty = count.executeStep() && count.getColumn(0).getInt64() == 0;
    count.tryReset();  // no statement of the writing connection stays open
    if (!empty) return Error{ErrorCode::Conflict, "there are accounts already"};
    const auto made = create_school(school)(database);
    if (made.has_error()) return made;
    return create_account({SchoolId{*made}, Role::Administrator, name, secret})(database);
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
  const auto key = ServerKey::open(key_file(journal.file()), anything_is_sealed(**directory));
  if (key.has_error()) return key.error();
  return std::unique_ptr<AccountService>(
      new AccountService(journal, home, std::move(clock), *key, std::move(*directory), std::move(*sessions)));
}

AccountService::AccountService(store::Journal& journal, net::Executor home, Clock clock, ServerKey key,
                               std::shared_ptr<const Directory> directory,
                               std::shared_ptr<const Sessions> sessions)
    : journal_(journal),
      home_(home),
      clock_(std::move(clock)),
      key_(key),
      directory_(std::move(directory)),
      sessions_(std::move(sessions)),
      wrong_by_name_(limits::wrong_secrets_per_account, limits::wrong_secrets_window,
                     limits::attempts_remembered),
      wrong_by_address_(limits::wrong_secrets_per_address_and_minute, limits::wrong_secrets_address_window,
                        limits::attempts_remembered) {}

std::optional<Account> AccountService::authenticate(std::string_view token) const {
  if (token.empty()) return std::nullopt;
  const auto sessions = sessions_.now();
  const Session* session = sessions->find(token_hash(token));
  if (!session || session->expires_ms <= clock_()) return std::nullopt;
  const auto people = directory();
  const Account* account = people->account(session->account);
  return account && !account->closed ? std::optional(*account) : std::nullopt;
}

net::awaitable<Result<SignedInSession>> AccountService::sign_in(protocol::SignIn message,
                                                                std::string address) {
  return net::on_loop(home_, sign_in_at_home(std::move(message), std::move(address)));
}

net::awaitable<AccountService::Written> AccountService::sign_out(std::string token) {
  return net::on_loop(home_, sign_out_at_home(std::move(token)));
}

net::awaitable<AccountService::Written> AccountService::change(store::Change change) {
  std::vector<AccountId> nobody;
  return this->change(std::move(change), std::move(nobody));
}

net::awaitable<AccountService::Written> AccountService::change(store::Change change,
                                                               std::vector<AccountId> signed_out) {
  return net::on_loop(home_, change_at_home(std::move(change), std::move(signed_out)));
}

net::awaitable<Result<SignedInSession>> AccountService::set_up(protocol::SetUp message) {
  return net::on_loop(home_, set_up_at_home(std::move(message)));
}

net::awaitable<std::string> AccountService::hashed(std::string password) {
  auto work = [password = std::move(password)] {
    yield_to_others();
    return hash_secret(password);
  };
  return net::done_on(hashing_, std::move(work));
}

std::string AccountService::begin_set_up() {
  if (!directory()->accounts().empty()) return {};
  std::string token = random_token();
  set_up_token_hash_ = token_hash(token);
  set_up_until_ms_ = clock_() + std::chrono::milliseconds(limits::set_up_time).count();
  return token;
}

// Unknown names are counted too: a limit that exists only for real accounts would tell which are real. stored: the
// secret that is guessed at; with a new one its owner comes in at once, however often somebody guessed at the old.
std::string AccountService::attempt_key(Role role, const protocol::SignIn& message,
                                        const std::string& stored) {
  const std::string place = role == Role::Pupil ? code_key(message.class_code) : std::string();
  return std::string(to_text(role)) + '\n' + place + '\n' + name_key(message.name) + '\n' + stored;
}

// Pupils who guess must not shut their teachers out, nor the other way round.
std::string AccountService::address_key(Role role, const std::string& address) {
  return (role == Role::Pupil ? "pupil\n" : "staff\n") + address;
}

// A school is one address. When somebody there has guessed its tries away, a pupil's name that nobody guessed at still
// gets in; that leaves who guesses one try at each name. Comparing a password of staff costs too much for that.
bool AccountService::may_guess(Role role, const std::string& name_key, const std::string& address,
                               Milliseconds now) const {
  if (wrong_by_name_.exhausted(name_key, now)) return false;
  if (!wrong_by_address_.exhausted(address_key(role, address), now)) return true;
  return role == Role::Pupil && wrong_by_name_.none(name_key, now);
}

net::awaitable<Result<SignedInSession>> AccountService::sign_in_at_home(protocol::SignIn message,
                                                                        std::string address) {
  const std::optional<Role> role = role_of_text(message.role);
  if (const auto error = unreadable(role, message)) co_return *error;
  const auto people = directory();
  const Account* found = find_account(*people, *role, message);
  std::string stored = found ? people->secret(found->id) : impossible_hash();
  const std::string key = attempt_key(*role, message, stored);
  const Milliseconds now = clock_();
  if (!may_guess(*role, key, address, now))
    co_return Error{ErrorCode::TooMany, "too many wrong secrets; try again in a quarter of an hour"};
  if (sign_ins_waiting_ >= limits::sign_ins_waiting)
    co_return Error{ErrorCode::TooMany, "many people are signing in; try again in a moment"};

  const Class* school_class = *role == Role::Pupil ? people->class_with_code(message.class_code) : nullptr;
  if (school_class && !is_open(*school_class, now))
    co_return Error{ErrorCode::Conflict, "the class is not open for signing in now"};
  wrong_by_name_.count(key, now);  // before the hash: guesses sent at once must not slip through together
  Result<std::optional<std::string>> fits = std::optional<std::string>();
  if (*role == Role::Pupil)
    fits = co_await pin_fits(found, std::move(stored), std::move(message.secret));
  else if (co_await secret_fits_account(stored, std::move(message.secret)))
    fits = std::optional(std::move(stored));
  if (fits.has_error()) co_return fits.error();
  if (!*fits || !found) {
    wrong_by_address_.count(address_key(*role, address), now);
    co_return Error{ErrorCode::Forbidden, "name or secret is not right"};
  }
  if (const SecondStep* second = people->second_step(found->id)) {
    // The attempt stays counted until a code was right: who has the password must not try codes for ever.
    if (!message.code) co_return Error{ErrorCode::Conflict, "a code of the second step is needed"};
    const Written taken = co_await take_code(found->id, *second, *message.code);
    if (taken.has_error() && taken.error().code == ErrorCode::Forbidden)
      wrong_by_address_.count(address_key(*role, address), now);
    if (taken.has_error()) co_return taken.error();
  }
  wrong_by_name_.forget(key);
  Proof proof{store::sql::has_secret_still, std::move(**fits)};
  co_return co_await begin_session(*found, std::move(proof));
}

// PINs that an older version hashed are sealed when their pupil comes by. Nobody's PIN takes as long as somebody's.
net::awaitable<Result<std::optional<std::string>>> AccountService::pin_fits(const Account* pupil,
                                                                            std::string stored,
                                                                            std::string pin) {
  std::optional<std::string> fitting;
  if (!pupil || is_sealed_pin(stored)) {
    if (key_.pin_fits(stored, pin)) fitting = std::move(stored);
    co_return fitting;
  }
  const AccountId id = pupil->id;
  const bool fits = co_await secret_fits_account(stored, pin);
  if (!fits) co_return fitting;
  fitting = key_.seal_pin(pin);
  std::vector<AccountId> nobody;
  auto sealed = replace_secret(id, std::move(stored), *fitting);
  const Written written = co_await change_at_home(std::move(sealed), std::move(nobody));
  if (written.has_error()) co_return written.error();
  co_return fitting;
}

net::awaitable<Result<SignedInSession>> AccountService::set_up_at_home(protocol::SetUp message) {
  const bool right = !set_up_token_hash_.empty() && token_hash(message.token) == set_up_token_hash_;
  if (!right || clock_() >= set_up_until_ms_)
    co_return Error{ErrorCode::Forbidden, "this address is used or too old; start the program again"};
  if (const auto error = unreadable(message)) co_return *error;
  std::string secret = co_await hashed(std::move(message.secret));
  std::vector<AccountId> nobody;
  auto first = store::audited_making(create_first(std::move(message.school), message.name, std::move(secret)),
                                     clock_(), AccountId{0}, store::Deed::AccountMade);
  const Written made = co_await change_at_home(std::move(first), std::move(nobody));
  if (made.has_error()) co_return made.error();
  set_up_token_hash_.clear();
  const auto people = directory();
  const AccountId id{*made};
  Proof proof{store::sql::has_secret_still, people->secret(id)};
  co_return co_await begin_session(*people->account(id), std::move(proof));
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

// Who changes a secret or a link ends the sessions there are, so none may begin with the old one after that.
store::Change AccountService::add_session(Session session, Proof proof, Milliseconds now) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    const store::Sql statement = proof.statement;
    auto& still = database.statement(statement);
    still.bind(1, session.account.value);
    still.bind(2, proof.value);
    const bool holds = still.executeStep();
    still.tryReset();  // no statement of the writing connection stays open
    if (!holds) return Error{ErrorCode::Forbidden, "name or secret is not right"};
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

net::awaitable<Result<SignedInSession>> AccountService::begin_session(Account account, Proof proof) {
  const Milliseconds now = clock_();
  const std::chrono::milliseconds lasts =
      account.role == Role::Pupil ? limits::pupil_session : limits::staff_session;
  SignedInSession begun{account, random_token(), now + lasts.count()};
  const Session session{fixed(token_hash(begun.token)), account.id, begun.expires_ms};
  const Written durable = co_await net::written(journal_, add_session(session, std::move(proof), now));
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

net::awaitable<AccountService::Written> AccountService::change_at_home(store::Change change,
                                                                       std::vector<AccountId> signed_out) {
  const Written durable = co_await net::written(journal_, std::move(change));
  if (durable.has_error()) co_return durable.error();
  for (const AccountId each : signed_out) sessions_.publish(sessions_.now()->without_account(each));
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
