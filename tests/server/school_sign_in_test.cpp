// Staff who sign in with the account of their school, at a provider that is honest, lies, or is not there.
#include <regex>

#include "server/accounts/own_changes.hpp"
#include "server/accounts/people_changes.hpp"
#include "server/accounts/secret.hpp"
#include "server/store/audit.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/school_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

using accounts::Role;

std::vector<std::string> deeds_about(SchoolWithProvider& day, const std::string& name) {
  const auto people = day.school.accounts().directory();
  const auto database =
      store::Database::open(day.school.folder() / "school.db", store::Database::Mode::ReadOnly);
  std::vector<std::string> actions;
  for (const auto& entry : *store::audit_about(**database, people->staff(Role::Teacher, name)->id))
    actions.push_back(entry.action);
  return actions;
}

}  // namespace

TEST_CASE("school account: who linked it signs in with it, and gets the session of a password",
          "[net][oidc]") {
  SchoolWithProvider day;
  const std::string juf = day.teacher();
  CHECK(day.own_state(juf) == R"({"name":"Lesplein","linked":false})");
  CHECK(day.link(juf, "sub-1").body == R"({"role":"teacher","name":"juf","linked":true})");
  CHECK(day.own_state(juf) == R"({"name":"Lesplein","linked":true})");
  for (const TestKey& key : {test_rsa_key(), test_p256_key()}) {
    const Answer in = day.sign_in_as("sub-1", key);
    CHECK(in.status == 200);
    CHECK(in.body == R"({"role":"teacher","name":"juf","linked":false})");
    const std::string& cookie = in.headers.at("set-cookie");
    CHECK(std::regex_match(
        cookie, std::regex("trede=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200")));
    CHECK(ask(day.port(), "GET", "/api/me", cookie_line(in)).body == R"({"role":"teacher","name":"juf"})");
  }
  CHECK(deeds_about(day, "juf") == std::vector<std::string>{"account-linked"});
}

TEST_CASE("school account: the way there names a challenge, the way back its verifier", "[net][oidc]") {
  SchoolWithProvider day;
  const Way way = day.begin("teacher");
  CHECK(way.address.starts_with(day.provider.address() +
                                "/authorize?response_type=code&scope=openid&client_id=trede&"));
  CHECK(way.address.find("redirect_uri=http%3A%2F%2Flocalhost%2Fschool%2F&") != std::string::npos);
  CHECK(way.address.find("&code_challenge_method=S256&") != std::string::npos);
  CHECK(way.cookie_text.ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=600"));
  day.provider.answer_token(day.token(way, "sub-1"));
  day.finish(way);
  const std::string asked = day.provider.last_redemption();
  // trede:geheim%20van%20de%20school
  CHECK(asked.find("Authorization: Basic dHJlZGU6Z2VoZWltJTIwdmFuJTIwZGUlMjBzY2hvb2w=\r\n") !=
        std::string::npos);
  std::smatch verifier;
  REQUIRE(std::regex_search(asked, verifier, std::regex("code_verifier=([A-Za-z0-9_-]{43})$")));
  CHECK(sha256_base64(verifier[1]) == way.parameter("code_challenge"));
  CHECK(asked.find(
            "grant_type=authorization_code&code=good&redirect_uri=http%3A%2F%2Flocalhost%2Fschool%2F&") !=
        std::string::npos);
}

TEST_CASE("school account: nobody gets in with an account that nobody linked", "[net][oidc]") {
  SchoolWithProvider day;
  CHECK(day.sign_in_as("sub-1").status == 403);
  CHECK(day.link(day.teacher(), "sub-1").status == 200);
  CHECK(day.sign_in_as("sub-2").status == 403);
  CHECK(day.sign_in_as("sub-1", test_rsa_key(), "author").status == 403);  // who is a teacher here
  CHECK(post(day.port(), "/api/school-account/begin", R"({"role":"pupil"})").status == 400);
  CHECK(post(day.port(), "/api/school-account/begin", R"({"role":"nobody"})").status == 400);
}

TEST_CASE("school account: one outside account is one of ours, and the other way round", "[net][oidc]") {
  SchoolWithProvider day;
  const std::string juf = day.teacher(), author = cookie_of_author(day.port());
  REQUIRE(day.link(juf, "sub-1").status == 200);
  CHECK(day.link(author, "sub-1").status == 409);
  CHECK(day.link(juf, "sub-2").status == 409);
  CHECK(day.link(author, "sub-2").status == 200);
  CHECK(day.sign_in_as("sub-1").status == 200);
  CHECK(day.sign_in_as("sub-2").status == 403);
  CHECK(day.sign_in_as("sub-2", test_rsa_key(), "author").status == 200);
}

TEST_CASE("school account: to link and to unlink one says the password", "[net][oidc]") {
  SchoolWithProvider day;
  const std::string juf = day.teacher();
  const auto own = [&](const std::string& what, const std::string& cookie, const std::string& password) {
    return post(day.port(), "/api/own/school-account/" + what, R"({"current":")" + password + "\"}", cookie);
  };
  CHECK(own("link", juf, "fout").status == 403);
  CHECK(own("link", "", "geheim").status == 401);
  CHECK(own("link", cookie_of_pupil(day.port()), "1234").status == 404);
  CHECK(own("unlink", juf, "geheim").status == 404);
  REQUIRE(day.link(juf, "sub-1").status == 200);
  const std::string by_school = cookie_line(day.sign_in_as("sub-1"));
  CHECK(own("unlink", juf, "fout").status == 403);
  CHECK(own("unlink", juf, "geheim").body == R"({"name":"Lesplein","linked":false})");
  CHECK(day.sign_in_as("sub-1").status == 403);
  CHECK(ask(day.port(), "GET", "/api/me", by_school).status == 401);  // whoever came in with it is out
  CHECK(ask(day.port(), "GET", "/api/me", juf).status == 200);
  CHECK(deeds_about(day, "juf") == std::vector<std::string>{"account-linked", "account-unlinked"});
}

TEST_CASE("school account: a link to be made ends with the session that asked for it", "[net][oidc]") {
  SchoolWithProvider day;
  const std::string juf = day.teacher(), author = cookie_of_author(day.port());
  const auto come_back = [&](const Way& way, const std::string& cookie) {
    day.provider.answer_token(day.token(way, "sub-1"));
    return day.finish(way, cookie).status;
  };
  CHECK(come_back(day.begin_link(juf), "") == 404);
  CHECK(come_back(day.begin_link(juf), author) == 404);
  const Way way = day.begin_link(juf);
  CHECK(post(day.port(), "/api/sign-out", "{}", juf).status == 200);
  CHECK(come_back(way, juf) == 404);
  CHECK(day.sign_in_as("sub-1").status == 403);
}

TEST_CASE("school account: a closed account, another password and another link shut the door",
          "[net][oidc]") {
  SchoolWithProvider day;
  REQUIRE(day.link(day.teacher(), "sub-1").status == 200);
  day.change(accounts::set_closed(day.juf(), true, {}));
  CHECK(day.sign_in_as("sub-1").status == 403);
  day.change(accounts::set_closed(day.juf(), false, {}));
  CHECK(day.sign_in_as("sub-1").status == 200);
  CHECK(
      post(day.port(), "/api/own/password", R"({"current":"geheim","secret":"een lange zin"})", day.teacher())
          .status == 200);
  CHECK(day.sign_in_as("sub-1").status == 403);  // who knew the old password may have linked it
}

TEST_CASE("school account: an administrator undoes a link, or makes a new password, and all sessions end",
          "[net][oidc]") {
  SchoolWithProvider day;
  const std::string password = accounts::hash_secret("geheim");
  for (const bool unlinks : {true, false}) {
    REQUIRE(day.link(day.teacher(), "sub-1").status == 200);
    const std::string by_school = cookie_line(day.sign_in_as("sub-1"));
    if (unlinks)
      day.change(accounts::remove_school_link(day.juf().id, ""));
    else
      day.change(accounts::set_secrets({{day.juf().id, password}}));
    CHECK(ask(day.port(), "GET", "/api/me", by_school).status == 401);
    CHECK(day.sign_in_as("sub-1").status == 403);
  }
}

// The directory is read before, the link is asked for again when the session is written.
TEST_CASE("school account: a sign-in that runs while the link is taken off comes too late", "[net][oidc]") {
  SchoolWithProvider day;
  REQUIRE(day.link(day.teacher(), "sub-1").status == 200);
  const auto change = [](const char* sql) {
    return [sql](store::Database& database) -> Result<std::int64_t> {
      database.execute(sql);
      return 0;
    };
  };
  for (const char* sql : {"UPDATE school_link SET link = 'another'", "DELETE FROM school_link"}) {
    day.school.write_behind_its_back(change(sql));
    CHECK(day.school.accounts().directory()->linked_with(day.link_of("sub-1")));
    CHECK(day.sign_in_as("sub-1").status == 403);
  }
}

TEST_CASE("school account: who signs in takes the place of who was at this computer", "[net][oidc]") {
  SchoolWithProvider day;
  const std::string juf = day.teacher();
  REQUIRE(day.link(juf, "sub-1").status == 200);
  const Way way = day.begin("teacher");
  day.provider.answer_token(day.token(way, "sub-1"));
  CHECK(day.finish(way, juf).status == 200);
  CHECK(ask(day.port(), "GET", "/api/me", juf).status == 401);
}

TEST_CASE("school account: each door has its own session, and a way back by another one is none",
          "[net][oidc]") {
  SchoolWithProvider day;
  REQUIRE(day.link(day.teacher(), "sub-1").status == 200);
  const Way way = day.begin("teacher", "/teacher");
  CHECK(way.parameter("state").starts_with("teacher."));
  day.provider.answer_token(day.token(way, "sub-1"));
  CHECK(day.finish(way, "", "good", "/author").status == 404);
  const Answer in = day.finish(way, "", "good", "/teacher");
  CHECK(in.headers.at("set-cookie").starts_with("trede-teacher="));
}

TEST_CASE("school account: no code of Trede's own is asked when the school vouches", "[net][oidc]") {
  SchoolWithProvider day;
  REQUIRE(day.link(day.teacher(), "sub-1").status == 200);
  day.school.write_behind_its_back([](store::Database& database) -> Result<std::int64_t> {
    database.execute("INSERT INTO second_step SELECT account, x'00', 0 FROM school_link");
    return 0;
  });
  day.school.stop();
  day.school.start();
  CHECK(sign_in(day.port(), "teacher", "juf", "geheim").status == 409);
  CHECK(day.sign_in_as("sub-1").status == 200);
}

TEST_CASE("school account: nothing of the outside account is in the folder, and links live through a restart",
          "[net][oidc]") {
  SchoolWithProvider day;
  REQUIRE(day.link(day.teacher(), "a-subject-to-be-looked-for").status == 200);
  day.school.stop();
  for (const std::string& canary : {std::string("a-subject-to-be-looked-for"), day.provider.address()})
    CHECK(practice::files_with(day.school.folder(), canary).empty());
  std::filesystem::rename(day.school.folder() / "server.key", day.school.folder() / "kept");
  CHECK(accounts::ServerKey::open(day.school.folder() / "server.key", true).has_error());
  std::filesystem::rename(day.school.folder() / "kept", day.school.folder() / "server.key");
  day.school.start();
  CHECK(day.sign_in_as("a-subject-to-be-looked-for").status == 200);
}

TEST_CASE("school account: through TLS the way is bound by a cookie of this host alone", "[net][oidc]") {
  TestProvider provider;
  TestSchool school([&](ServerConfig& config) {
    config.provider = provider.config();
    config.behind_proxy = true;
  });
  const Answer begun = post(school.port(), "/api/school-account/begin", R"({"role":"teacher"})",
                            "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n");
  CHECK(begun.body.find("redirect_uri=https%3A%2F%2Flocalhost%2Fschool%2F&") != std::string::npos);
  CHECK(std::regex_match(begun.headers.at("set-cookie"),
                         std::regex("__Host-trede-school=[A-Za-z0-9_-]{43}; HttpOnly; Secure; "
                                    "SameSite=Strict; Path=/; Max-Age=600")));
}

TEST_CASE("school account: without the option there is nothing of it", "[net][oidc]") {
  TestSchool school;
  CHECK(ask(school.port(), "GET", "/api/school-account").body == R"({"name":""})");
  CHECK(post(school.port(), "/api/school-account/begin", R"({"role":"teacher"})").status == 404);
  CHECK(post(school.port(), "/api/school-account/finish", R"({"code":"c","state":"s"})").status == 404);
  const std::string juf = cookie_line(sign_in(school.port(), "teacher", "juf", "geheim"));
  CHECK(post(school.port(), "/api/own/school-account/link", R"({"current":"geheim"})", juf).status == 404);
  CHECK(ask(school.port(), "GET", "/api/own/school-account", juf).body == R"({"name":"","linked":false})");
}

}  // namespace trede::net
