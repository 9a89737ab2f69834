#include <array>
#include <boost/asio/use_future.hpp>
#include <future>

#include "server/accounts/creation.hpp"
#include "server/accounts/secret.hpp"
#include "server/limits.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

// Waits for a coroutine of the account service on one of the school's loops.
template <class T>
T wait_for(TestSchool& school, awaitable<T> coroutine) {
  return boost::asio::co_spawn(school.loop(), std::move(coroutine), boost::asio::use_future).get();
}

TEST_CASE("accounts: a pupil signs in with class code, name and PIN", "[accounts]") {
  const TestSchool school;
  const Answer answer = sign_in(school.port(), "pupil", " zoe ", "1234", "abc-346");
  CHECK(answer.status == 200);
  CHECK(answer.body == R"({"role":"pupil","name":"Zoë"})");
  const std::string& cookie = answer.headers.at("set-cookie");
  CHECK(cookie.starts_with("trede="));
  CHECK(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200"));

  const Answer me = ask(school.port(), "GET", "/api/me", cookie_line(answer));
  CHECK(me.status == 200);
  CHECK(me.body == answer.body);
}

TEST_CASE("accounts: each page of one browser has a session of its own", "[accounts]") {
  const TestSchool school;
  const std::string noor = R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"1234"})";
  const Answer answer = post(school.port(), "/pupil/api/sign-in", noor);
  REQUIRE(answer.status == 200);
  CHECK(answer.headers.at("set-cookie").starts_with("trede-pupil="));
  CHECK(ask(school.port(), "GET", "/pupil/api/me", cookie_line(answer)).status == 200);
  CHECK(ask(school.port(), "GET", "/teacher/api/me", "").status == 401);
  CHECK(ask(school.port(), "GET", "/nobody/api/me", cookie_line(answer)).status == 404);
  CHECK(ask(school.port(), "GET", "/pupil/pupil/api/me", cookie_line(answer)).status == 404);
}

TEST_CASE("accounts: staff sign in with name and password", "[accounts]") {
  const TestSchool school;
  CHECK(sign_in(school.port(), "teacher", "Juf", "geheim").body == R"({"role":"teacher","name":"juf"})");
  CHECK(sign_in(school.port(), "author", "auteur", "geheim").body == R"({"role":"author","name":"auteur"})");
  CHECK(sign_in(school.port(), "author", "juf", "geheim").status == 403);  // a teacher is no author
}

TEST_CASE("accounts: an unknown name and a wrong secret are refused in the same words", "[accounts]") {
  const TestSchool school;
  const Answer wrong = sign_in(school.port(), "pupil", "Noor", "4321", "ABC346");
  CHECK(wrong.status == 403);
  for (const auto& [role, name, code] :
       std::vector<std::array<std::string, 3>>{{"pupil", "Niemand", "ABC346"},
                                               {"pupil", "Noor", "XXXXXX"},
                                               {"pupil", "Noor", ""},
                                               {"teacher", "niemand", ""}}) {
    const Answer unknown = sign_in(school.port(), role, name, "1234", code);
    CAPTURE(role, name, code);
    CHECK(unknown.status == wrong.status);
    CHECK(unknown.body == wrong.body);
    CHECK(unknown.headers == wrong.headers);
  }
}

TEST_CASE("accounts: what is no sign-in is refused with the reason", "[accounts]") {
  const TestSchool school;
  CHECK(post(school.port(), "/api/sign-in", "not json").status == 400);
  CHECK(post(school.port(), "/api/sign-in", "{}").status == 400);
  CHECK(sign_in(school.port(), "director", "x", "y").status == 400);
  CHECK(sign_in(school.port(), "pupil", std::string(limits::name_bytes + 1, 'x'), "1234").status == 400);
  CHECK(sign_in(school.port(), "pupil", "Noor", std::string(limits::secret_bytes + 1, 'x')).status == 400);
  CHECK(post(school.port(), "/api/sign-in", std::string(limits::http_body_bytes + 1, ' ')).status == 413);
}

TEST_CASE("accounts: ten wrong secrets close a name for a quarter of an hour", "[accounts]") {
  TestSchool school;
  for (int i = 0; i < limits::wrong_secrets_per_account; ++i)
    CHECK(sign_in(school.port(), "pupil", "Noor", "0000", "ABC346").status == 403);
  CHECK(sign_in(school.port(), "pupil", "noor", "1234", "abc 346").status == 429);
  CHECK(sign_in(school.port(), "pupil", "Zoë", "1234", "ABC346").status == 200);
  school.now += 15 * 60'000;
  CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 200);
}

TEST_CASE("accounts: names that do not exist run out of guesses too", "[accounts]") {
  const TestSchool school;
  for (int i = 0; i < limits::wrong_secrets_per_account; ++i)
    CHECK(sign_in(school.port(), "pupil", "Niemand", "0000", "ABC346").status == 403);
  CHECK(sign_in(school.port(), "pupil", "Niemand", "0000", "ABC346").status == 429);
}

TEST_CASE("accounts: a right secret makes up for wrong ones", "[accounts]") {
  const TestSchool school;
  for (int round = 0; round < 2; ++round) {
    for (int i = 1; i < limits::wrong_secrets_per_account; ++i)
      CHECK(sign_in(school.port(), "pupil", "Noor", "0000", "ABC346").status == 403);
    CHECK(sign_in(school.port(), "pupil", "Noor", "1234", "ABC346").status == 200);
  }
}

TEST_CASE("accounts: a whole class signs in at once behind one address", "[accounts]") {
  TestSchool school;
  const std::string pin = school.accounts().key().seal_pin("2222");
  const auto people = school.accounts().directory();
  const auto& school_class = *people->class_with_code("ABC346");
  for (int i = 0; i < 30; ++i) {
    const accounts::NewAccount pupil{school_class.school, accounts::Role::Pupil, "Pupil " + std::to_string(i),
                                     pin};
    REQUIRE(wait_for(school, school.accounts().change(accounts::create_pupil(pupil, school_class.id)))
                .has_value());
  }
  std::vector<std::future<unsigned>> statuses;
  for (int i = 0; i < 30; ++i)
    statuses.push_back(std::async(std::launch::async, [&school, i] {
      return sign_in(school.port(), "pupil", "Pupil " + std::to_string(i), "2222", "ABC346").status;
    }));
  for (auto& status : statuses) CHECK(status.get() == 200);
}

TEST_CASE("accounts: a session survives a restart and ends after its day", "[accounts]") {
  TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  school.stop();
  school.start();
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 200);
  school.now += std::chrono::milliseconds(limits::pupil_session).count();
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 401);
  school.stop();
  school.start();
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 401);
}

TEST_CASE("accounts: signing out ends the session for good", "[accounts]") {
  TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  const Answer out = post(school.port(), "/api/sign-out", "{}", cookie);
  CHECK(out.status == 200);
  CHECK(out.headers.at("set-cookie") == "trede=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 401);
  CHECK(post(school.port(), "/api/sign-out", "{}", cookie).status == 401);
  school.stop();
  school.start();
  CHECK(ask(school.port(), "GET", "/api/me", cookie).status == 401);
}

TEST_CASE("accounts: the eleventh device of one person signs the first one out", "[accounts]") {
  TestSchool school;
  const std::string first = cookie_of_pupil(school.port());
  std::string last;
  for (std::size_t i = 0; i < limits::sessions_per_account; ++i) {
    ++school.now;
    last = cookie_of_pupil(school.port());
  }
  CHECK(ask(school.port(), "GET", "/api/me", first).status == 401);
  CHECK(ask(school.port(), "GET", "/api/me", last).status == 200);
  school.stop();
  school.start();
  CHECK(ask(school.port(), "GET", "/api/me", first).status == 401);
  CHECK(ask(school.port(), "GET", "/api/me", last).status == 200);
}

TEST_CASE("accounts: a token that was there before the sign-in is none after it", "[accounts]") {
  TestSchool school;
  const std::string noor = R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"1234"})";
  const std::string zoe = R"({"role":"pupil","class_code":"ABC346","name":"Zoë","secret":"1234"})";
  const std::string planted = "Cookie: trede=" + std::string(43, 'A') + "\r\n";
  const Answer first = post(school.port(), "/api/sign-in", noor, planted);
  CHECK(cookie_line(first) != planted);
  CHECK(ask(school.port(), "GET", "/api/me", planted).status == 401);
  const Answer second = post(school.port(), "/api/sign-in", zoe, cookie_line(first));  // at the same computer
  CHECK(ask(school.port(), "GET", "/api/me", cookie_line(second)).body.find("Zoë") != std::string::npos);
  CHECK(ask(school.port(), "GET", "/api/me", cookie_line(first)).status == 401);
}

TEST_CASE("accounts: a token counts in its cookie only, not in an address", "[accounts]") {
  const TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  const std::string token =
      cookie.substr(14, cookie.size() - 16);  // between "Cookie: trede=" and the line's end
  REQUIRE(token.size() == 43);
  for (const std::string& address : {"/api/me?trede=" + token, "/api/me?token=" + token, "/api/me#" + token})
    CHECK(ask(school.port(), "GET", address).status != 200);
  CHECK(ask(school.port(), "GET", "/api/me", "Authorization: Bearer " + token + "\r\n").status == 401);
}

TEST_CASE("accounts: a token nobody gave out opens nothing", "[accounts]") {
  const TestSchool school;
  for (const char* cookie : {"trede=", "trede=x", "trede=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                             "other=1; trede", "=", ";;;"})
    CHECK(ask(school.port(), "GET", "/api/me", std::string("Cookie: ") + cookie + "\r\n").status == 401);
}

TEST_CASE("accounts: requests of other sites are refused", "[accounts]") {
  const TestSchool school;
  const std::string body = R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"1234"})";
  CHECK(ask(school.port(), "POST", "/api/sign-in", "", body).status == 403);
  CHECK(post(school.port(), "/api/sign-in", body, "Origin: http://evil.example\r\n").status == 403);
  CHECK(post(school.port(), "/api/sign-in", body, "Origin: null\r\n").status == 403);
  CHECK(post(school.port(), "/api/sign-in", body, "Origin: http://localhost\r\n").status == 200);
}

TEST_CASE("accounts: names and codes are taken only once", "[accounts]") {
  TestSchool school;
  const auto people = school.accounts().directory();
  const auto& school_class = *people->class_with_code("ABC346");
  const auto code_of = [&](store::Change change) {
    const auto made = wait_for(school, school.accounts().change(std::move(change)));
    REQUIRE(made.has_error());
    return made.error().code;
  };
  using accounts::Role;
  CHECK(code_of(accounts::create_pupil({school_class.school, Role::Pupil, "ZOE", "x"}, school_class.id)) ==
        ErrorCode::Conflict);
  CHECK(code_of(accounts::create_account({school_class.school, Role::Teacher, "JUF", "x"})) ==
        ErrorCode::Conflict);
  CHECK(code_of(accounts::create_account({SchoolId{99}, Role::Teacher, "meester", "x"})) ==
        ErrorCode::Conflict);
  CHECK(code_of(accounts::create_class({school_class.school, "Groep 8", "groep8", "abc346"})) ==
        ErrorCode::Conflict);
  CHECK(code_of(accounts::create_class({school_class.school, "Groep 8", "groep8", "abc"})) ==
        ErrorCode::Invalid);
  CHECK(code_of(accounts::create_account({school_class.school, Role::Author, "  ", "x"})) ==
        ErrorCode::Invalid);
  CHECK(code_of(accounts::create_pupil({school_class.school, Role::Pupil, "Daan", "x"}, ClassId{99})) ==
        ErrorCode::NotFound);
  CHECK(school.accounts().directory()->pupils_of(school_class.id).size() ==
        2);  // Daan without a class was undone
}

TEST_CASE("accounts: the directory knows the people of a class", "[accounts]") {
  TestSchool school;
  const auto people = school.accounts().directory();
  const auto& school_class = *people->class_with_code("abc346");
  const auto pupils = people->pupils_of(school_class.id);
  REQUIRE(pupils.size() == 2);
  CHECK(pupils[0]->name == "Noor");
  CHECK(pupils[1]->name == "Zoë");
  CHECK(people->class_of(pupils[0]->id) == &school_class);
  CHECK(people->belongs(pupils[0]->id, school_class.id));
  CHECK(people->pupil(school_class.id, "zoe") == pupils[1]);

  const auto* teacher = people->staff(accounts::Role::Teacher, "juf");
  REQUIRE(teacher);
  CHECK(people->classes_of(teacher->id).empty());
  REQUIRE(
      wait_for(school, school.accounts().change(accounts::enrol(school_class.id, teacher->id))).has_value());
  CHECK(people->classes_of(teacher->id).empty());  // the snapshot in hand does not change
  CHECK(school.accounts().directory()->classes_of(teacher->id).size() == 1);
  CHECK(school.accounts().directory()->pupils_of(school_class.id).size() == 2);
}

}  // namespace
}  // namespace trede::net
