// The first administrator, PINs under the server's key, classes that are closed, sessions that others end.
#include <boost/asio/use_future.hpp>

#include <sys/stat.h>
#include <time.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <thread>

#include "server/accounts/people_changes.hpp"
#include "server/accounts/people_limits.hpp"
#include "server/accounts/secret.hpp"
#include "server/limits.hpp"
#include "server/net/loops.hpp"
#include "server/protocol/codec.hpp"
#include "tests/server/net_socket_client.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::accounts {
namespace {

using net::Answer;
using net::ask;
using net::cookie_line;
using net::post;
using net::sign_in;
using net::TestSchool;

template <class T>
T wait_for(net::Executor loop, net::awaitable<T> coroutine) {
  return boost::asio::co_spawn(loop, std::move(coroutine), boost::asio::use_future).get();
}

void change(TestSchool& school, store::Change made, std::vector<AccountId> signed_out = {}) {
  auto changed = school.accounts().change(std::move(made), std::move(signed_out));
  REQUIRE(wait_for(school.loop(), std::move(changed)).has_value());
}

const Class& class_of(const Directory& people) {
  return *people.class_with_code("ABC346");
}

// A data folder in which nobody is yet.
struct EmptySchool {
  net::TemporaryFolder folder;
  std::atomic<Milliseconds> now{1'800'000'000'000};
  net::Loops loops{1};
  std::unique_ptr<store::Journal> journal;
  std::unique_ptr<AccountService> accounts;
  std::string token;

  EmptySchool() {
    auto opened = store::Journal::open(folder.path() / "school.db");
    REQUIRE(opened.has_value());
    journal = std::move(*opened);
    auto service = AccountService::open(*journal, loops.executor(0), [this] { return now.load(); });
    REQUIRE(service.has_value());
    accounts = std::move(*service);
    token = accounts->begin_set_up();
    loops.start();
  }
  ~EmptySchool() { loops.finish(); }

  std::string outcome(const std::string& with, const std::string& password = "een lange zin") {
    protocol::SetUp message{with, "De Trap", "beheer", password};
    const auto begun = wait_for(loops.executor(0), accounts->set_up(std::move(message)));
    if (begun.has_error()) return std::string(protocol::word(begun.error().code));
    return std::string(to_text(begun->account.role));
  }
};

std::string other_than(std::string token) {
  token.front() = token.front() == 'x' ? 'y' : 'x';
  return token;
}

// The time zone of the machine, for as long as it lives.
class LocalTime {
 public:
  explicit LocalTime(const char* zone) {
    if (const char* before = getenv("TZ")) before_ = before;
    set(zone);
  }
  ~LocalTime() { set(before_ ? before_->c_str() : nullptr); }

 private:
  static void set(const char* zone) {
    if (zone)
      setenv("TZ", zone, 1);
    else
      unsetenv("TZ");
    tzset();
  }
  std::optional<std::string> before_;
};

TEST_CASE("accounts: the first administrator makes the school, once, with the address that was printed",
          "[accounts]") {
  EmptySchool school;
  CHECK(school.token.size() == 43);
  CHECK(school.outcome("") == "forbidden");
  CHECK(school.outcome(other_than(school.token)) == "forbidden");
  CHECK(school.outcome(school.token, "kort") == "invalid");
  CHECK(school.outcome(school.token) == "administrator");
  CHECK(school.outcome(school.token) == "forbidden");
  CHECK(school.accounts->directory()->schools().size() == 1);
  CHECK(school.accounts->begin_set_up().empty());
}

TEST_CASE("accounts: the address for the first administrator grows old", "[accounts]") {
  EmptySchool school;
  school.now += std::chrono::milliseconds(limits::set_up_time).count();
  CHECK(school.outcome(school.token) == "forbidden");
}

TEST_CASE("accounts: the server's key lies beside the database, for its owner alone", "[accounts]") {
  EmptySchool school;
  struct stat file {};
  REQUIRE(::stat((school.folder.path() / "server.key").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777) == 0600);
  CHECK(file.st_size == 32);
}

TEST_CASE("accounts: a PIN fits its own seal under its own key only", "[accounts]") {
  const net::TemporaryFolder folder;
  const auto key = ServerKey::open(folder.path() / "one.key", false);
  const auto other = ServerKey::open(folder.path() / "two.key", false);
  REQUIRE(key.has_value());
  REQUIRE(other.has_value());
  const std::string sealed = key->seal_pin("1234");
  CHECK(sealed != key->seal_pin("1234"));
  CHECK(key->pin_fits(sealed, "1234"));
  CHECK(ServerKey::open(folder.path() / "one.key", true)->pin_fits(sealed, "1234"));
  CHECK_FALSE(other->pin_fits(sealed, "1234"));
  for (const std::string wrong : {"1235", "", "12345"}) CHECK_FALSE(key->pin_fits(sealed, wrong));
  for (const std::string no_seal : {"", "hmac-sha256$", "hmac-sha256$$", "$argon2id$v=19"})
    CHECK_FALSE(key->pin_fits(no_seal, ""));
}

TEST_CASE("accounts: without the key that PINs need the school does not open", "[accounts]") {
  TestSchool school;
  school.stop();
  const auto key = school.folder() / "server.key";
  std::filesystem::rename(key, school.folder() / "away");
  CHECK(ServerKey::open(key, true).error().code == ErrorCode::Conflict);
  net::write_file(key, "short");
  CHECK(ServerKey::open(key, true).error().code == ErrorCode::Conflict);
}

TEST_CASE("accounts: a PIN that an older version hashed is sealed at the next sign-in", "[accounts]") {
  TestSchool school;
  const AccountId noor =
      school.accounts().directory()->pupil(class_of(*school.accounts().directory()).id, "noor")->id;
  change(school, set_secrets({{noor, hash_secret("1234")}}));
  CHECK(sign_in(school.port(), "pupil", "Noor", "4321", "ABC346").status == 403);
  CHECK_FALSE(is_sealed_pin(school.accounts().directory()->secret(noor)));
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 200);
  CHECK(is_sealed_pin(school.accounts().directory()->secret(noor)));
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 200);
}

TEST_CASE("accounts: a new PIN lets in whom others guessed shut", "[accounts]") {
  TestSchool school;
  for (int i = 0; i < limits::wrong_secrets_per_account; ++i)
    CHECK(sign_in(school.port(), "pupil", "Noor", "0000", "ABC346").status == 403);
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 429);
  const AccountId noor =
      school.accounts().directory()->pupil(class_of(*school.accounts().directory()).id, "noor")->id;
  change(school, set_secrets({{noor, school.accounts().key().seal_pin("9876")}}));
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 403);
  CHECK(sign_in(school.port(), "pupil", "Noor", "9876", "ABC346").status == 200);
}

TEST_CASE("accounts: a class is open at its hours, or as its teacher says for the day", "[accounts]") {
  const LocalTime amsterdam("Europe/Amsterdam");
  Class shown;
  shown.hours = {8 * 60, 16 * 60, 10 * 60, 10 * 60};
  const Milliseconds friday_nine = 1'800'000'000'000;  // 2027-01-15 09:00 in Amsterdam
  constexpr Milliseconds hour = 3'600'000;
  CHECK(is_open(shown, friday_nine));
  CHECK_FALSE(is_open(shown, friday_nine - 2 * hour));
  CHECK_FALSE(is_open(shown, friday_nine + 7 * hour));
  CHECK_FALSE(is_open(shown, friday_nine + 24 * hour));  // a Saturday without hours
  CHECK(end_of_day(friday_nine) == friday_nine + 15 * hour);
  shown.said = "closed";
  shown.said_until_ms = end_of_day(friday_nine);
  CHECK_FALSE(is_open(shown, friday_nine));
  CHECK(is_open(shown, friday_nine + 3 * 24 * hour));  // Monday: the hours again
  CHECK(problem_with({0, 1441, 0, 0}).has_value());
  CHECK(problem_with({10, 9, 0, 0}).has_value());
  CHECK_FALSE(problem_with(always_open).has_value());
}

TEST_CASE("accounts: hours are those of the wall clock on the days that have 23 and 25", "[accounts]") {
  const LocalTime amsterdam("Europe/Amsterdam");
  constexpr Milliseconds hour = 3'600'000;
  const Milliseconds spring = 1'806'188'400'000;  // 2027-03-28 00:00 in Amsterdam, summer time begins
  const Milliseconds autumn = 1'824'933'600'000;  // 2027-10-31 00:00, it ends
  CHECK(end_of_day(spring) == spring + 23 * hour);
  CHECK(end_of_day(autumn) == autumn + 25 * hour);
  CHECK(end_of_day(end_of_day(autumn) - 1) == end_of_day(autumn));
  Class shown;
  shown.hours = {0, 0, 8 * 60, 16 * 60};  // both days are Sundays
  CHECK_FALSE(is_open(shown, spring + 7 * hour - 1));
  CHECK(is_open(shown, spring + 7 * hour));
  CHECK_FALSE(is_open(shown, spring + 15 * hour));
  CHECK_FALSE(is_open(shown, autumn + 9 * hour - 1));
  CHECK(is_open(shown, autumn + 9 * hour));
  CHECK(is_open(shown, autumn + 17 * hour - 1));
}

TEST_CASE("accounts: nobody signs in to a class that is closed, and who is in stays", "[accounts]") {
  TestSchool school;
  const std::string cookie = net::cookie_of_pupil(school.port());
  const ClassId id = class_of(*school.accounts().directory()).id;
  change(school, set_sign_in(id, always_open, "closed", end_of_day(school.now)));
  for (const char* pin : {"1234", "0000"})
    CHECK(sign_in(school.port(), "pupil", "Noor", pin, "ABC346").status == 409);
  CHECK(sign_in(school.port(), "pupil", "Niemand", "1234", "ABC346").status == 409);
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 200);
  change(school, set_sign_in(id, always_open, "", 0));
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 200);
}

TEST_CASE("accounts: signing out everywhere ends every session and page at once", "[accounts]") {
  TestSchool school(std::chrono::milliseconds(5));
  const std::string one = net::cookie_of_pupil(school.port());
  const std::string two = net::cookie_of_pupil(school.port());
  CHECK(one != two);  // a new one at each sign-in
  net::SocketClient page(school.port(), one);
  CHECK(page.echo("here") == "here");
  const AccountId noor =
      school.accounts().directory()->pupil(class_of(*school.accounts().directory()).id, "noor")->id;
  change(school, end_sessions_of(noor), {noor});
  CHECK(page.close_code() == 4401);
  for (const auto& cookie : {one, two}) CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 401);
  school.stop();
  school.start();
  CHECK(ask(school.port(), "GET", "/api/me", two).status == 401);
}

TEST_CASE("accounts: a new secret also ends the session that was being signed in to with the old one",
          "[accounts]") {
  TestSchool school;
  const Account author = *school.accounts().directory()->staff(Role::Author, "auteur");
  const std::string secret = hash_secret("een lange zin");
  Answer signed_in;
  std::thread browser([&] { signed_in = sign_in(school.port(), "author", "auteur", "geheim"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // its password is being compared by then
  change(school, set_secrets({{author.id, secret}}), {author.id});
  browser.join();
  if (signed_in.status == 200)
    CHECK(ask(school.port(), "GET", "/api/me", cookie_line(signed_in)).status == 401);
  else
    CHECK(signed_in.status == 403);
}

TEST_CASE("accounts: who leaves the class hears nothing more of it", "[accounts]") {
  TestSchool school(std::chrono::milliseconds(5));
  const auto people = school.accounts().directory();
  net::SocketClient page(school.port(), net::cookie_of_pupil(school.port()));
  CHECK(page.echo("here") == "here");
  change(school, set_classes(people->pupil(class_of(*people).id, "noor")->id, {}));
  CHECK(page.close_code() == 4403);
}

TEST_CASE("accounts: a closed account is as good as none", "[accounts]") {
  TestSchool school;
  const std::string cookie = net::cookie_of_author(school.port());
  const auto people = school.accounts().directory();
  const Account author = *people->staff(Role::Author, "auteur");
  change(school, set_closed(author, true, {}), {author.id});
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 401);
  CHECK(sign_in(school.port(), "author", "auteur", "geheim").status == 403);
  change(school, create_account({author.school, Role::Author, "Auteur", "no hash"}));  // the name is free
  auto reopened = school.accounts().change(set_closed(author, false, {}));
  CHECK(wait_for(school.loop(), std::move(reopened)).error().code == ErrorCode::Conflict);
}

TEST_CASE("accounts: who guessed the tries of an address away has one guess at each name left",
          "[accounts]") {
  TestSchool school;
  const auto guess = [&](const std::string& name, const std::string& pin = "0000") {
    return sign_in(school.port(), "pupil", name, pin, "ABC346").status;
  };
  for (int i = 0; i < limits::wrong_secrets_per_address_and_minute; ++i)
    CHECK(guess("Kind " + std::to_string(i)) == 403);
  CHECK(guess("Kind 1") == 429);
  CHECK(guess("Zoë") == 403);
  CHECK(guess("Zoë", "1234") == 429);
  CHECK(guess("Noor", "1234") == 200);  // nobody guessed at her: who guesses shuts no class out
  CHECK(sign_in(school.port(), "teacher", "juf", "geheim").status == 200);
  school.now += 60'000;
  CHECK(guess("Zoë", "1234") == 200);
}

TEST_CASE("accounts: guesses at staff from one address end for a minute", "[accounts][.slow]") {
  TestSchool school;
  const auto guess = [&](const std::string& name) {
    return sign_in(school.port(), "teacher", name, "x").status;
  };
  int tried = 0;
  while (tried <= limits::wrong_secrets_per_address_and_minute && guess("T" + std::to_string(tried)) == 403)
    ++tried;
  CHECK(tried == limits::wrong_secrets_per_address_and_minute);
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 200);
}

}  // namespace
}  // namespace trede::accounts
