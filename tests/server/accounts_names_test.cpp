#include "server/accounts/attempts.hpp"
#include "server/accounts/names.hpp"
#include "server/accounts/secret.hpp"
#include "tests/support/catch.hpp"

namespace trede::accounts {
namespace {

TEST_CASE("accounts: a name is found however a child types it", "[accounts]") {
  const auto same = [](std::string_view stored, std::string_view typed) {
    CAPTURE(stored, typed);
    CHECK(name_key(stored) == name_key(typed));
  };
  same("Noor", "noor");
  same("Zoë", "ZOE");
  same("Zoë", "zoË");
  same("  Jan   Willem ", "jan willem");
  same("Çağla", "cagla");
  same("Łukasz", "lukasz");
  same("Strauß", "strauss");
  same("Søren", "soren");
}

TEST_CASE("accounts: different names stay different", "[accounts]") {
  CHECK(name_key("Jan") != name_key("Jans"));
  CHECK(name_key("Jan Willem") != name_key("Janwillem"));
  CHECK(name_key("Юля") != name_key("Оля"));
}

TEST_CASE("accounts: a name that is no UTF-8 is left as it is", "[accounts]") {
  CHECK(name_key("\xC3") == "\xC3");
  CHECK(name_key("a\xFFz") == "a\xFFz");
}

TEST_CASE("accounts: a class code may be typed with blanks, hyphens and small letters", "[accounts]") {
  CHECK(code_key("abc-346") == "ABC346");
  CHECK(code_key(" ab c346 ") == "ABC346");
}

TEST_CASE("accounts: a class code has six letters that cannot be confused", "[accounts]") {
  for (int i = 0; i < 100; ++i) {
    const std::string code = random_class_code();
    CAPTURE(code);
    CHECK(code.size() == 6);
    CHECK(code.find_first_of("0O1IL2Z5S8BU") == std::string::npos);
    CHECK(code_key(code) == code);
  }
}

TEST_CASE("accounts: only the right secret fits its hash", "[accounts]") {
  const std::string hash = hash_secret("1234");
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(secret_fits(hash, "1234"));
  CHECK_FALSE(secret_fits(hash, "1235"));
  CHECK_FALSE(secret_fits(hash, ""));
  CHECK_FALSE(secret_fits("", "1234"));
}

TEST_CASE("accounts: the hash for unknown names costs what a real one costs and never fits", "[accounts]") {
  const std::string real = hash_secret("secret");
  const std::string& impossible = impossible_hash();
  CHECK(real.substr(0, real.find("p=1")) == impossible.substr(0, impossible.find("p=1")));
  CHECK(real.size() == impossible.size());
  CHECK_FALSE(secret_fits(impossible, "secret"));
  CHECK_FALSE(secret_fits(impossible, ""));
}

TEST_CASE("accounts: tokens differ and are stored as a hash", "[accounts]") {
  const std::string token = random_token();
  CHECK(token.size() == 43);
  CHECK(token != random_token());
  CHECK(token_hash(token).size() == 64);
  CHECK(token_hash(token) == token_hash(token));
}

TEST_CASE("accounts: guesses run out within a window and come back after it", "[accounts]") {
  Attempts attempts(3, std::chrono::minutes(15), 10);
  const Milliseconds start = 1'000'000'000;
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(attempts.exhausted("noor", start + i));
    attempts.count("noor", start + i);
  }
  CHECK(attempts.exhausted("noor", start + 3));
  CHECK_FALSE(attempts.exhausted("daan", start + 3));
  CHECK(attempts.exhausted("noor", start + 15 * 60'000 - 1));
  CHECK_FALSE(attempts.exhausted("noor", start + 15 * 60'000));
  CHECK_FALSE(attempts.exhausted("noor", start - 24 * 3'600'000));  // a clock set back locks nobody out
}

TEST_CASE("accounts: a flood of names forgets the oldest, not the newest", "[accounts]") {
  Attempts attempts(1, std::chrono::minutes(15), 2);
  attempts.count("first", 1);
  attempts.count("second", 2);
  attempts.count("third", 3);
  CHECK_FALSE(attempts.exhausted("first", 4));
  CHECK(attempts.exhausted("second", 4));
  CHECK(attempts.exhausted("third", 4));
}

}  // namespace
}  // namespace trede::accounts
