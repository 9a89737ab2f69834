#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

TEST_CASE("net: a server without built pages greets with a page of its own", "[net]") {
  const TestSchool school;
  const Answer answer = ask(school.port(), "GET", "/");
  CHECK(answer.status == 200);
  CHECK(answer.headers.at("content-type") == "text/html; charset=utf-8");
  CHECK(answer.body.find("Trede") != std::string::npos);
  CHECK(ask(school.port(), "GET", "/healthz").body == "ok\n");
}

TEST_CASE("net: localhost answers over IPv4 and IPv6", "[net]") {
  const TestSchool school;
  const std::string request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  CHECK(say(school.port(), request, "127.0.0.1").starts_with("HTTP/1.1 200 OK"));
  if (std::filesystem::exists("/proc/net/if_inet6") && !read_file("/proc/net/if_inet6").empty())
    CHECK(say(school.port(), request, "::1").starts_with("HTTP/1.1 200 OK"));
}

TEST_CASE("net: pages are asked for again, files with a hash in their name are kept", "[net]") {
  const TestSchool school;
  write_file(school.web() / "index.html", "<title>start</title>");
  write_file(school.web() / "pupil/index.html", "<title>pupil</title>");
  write_file(school.web() / "assets/a-1234.js", "export {}");

  const Answer page = ask(school.port(), "GET", "/");
  CHECK(page.body == "<title>start</title>");
  CHECK(page.headers.at("cache-control") == "no-cache");
  const Answer same = ask(school.port(), "GET", "/", "If-None-Match: " + page.headers.at("etag") + "\r\n");
  CHECK(same.status == 304);
  CHECK(same.body.empty());

  CHECK(ask(school.port(), "GET", "/pupil/?class=1").body == "<title>pupil</title>");
  const Answer moved = ask(school.port(), "GET", "/pupil");
  CHECK(moved.status == 308);
  CHECK(moved.headers.at("location") == "/pupil/");

  const Answer script = ask(school.port(), "GET", "/assets/a-1234.js");
  CHECK(script.headers.at("content-type") == "text/javascript; charset=utf-8");
  CHECK(script.headers.at("cache-control") == "public, max-age=31536000, immutable");

  const Answer head = ask(school.port(), "HEAD", "/pupil/");
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "20");
  CHECK(head.body.empty());
}

TEST_CASE("net: a packed file is sent to those who can unpack it", "[net]") {
  const TestSchool school;
  write_file(school.web() / "assets/a.css", "plain");
  write_file(school.web() / "assets/a.css.gz", "packed");
  const Answer packed = ask(school.port(), "GET", "/assets/a.css", "Accept-Encoding: gzip, br\r\n");
  CHECK(packed.body == "packed");
  CHECK(packed.headers.at("content-encoding") == "gzip");
  CHECK(packed.headers.at("content-type") == "text/css; charset=utf-8");
  const Answer plain = ask(school.port(), "GET", "/assets/a.css");
  CHECK(plain.body == "plain");
  CHECK(plain.headers.at("vary") == "Accept-Encoding");
  CHECK(plain.headers.at("etag") != packed.headers.at("etag"));

  write_file(school.web() / "assets/a.css.br", "smaller");
  const auto sent_for = [&](const std::string& accepted) {
    return ask(school.port(), "GET", "/assets/a.css", "Accept-Encoding: " + accepted + "\r\n").body;
  };
  CHECK(sent_for("gzip, deflate, br, zstd") == "smaller");
  CHECK(sent_for("br;q=0, gzip;q=0.5") == "packed");
  CHECK(sent_for("br;q=0.0, gzip;q=0") == "plain");
  CHECK(sent_for("brown, gzipped") == "plain");
}

TEST_CASE("net: nothing outside the folder of the pages is ever sent", "[net]") {
  const TestSchool school;
  write_file(school.web() / "index.html", "start");
  write_file(school.web().parent_path() / "secret.txt", "SECRET");
  std::filesystem::create_symlink("../secret.txt", school.web() / "link.txt");
  std::filesystem::create_directory_symlink("..", school.web() / "up");
  for (const char* target :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/link.txt",
        "/up/secret.txt", "/%2e%2e%2fsecret.txt", "/..\\secret.txt", "/media/../secret.txt", "//secret.txt",
        "/media/%2e%2e/secret.txt", "/%252e%252e/secret.txt", "/school.db", "/../school.db"}) {
    CAPTURE(target);
    const Answer answer = ask(school.port(), "GET", target);
    CHECK(answer.status == 404);
    CHECK(answer.body.find("SECRET") == std::string::npos);
  }
}

TEST_CASE("net: every reply bears the security headers", "[net]") {
  const TestSchool school;
  for (const char* target : {"/", "/nothing", "/api/me", "/api/nothing", "/media/x.png", "/healthz"}) {
    CAPTURE(target);
    const Answer answer = ask(school.port(), "GET", target);
    CHECK(answer.headers.at("content-security-policy") ==
          "default-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
          "object-src 'none'; base-uri 'none'; "
          "frame-ancestors 'none'");
    CHECK(answer.headers.at("x-content-type-options") == "nosniff");
    CHECK(answer.headers.at("referrer-policy") == "no-referrer");
  }
}

TEST_CASE("net: what is not understood is refused with its status", "[net]") {
  const TestSchool school;
  const auto status_of = [&](const std::string& request) {
    const std::string answer = say(school.port(), request);
    return answer.size() < 12 ? answer : answer.substr(9, 3);
  };
  const std::string end = "Host: localhost\r\nConnection: close\r\n\r\n";
  CHECK(status_of("nonsense\r\n\r\n") == "400");
  CHECK(status_of("GET / HTTP/1.1\r\nConnection: close\r\n\r\n") == "421");
  CHECK(status_of("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n") == "421");
  CHECK(status_of("GET / HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n" + end) == "431");
  CHECK(status_of("GET /nothing HTTP/1.1\r\n" + end) == "404");
  CHECK(status_of("PUT / HTTP/1.1\r\n" + end) == "405");
  CHECK(status_of("DELETE /api/me HTTP/1.1\r\n" + end) == "405");
  CHECK(status_of("GET /api/sign-in HTTP/1.1\r\n" + end) == "405");
  CHECK(status_of("GET /api/else HTTP/1.1\r\n" + end) == "404");
  CHECK(status_of("GET /ws HTTP/1.1\r\n" + end) == "401");
  CHECK(status_of("POST /api/sign-in HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n" + end +
                  "0\r\n\r\n") == "400");
}

TEST_CASE("net: two requests on one connection are answered in order", "[net]") {
  const TestSchool school;
  const std::string first = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string second = "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  const std::string both = say(school.port(), first + second);
  const std::size_t ok = both.find("HTTP/1.1 200");
  const std::size_t unauthorized = both.find("HTTP/1.1 401");
  CHECK(ok == 0);
  CHECK(unauthorized != std::string::npos);
}

TEST_CASE("net: a handshake that dawdles is dropped", "[net]") {
  const TestSchool school(std::chrono::milliseconds(5));
  CHECK(say(school.port(), "GET / HTTP/1.1\r\nHost: local").empty());
  CHECK(say(school.port(), "").empty());
}

TEST_CASE("net: a port in use is told in one sentence", "[net]") {
  TestSchool school;
  Loops loops(1);
  ServerConfig config;
  config.port = school.port();
  config.media = school.media();
  const auto second = Server::open(loops, config, school.accounts(), {});
  REQUIRE(second.has_error());
  CHECK(second.error().detail == "port " + std::to_string(school.port()) +
                                     " is in use by another program; choose another one with --port");
}

}  // namespace
}  // namespace trede::net
