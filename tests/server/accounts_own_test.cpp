// What staff do about their own account: another password, and a second step of signing in.
#include <boost/asio/use_future.hpp>

#include "server/accounts/people_limits.hpp"
#include "server/accounts/totp.hpp"
#include "server/limits.hpp"
#include "server/store/audit.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::accounts {
namespace {

using net::Answer;
using net::ask;
using net::cookie_line;
using net::post;
using net::sign_in;
using net::TestSchool;

const std::string rfc_secret = "12345678901234567890";

std::string teacher(const TestSchool& school) {
  return cookie_line(sign_in(school.port(), "teacher", "juf", "geheim"));
}

unsigned change_password(const TestSchool& school, const std::string& cookie, const std::string& current,
                         const std::string& secret) {
  return post(school.port(), "/api/own/password",
              R"({"current":")" + current + R"(","secret":")" + secret + "\"}", cookie)
      .status;
}

Answer with_code(const TestSchool& school, const std::string& code, const std::string& secret = "geheim") {
  return post(school.port(), "/api/sign-in",
              R"({"role":"teacher","class_code":"","name":"juf","secret":")" + secret + R"(","code":")" +
                  code + "\"}");
}

unsigned confirm(const TestSchool& school, const std::string& cookie, const std::string& code) {
  return post(school.port(), "/api/own/second-step/confirm", R"({"code":")" + code + "\"}", cookie).status;
}

std::string from_base32(const std::string& text) {
  std::string bytes;
  std::uint32_t waiting = 0;
  int bits = 0;
  for (const char c : text) {
    waiting = waiting << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits += 5;
    if (bits >= 8) bytes += static_cast<char>(waiting >> (bits -= 8) & 255);
  }
  return bytes;
}

std::string code_at(const TestSchool& school, const std::string& secret, int steps = 0) {
  return totp_code(secret, totp_step(school.now) + steps);
}

// The secret of a second step of the teacher's that is not confirmed yet.
std::string offered(const TestSchool& school, const std::string& cookie) {
  const Answer offer = post(school.port(), "/api/own/second-step/offer", R"({"current":"geheim"})", cookie);
  REQUIRE(offer.status == 200);
  const std::size_t begin = offer.body.find("?secret=") + 8;
  return from_base32(offer.body.substr(begin, offer.body.find('&') - begin));
}

std::string switched_on(const TestSchool& school, const std::string& cookie) {
  const std::string secret = offered(school, cookie);
  REQUIRE(confirm(school, cookie, code_at(school, secret)) == 200);
  return secret;
}

std::string state(const TestSchool& school, const std::string& cookie) {
  return ask(school.port(), "GET", "/api/own/second-step", cookie).body;
}

}  // namespace

TEST_CASE("totp: the vectors of RFC 6238 and RFC 4226", "[accounts]") {
  const std::pair<std::int64_t, const char*> of_6238[] = {{59, "287082"},         {1111111109, "081804"},
                                                          {1111111111, "050471"}, {1234567890, "005924"},
                                                          {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : of_6238) CHECK(totp_code(rfc_secret, totp_step(seconds * 1000)) == code);
  const char* of_4226[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t i = 0; i < 10; ++i) CHECK(totp_code(rfc_secret, i) == of_4226[i]);
}

TEST_CASE("totp: a code holds for its half minute and the ones beside it, once", "[accounts]") {
  const Milliseconds now = 1'111'111'109'000;
  const std::int64_t step = totp_step(now);
  for (std::int64_t off = -3; off <= 3; ++off) {
    const auto found = totp_step_of(rfc_secret, totp_code(rfc_secret, step + off), now, 0);
    CHECK(found == (off >= -1 && off <= 1 ? std::optional(step + off) : std::nullopt));
  }
  CHECK(totp_step_of(rfc_secret, "081 804", now, step - 1) == step);
  CHECK_FALSE(totp_step_of(rfc_secret, "081804", now, step));
  for (const std::string& broken :
       {std::string(), std::string("81804"), std::string("0818040"), std::string("abcdef"),
        std::string("08180\0", 6), std::string(10'000, '0'), std::string("٠٨١٨٠٤")})
    CHECK_FALSE(totp_step_of(rfc_secret, broken, now, 0));
}

TEST_CASE("totp: secrets are random, and told in base32", "[accounts]") {
  CHECK(to_base32("") == "");
  CHECK(to_base32("f") == "MY");
  CHECK(to_base32("foobar") == "MZXW6YTBOI");
  CHECK(to_base32(rfc_secret) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  CHECK(new_totp_secret().size() == 20);
  CHECK(new_totp_secret() != new_totp_secret());
  CHECK(totp_address("juf é", "f") == "otpauth://totp/Trede:juf%20%C3%A9?secret=MY&issuer=Trede");
}

TEST_CASE("own account: another password ends the other sessions and not this one", "[accounts]") {
  TestSchool school;
  const std::string here = teacher(school), there = teacher(school);
  const std::string author = net::cookie_of_author(school.port());
  CHECK(change_password(school, here, "geheim", "een lange zin") == 200);
  CHECK(ask(school.port(), "GET", "/api/me", here).status == 200);
  CHECK(ask(school.port(), "GET", "/api/me", there).status == 401);
  CHECK(ask(school.port(), "GET", "/api/me", author).status == 200);
  school.stop();
  school.start();
  CHECK(ask(school.port(), "GET", "/api/me", here).status == 200);
  CHECK(ask(school.port(), "GET", "/api/me", there).status == 401);
  CHECK(sign_in(school.port(), "teacher", "juf", "geheim").status == 403);
  CHECK(sign_in(school.port(), "teacher", "juf", "een lange zin").status == 200);
}

TEST_CASE("own account: a password is changed by who knows the old one, into one that is long enough",
          "[accounts]") {
  TestSchool school;
  const std::string cookie = teacher(school);
  CHECK(change_password(school, cookie, "geheim", "te kort") == 400);
  CHECK(change_password(school, cookie, "geheim", std::string(limits::secret_bytes + 1, 'x')) == 400);
  CHECK(change_password(school, cookie, std::string(limits::secret_bytes + 1, 'x'), "een lange zin") == 400);
  CHECK(change_password(school, "", "geheim", "een lange zin") == 401);
  CHECK(change_password(school, net::cookie_of_pupil(school.port()), "1234", "een lange zin") == 404);
  for (int i = 0; i < limits::wrong_secrets_per_account; ++i)
    CHECK(change_password(school, cookie, "fout", "een lange zin") == 403);
  CHECK(change_password(school, cookie, "geheim", "een lange zin") == 429);
  CHECK(sign_in(school.port(), "teacher", "juf", "geheim").status == 429);  // the same guesses
}

TEST_CASE("own account: with a second step a password is not enough", "[accounts]") {
  TestSchool school;
  const std::string cookie = teacher(school);
  CHECK(state(school, cookie) == R"({"on":false})");
  const std::string secret = switched_on(school, cookie);
  CHECK(state(school, cookie) == R"({"on":true})");
  CHECK(sign_in(school.port(), "teacher", "juf", "geheim").status == 409);
  CHECK(sign_in(school.port(), "teacher", "juf", "fout").status == 403);
  CHECK(with_code(school, code_at(school, secret)).status == 403);  // it confirmed the secret
  school.now += 30'000;
  CHECK(with_code(school, code_at(school, secret), "fout").status == 403);
  CHECK(with_code(school, code_at(school, secret)).status == 200);
  CHECK(with_code(school, code_at(school, secret)).status == 403);  // good once
  school.stop();
  school.start();
  CHECK(with_code(school, code_at(school, secret)).status == 403);
  CHECK(with_code(school, code_at(school, secret, 1)).status == 200);
}

TEST_CASE("own account: guessing codes ends like guessing passwords", "[accounts]") {
  TestSchool school;
  const std::string secret = switched_on(school, teacher(school));
  school.now += 60'000;
  for (int i = 0; i < limits::wrong_secrets_per_account; ++i) CHECK(with_code(school, "x").status == 403);
  CHECK(with_code(school, code_at(school, secret)).status == 429);
  school.now += 15 * 60'000;
  CHECK(with_code(school, code_at(school, secret)).status == 200);
}

TEST_CASE("own account: a second step begins with the password and a right code", "[accounts]") {
  TestSchool school;
  const std::string cookie = teacher(school);
  CHECK(confirm(school, cookie, "123456") == 409);
  CHECK(post(school.port(), "/api/own/second-step/offer", R"({"current":"fout"})", cookie).status == 403);
  const std::string secret = offered(school, cookie);
  CHECK(confirm(school, cookie, code_at(school, secret, 3)) == 403);
  CHECK(confirm(school, cookie, "") == 403);
  CHECK(confirm(school, net::cookie_of_author(school.port()), code_at(school, secret)) == 409);
  school.now += std::chrono::milliseconds(limits::second_step_offer).count();
  CHECK(confirm(school, cookie, code_at(school, secret)) == 409);
  CHECK(state(school, cookie) == R"({"on":false})");
  CHECK(post(school.port(), "/api/own/second-step/leave", R"({"current":"geheim"})", cookie).status == 404);
}

TEST_CASE("own account: a second step is left with the password", "[accounts]") {
  TestSchool school;
  const std::string cookie = teacher(school);
  switched_on(school, cookie);
  CHECK(post(school.port(), "/api/own/second-step/offer", R"({"current":"geheim"})", cookie).status == 409);
  CHECK(post(school.port(), "/api/own/second-step/leave", R"({"current":"fout"})", cookie).status == 403);
  CHECK(post(school.port(), "/api/own/second-step/leave", R"({"current":"geheim"})", cookie).body ==
        R"({"on":false})");
  CHECK(sign_in(school.port(), "teacher", "juf", "geheim").status == 200);
}

TEST_CASE("own account: the secret of a second step is not readable in the database", "[accounts]") {
  TestSchool school;
  const std::string secret = switched_on(school, teacher(school));
  school.stop();
  CHECK(practice::files_with(school.folder(), secret).empty());
  CHECK(practice::files_with(school.folder(), to_base32(secret)).empty());
  {
    const auto database =
        store::Database::open(school.folder() / "school.db", store::Database::Mode::ReadWrite);
    REQUIRE(database.has_value());
    (*database)->execute("DELETE FROM session; DELETE FROM account WHERE name = 'juf'");
    CHECK((*database)->connection().execAndGet("SELECT count(*) FROM second_step").getInt() == 0);
  }
}

TEST_CASE("own account: what was changed is in the audit", "[accounts]") {
  TestSchool school;
  const std::string cookie = teacher(school);
  switched_on(school, cookie);
  CHECK(post(school.port(), "/api/own/second-step/leave", R"({"current":"geheim"})", cookie).status == 200);
  CHECK(change_password(school, cookie, "geheim", "een lange zin") == 200);
  const auto people = school.accounts().directory();
  const AccountId juf = people->staff(Role::Teacher, "juf")->id;
  const auto database = store::Database::open(school.folder() / "school.db", store::Database::Mode::ReadOnly);
  std::vector<std::string> actions;
  for (const auto& entry : *store::audit_about(**database, juf)) actions.push_back(entry.action);
  CHECK(actions == std::vector<std::string>{"second-step-set", "second-step-removed", "password-changed"});
}

}  // namespace trede::accounts
