// Signing in with an account of the school when the provider, somebody on the way or another browser lies.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <boost/asio/ip/tcp.hpp>

#include <sstream>

#include "server/accounts/sodium.hpp"
#include "server/commands/school_provider.hpp"
#include "server/net/provider_limits.hpp"
#include "server/net/signing_keys.hpp"
#include "tests/server/school_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

constexpr const char* rsa_header = R"({"alg":"RS256","kid":"rsa"})";

// juf has linked sub-1; whoever is let in with less than a good token is let in wrongly.
struct LinkedSchool : SchoolWithProvider {
  LinkedSchool() { REQUIRE(link(teacher(), "sub-1").status == 200); }

  void refuses(const Way& way, unsigned status = 400) {
    const Answer answer = finish(way);
    CHECK(answer.status == status);
    CHECK(answer.body.starts_with(R"({"request":"","code":")"));
    CHECK(answer.headers.count("set-cookie") == 0);
  }
  void refuses_token(const std::string& header, const std::string& claims,
                     const TestKey& key = test_rsa_key()) {
    const Way way = begin("teacher");
    provider.answer_token(signed_token(header, replaced(claims, way), key));
    refuses(way);
  }
  // NONCE and NOW±n in the claims.
  std::string replaced(std::string claims, const Way& way) const {
    const std::size_t nonce = claims.find("NONCE");
    if (nonce != claims.npos) claims.replace(nonce, 5, way.parameter("nonce"));
    for (std::size_t at; (at = claims.find("NOW")) != claims.npos;) {
      std::size_t length = 0;
      const long offset = std::stol(claims.substr(at + 3), &length);
      claims.replace(at, 3 + length, std::to_string(school.now.load() / 1000 + offset));
    }
    return claims;
  }
  std::string said(const std::string& members) const {
    return R"({"iss":")" + provider.address() + "\"," + members + "}";
  }
};

std::string tampered(const std::string& token) {
  const std::size_t first = token.find('.'), second = token.find('.', first + 1);
  accounts::Bytes claims = accounts::from_base64(token.substr(first + 1, second - first - 1));
  std::string text(claims.begin(), claims.end());
  text.replace(text.find("sub-2"), 5, "sub-1");
  return token.substr(0, first + 1) + base64url(text) + token.substr(second);
}

}  // namespace

TEST_CASE("school account: a token whose claims are wrong opens nothing", "[net][oidc]") {
  LinkedSchool day;
  const std::string good = R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)";
  const std::vector<std::string> wrong = {
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW-400,"exp":NOW-60)",  // expired
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+61,"exp":NOW+300)",  // not yet
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0,"nbf":NOW+61,"exp":NOW+300)",
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0,"nbf":"x","exp":NOW+300)",
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0)",
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","exp":NOW+300)",
      R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":"later")",
      R"("sub":"sub-1","aud":"another","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-1","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-1","aud":[],"nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-1","aud":["trede","another"],"nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",  // no azp
      R"("sub":"sub-1","aud":["trede","another"],"azp":"another","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-1","aud":"trede","azp":"another","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-1","aud":"trede","nonce":"of another","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-1","aud":"trede","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"","aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":1,"aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)",
      R"("sub":"sub-2","sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":NOW-300,"exp":"x")",
  };
  for (const std::string& claims : wrong) {
    CAPTURE(claims);
    day.refuses_token(rsa_header, day.said(claims));
  }
  day.refuses_token(rsa_header, R"({"iss":"https://another.school.nl",)" + good + "}");
  day.refuses_token(rsa_header, "{" + good + "}");
  day.refuses_token(rsa_header, "[" + std::string(3000, '[') + "]");
  for (const char* several : {R"(["trede"])", R"(["another","trede"])"}) {
    const Way way = day.begin("teacher");
    std::string claims = day.said(good + R"(,"azp":"trede")");
    claims.replace(claims.find(R"("trede")"), 7, several);
    day.provider.answer_token(signed_token(rsa_header, day.replaced(claims, way), test_rsa_key()));
    CHECK(day.finish(way).status == 200);
  }
  CHECK(sign_in(day.port(), "teacher", "juf", "geheim").status == 200);  // nobody else is affected
}

TEST_CASE("school account: a token that the provider did not sign opens nothing", "[net][oidc]") {
  LinkedSchool day;
  const auto refuses = [&](const auto& make) {
    const Way way = day.begin("teacher");
    day.provider.answer_token(make(way, day.claims(way, "sub-1")));
    day.refuses(way);
  };
  const auto with_header = [&](const char* header, const TestKey& key = test_rsa_key()) {
    CAPTURE(header);
    refuses([&](const Way&, const std::string& claims) { return signed_token(header, claims, key); });
  };
  with_header(rsa_header, foreign_key());
  with_header(R"({"alg":"RS256"})");  // no kid
  with_header(R"({"alg":"RS256","kid":""})");
  with_header(R"({"alg":"RS256","kid":"unknown"})");
  with_header(R"({"alg":"RS256","kid":"p256"})");  // the key of another algorithm
  with_header(R"({"alg":"ES256","kid":"rsa"})");
  with_header(R"({"alg":"ES256","kid":"rsa"})", test_p256_key());
  with_header(R"({"alg":"RS512","kid":"rsa"})");
  with_header(R"({"alg":"PS256","kid":"rsa"})");
  with_header(R"({"alg":"none","kid":"rsa"})");
  with_header(R"({"alg":"None","kid":"rsa"})");
  with_header(R"({"alg":["RS256"],"kid":"rsa"})");
  with_header(R"({"alg":"RS256","kid":"rsa","crit":["exp"]})");
  with_header(R"({"alg":"none","alg":"RS256","kid":"rsa"})");
  with_header(R"("RS256")");
  refuses([](const Way&, const std::string& claims) {
    return base64url(R"({"alg":"none","kid":"rsa"})") + '.' + base64url(claims) + '.';
  });
  refuses([](const Way&, const std::string& claims) {
    return token_signed_with_public_key(R"({"alg":"HS256","kid":"rsa"})", claims);
  });
  refuses(
      [](const Way&, const std::string& claims) { return token_signed_with_public_key(rsa_header, claims); });
  refuses([&](const Way& way, const std::string&) { return tampered(day.token(way, "sub-2")); });
  const auto broken = [&](const auto& change) {
    refuses([&](const Way& way, const std::string&) { return change(day.token(way, "sub-1")); });
  };
  broken([](const std::string& token) { return token.substr(0, token.rfind('.')); });
  broken([](const std::string& token) { return token.substr(0, token.rfind('.') + 1); });
  broken([](const std::string& token) { return token + ".x"; });
  broken([](const std::string& token) { return token + "é"; });
  broken([](const std::string& token) { return token + "="; });
  broken([](const std::string& token) { return token.substr(0, token.size() - 8); });
  broken([](const std::string&) { return std::string(limits::token_bytes + 1, 'a'); });
  broken([](const std::string&) { return "a.b.c"; });
  CHECK(day.sign_in_as("sub-1").status == 200);
}

TEST_CASE("school account: a way is good once, in the browser it began in", "[net][oidc]") {
  LinkedSchool day;
  Way way = day.begin("teacher");
  const Way other = day.begin("teacher");
  day.provider.answer_token(day.token(way, "sub-1"));
  Way mixed = way;
  mixed.cookie = other.cookie;
  day.refuses(mixed, 404);  // the state of another browser
  mixed.cookie = "trede-school=guessed";
  day.refuses(mixed, 404);
  mixed.cookie.clear();
  day.refuses(mixed, 404);
  mixed = way;
  mixed.address.replace(mixed.address.find("&state=") + 9, 3, "AAA");
  day.refuses(mixed, 404);
  CHECK(day.finish(way).status == 200);
  day.refuses(way, 404);  // once
  day.refuses(other);     // the token is of the other way
  day.refuses(other, 404);
  const Way late = day.begin("teacher");
  day.school.now += std::chrono::milliseconds(limits::school_visit).count();
  day.provider.answer_token(day.token(late, "sub-1"));
  day.refuses(late, 404);
}

TEST_CASE("school account: nobody is sent to a provider that is another one than was said", "[net][oidc]") {
  const std::string where = "/.well-known/openid-configuration";
  const auto begin = [&](const std::function<std::string(const TestProvider&)>& discovery) {
    SchoolWithProvider day;
    day.provider.answer({{where, discovery(day.provider)}});
    const Answer begun = post(day.port(), "/api/school-account/begin", R"({"role":"teacher"})");
    CHECK((begun.status == 200 || begun.headers.count("set-cookie") == 0));
    CHECK(sign_in(day.port(), "teacher", "juf", "geheim").status == 200);
    return begun.status;
  };
  const auto says = [&](const std::string& issuer, const std::string& token) {
    return begin([=](const TestProvider& provider) {
      return http_answer(provider.discovery(issuer.empty() ? provider.address() : issuer, token));
    });
  };
  CHECK(says("https://another.school.nl", "https://school.nl/token") == 400);
  CHECK(says("", "http://school.nl/token") == 400);  // plain http that leaves the machine
  CHECK(says("", "http://127.0.0.1.school.nl/token") == 400);
  CHECK(says("", "http://a@127.0.0.1/token") == 400);
  CHECK(says("", "ftp://127.0.0.1/token") == 400);
  CHECK(says("", "") == 400);
  CHECK(says("", "https://school.nl/token") == 200);
  CHECK(begin([](const auto&) { return http_answer("no json"); }) == 400);
  CHECK(begin([](const auto&) { return http_answer("[]"); }) == 400);
  CHECK(begin([](const auto&) { return http_answer(""); }) == 400);
  CHECK(begin([](const auto& p) {
          return "HTTP/1.1 302 Found\r\nLocation: " + p.address() + "/elsewhere\r\nContent-Length: 0\r\n\r\n";
        }) == 400);
  CHECK(begin([](const auto&) { return http_answer("{}", "500 Broken"); }) == 503);
  CHECK(begin([](const auto&) { return std::string(); }) == 503);  // closed
  CHECK(begin([](const auto&) { return std::string("HTTP/1.1 200 OK\r\nContent-Le"); }) == 503);
  CHECK(begin([](const auto&) { return std::string("nonsense\r\n\r\n"); }) == 503);
  CHECK(begin([](const auto&) { return http_answer(std::string(300 * 1024, ' ')); }) == 400);
  CHECK(begin([](const auto&) { return std::string("HTTP/1.1 200 OK\r\n\r\n  …"); }) >= 400);  // never ends
  CHECK(begin([](const auto&) { return std::string("HTTP/1.1 200 OK\r\nX: …"); }) == 400);
}

TEST_CASE("school account: a provider that breaks off between leaves everybody else alone", "[net][oidc]") {
  const auto with = [](const std::string& path, const std::string& answer) {
    SchoolWithProvider day;
    const Way way = day.begin("teacher");
    TestProvider::Answers answers = day.provider.honest();
    answers["/token"] = http_answer(R"({"id_token":")" + day.token(way, "sub-1") + "\"}");
    answers[path] = answer;
    day.provider.answer(answers);
    const unsigned status = day.finish(way).status;
    CHECK(sign_in(day.port(), "teacher", "juf", "geheim").status == 200);
    return status;
  };
  CHECK(with("/token", "") == 503);
  CHECK(with("/token", http_answer(R"({"error":"invalid_grant"})", "400 Bad Request")) == 400);
  CHECK(with("/token", http_answer(R"({"access_token":"x"})")) == 400);
  CHECK(with("/token", http_answer(R"({"id_token":7})")) == 400);
  CHECK(with("/token", http_answer("<html>")) == 400);
  CHECK(with("/token", "HTTP/1.1 200 OK\r\n\r\n…") >= 400);
  CHECK(with("/keys", "") == 503);
  CHECK(with("/keys", http_answer("{}")) == 400);
  CHECK(with("/keys", http_answer(R"({"keys":[]})")) == 400);
  CHECK(with("/keys", http_answer("", "503 Busy")) == 503);
  CHECK(with("/keys", "HTTP/1.1 200 OK\r\n\r\n…") >= 400);
  CHECK(with("/nothing", "") == 403);  // all is well, but nobody linked it
}

TEST_CASE("school account: keys are asked for once, and for an unknown one at most once in a minute",
          "[net][oidc]") {
  LinkedSchool day;
  CHECK(day.sign_in_as("sub-1").status == 200);
  CHECK(day.provider.asked_for_keys() == 1);
  const std::string claims =
      day.said(R"("sub":"sub-1","aud":"trede","nonce":"NONCE","iat":NOW+0,"exp":NOW+300)");
  for (int i = 0; i < 3; ++i) day.refuses_token(R"({"alg":"RS256","kid":"new"})", claims);
  CHECK(day.provider.asked_for_keys() == 1);
  day.school.now += std::chrono::milliseconds(limits::provider_keys_pause).count();
  for (int i = 0; i < 3; ++i) day.refuses_token(R"({"alg":"RS256","kid":"new"})", claims);
  CHECK(day.provider.asked_for_keys() == 2);
  day.school.now += std::chrono::milliseconds(limits::provider_kept).count();
  CHECK(day.sign_in_as("sub-1").status == 200);
  CHECK(day.provider.asked_for_keys() == 3);
}

TEST_CASE("school account: keys that are too weak or none are left out", "[net][oidc]") {
  for (const char* set : {"", "{}", R"({"keys":{}})", "[]", R"({"keys":"rsa"})"})
    CHECK(read_signing_keys(set).has_error());
  const auto count = [](const std::string& key) {
    return read_signing_keys(R"({"keys":[)" + key + "]}")->size();
  };
  const std::string n1024 = base64url(std::string(128, '\xff')), n2048 = base64url(std::string(256, '\xff'));
  const std::string rsa = R"({"kty":"RSA","kid":"k","e":"AQAB","n":")";
  CHECK(count(rsa + n2048 + "\"}") == 1);
  CHECK(count(rsa + n1024 + "\"}") == 0);
  CHECK(count(rsa + base64url(std::string(2000, '\xff')) + "\"}") == 0);
  CHECK(count(rsa + n2048 + R"(","use":"enc"})") == 0);
  CHECK(count(rsa + n2048 + R"(","alg":"RS512"})") == 0);
  CHECK(count(R"({"kty":"RSA","e":"AQAB","n":")" + n2048 + "\"}") == 0);  // without a name
  CHECK(count(R"({"kty":"RSA","kid":"k","e":"AQ","n":")" + n2048 + "\"}") == 0);
  const std::string zeros = base64url(std::string(32, '\0')), ones = base64url(std::string(32, '\x01'));
  CHECK(count(R"({"kty":"EC","crv":"P-256","kid":"k","x":")" + ones + R"(","y":")" + ones + "\"}") == 0);
  CHECK(count(R"({"kty":"EC","crv":"P-256","kid":"k","x":")" + zeros + R"(","y":")" + zeros + "\"}") == 0);
  CHECK(count(R"({"kty":"EC","crv":"P-384","kid":"k","x":")" + ones + R"(","y":")" + ones + "\"}") == 0);
  CHECK(count(R"({"kty":"oct","kid":"k","k":"AAAA"},7,null,[])") == 0);
}

TEST_CASE("school account: the log says what went wrong and nothing about the person", "[net][oidc]") {
  std::ostringstream lines;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines)));
  {
    LinkedSchool day;
    const Way way = day.begin("teacher");
    day.provider.answer_token(signed_token(rsa_header, day.claims(way, "canary-sub"), foreign_key()));
    CHECK(day.finish(way, "", "canary-code").status == 400);
    CHECK(day.sign_in_as("canary-nobody").status == 403);
    TestProvider::Answers answers = day.provider.honest();
    answers["/token"] =
        http_answer(R"({"error":"invalid_client","error_description":"canary-said"})", "401 No");
    const Way refused = day.begin("teacher");
    day.provider.answer(answers);
    CHECK(day.finish(refused, "", "canary-code").status == 400);
  }
  spdlog::set_default_logger(before);
  CHECK(lines.str().find("its token is not signed by the provider") != std::string::npos);
  CHECK(lines.str().find("it answers with status 401: invalid_client") != std::string::npos);
  CHECK(lines.str().find("canary") == std::string::npos);
}

TEST_CASE("school account: the options go together, and the secret is in a file of its owner alone",
          "[net][oidc]") {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "secret";
  const auto read = [&](const std::string& issuer, const std::string& id = "trede") {
    return commands::read_provider({issuer, id, file.string(), ""});
  };
  const auto refused = [&](const std::string& issuer, std::string_view why) {
    const auto provider = read(issuer);
    REQUIRE(provider.has_error());
    CHECK(provider.error().detail.find(why) != std::string::npos);
  };
  const std::string good = "https://login.school.nl/tenant";
  refused(good, "cannot be read");
  write_file(file, "geheim\n");
  fs::permissions(file, fs::perms::owner_read | fs::perms::group_read);
  refused(good, "must be its owner's alone: chmod 600");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  const auto provider = read(good);
  REQUIRE(provider.has_value());
  CHECK((*provider)->client_secret == "geheim");
  CHECK((*provider)->name == "Schoolaccount");
  CHECK(read("http://127.0.0.1:8081").has_value());
  CHECK(read("http://[::1]:8081").has_value());
  for (const char* issuer : {"http://login.school.nl", "login.school.nl", "https://a:b@login.school.nl",
                             "https://", "https://x/?a=b", "https://x/#a", "https://x:99999", "https://x y"})
    refused(issuer, "--oidc-issuer");
  refused("", "go together");
  CHECK(read(good, "").has_error());
  CHECK(commands::read_provider({"", "", "", "Lesplein"}).has_error());
  CHECK_FALSE(*commands::read_provider({}));
  write_file(file, " \n");
  refused(good, "holds no secret");
  write_file(file, std::string(5000, 'x'));
  refused(good, "holds no secret");
}

}  // namespace trede::net
