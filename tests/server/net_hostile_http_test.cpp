// Requests that no browser sends: smuggling, spoofed names, dawdlers, floods of connections.
#include <algorithm>
#include <chrono>
#include <thread>

#include "server/limits.hpp"
#include "server/net/connections.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/raw_socket.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

namespace trede::net {
namespace {

const std::string host = "Host: localhost\r\n";
const std::string smuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: smuggled\r\n\r\n";

std::size_t replies_in(const std::string& bytes) {
  std::size_t count = 0;
  for (std::size_t at = bytes.find("HTTP/1.1 "); at != bytes.npos; at = bytes.find("HTTP/1.1 ", at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_CASE("net: a request with two readings gets one refusal and the connection ends", "[net][hostile]") {
  const TestSchool school;
  const std::string post = "POST /api/sign-in HTTP/1.1\r\nX-Trede: 1\r\n" + host;
  for (const std::string& framing : {
           std::string("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
           std::string("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
           std::string("Content-Length: 5\r\nContent-Length: 6\r\n"),
           std::string("Content-Length: 5, 6\r\n"),
           std::string("Content-Length: +5\r\n"),
           std::string("Content-Length: -5\r\n"),
           std::string("Content-Length: 0x5\r\n"),
           std::string("Content-Length: 99999999999999999999\r\n"),
           std::string("Content-Length : 5\r\n"),
           std::string("Content-Length\t: 5\r\n"),
           std::string("Transfer-Encoding : chunked\r\n"),
           std::string("Transfer\r\n-Encoding: chunked\r\n"),
           std::string("X: a\0b\r\n", 8),
           std::string("X: a\rContent-Length: 5\r\n"),
       }) {
    CAPTURE(framing);
    const std::string answer = say(school.port(), post + framing + "\r\n0\r\n\r\n" + smuggled);
    CHECK(replies_in(answer) == 1);
    CHECK((answer.starts_with("HTTP/1.1 4")));
  }
}

TEST_CASE("net: a line that goes on is part of its header and nothing else", "[net][hostile]") {
  const TestSchool school;
  const std::string answer =
      say_and_hang_up(school.port(), "POST /api/sign-in HTTP/1.1\r\nX-Trede: 1\r\n" + host +
                                         " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  CHECK(answer.starts_with("HTTP/1.1 421"));  // the name of the host went on
  CHECK(answer.find("HTTP/1.1 200") == answer.npos);
}

TEST_CASE("net: a body that is chunked in a strange way is never the next request", "[net][hostile]") {
  const TestSchool school;
  const std::string post =
      "POST /api/sign-in HTTP/1.1\r\nX-Trede: 1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n" +
      host + "\r\n";
  for (const char* body : {"zz\r\n", "-1\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\n", "5\r\nabcdeXX0\r\n\r\n",
                           "0x5\r\nabcde\r\n", " 5\r\nabcde\r\n0\r\n\r\n"}) {
    CAPTURE(body);
    const std::string answer = say(school.port(), post + body + smuggled);
    CHECK(replies_in(answer) == 1);
    CHECK((answer.starts_with("HTTP/1.1 4")));
  }
}

TEST_CASE("net: names that are not ours are refused in every form", "[net][hostile]") {
  const TestSchool school;
  for (const std::string& line :
       {std::string("Host: evil.example\r\n"), std::string("Host: localhost.evil.example\r\n"),
        std::string("Host: localhost@evil.example\r\n"), std::string("Host: localhost:99999999\r\n"),
        std::string("Host: \r\n"), std::string(),
        std::string("X-Forwarded-Host: localhost\r\nHost: evil.example\r\n")}) {
    CAPTURE(line);
    CHECK(say(school.port(), "GET /healthz HTTP/1.1\r\n" + line + "Connection: close\r\n\r\n")
              .starts_with("HTTP/1.1 421"));
  }
  CHECK(
      say(school.port(), "GET http://evil.example/healthz HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n")
          .starts_with("HTTP/1.1 404"));
}

TEST_CASE("net: strange methods and versions are refused", "[net][hostile]") {
  const TestSchool school;
  const std::string end = host + "Connection: close\r\n\r\n";
  for (const std::string& line :
       {std::string("TRACE / HTTP/1.1"), std::string("CONNECT localhost:80 HTTP/1.1"),
        std::string("PURGE / HTTP/1.1"), std::string("get / HTTP/1.1"), std::string("OPTIONS * HTTP/1.1"),
        std::string("GET / HTTP/2.0"), std::string("GET / HTTP/0.9"), std::string("GET  / HTTP/1.1"),
        std::string("GET / HTTP/1.1 x"), std::string("GET /\x01 HTTP/1.1"), std::string("PRI * HTTP/2.0")}) {
    CAPTURE(line);
    const std::string answer = say(school.port(), line + "\r\n" + end);
    CHECK((answer.empty() || answer.starts_with("HTTP/1.1 4")));
  }
}

TEST_CASE("net: a head beyond 8 KiB is refused, in one header or in many", "[net][hostile]") {
  const TestSchool school;
  std::string many;
  for (int i = 0; i < 900; ++i) many += "X: 12345\r\n";
  for (const std::string& headers : {"X: " + std::string(9000, 'x') + "\r\n", many}) {
    const std::string answer = say(school.port(), "GET / HTTP/1.1\r\n" + host + headers + "\r\n");
    CHECK(answer.starts_with("HTTP/1.1 431"));
  }
  CHECK(say(school.port(), "GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\n").starts_with("HTTP/1.1 4"));
}

TEST_CASE("net: nobody without a web server in front is believed about the client", "[net][hostile]") {
  const TestSchool school;
  CHECK(ask(school.port(), "GET", "/metrics", "X-Forwarded-For: 127.0.0.1\r\n").status ==
        404);  // none configured
  const std::string wrong = R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"0000"})";
  for (int i = 0; i < limits::wrong_secrets_per_account; ++i)
    post(school.port(), "/api/sign-in", wrong, "X-Forwarded-For: 192.0.2." + std::to_string(i) + "\r\n");
  CHECK(post(school.port(), "/api/sign-in", wrong, "X-Forwarded-For: 192.0.2.99\r\n").status == 429);
}

TEST_CASE("net: hundreds that dawdle are dropped and hold up nobody", "[net][hostile]") {
  const TestSchool school(std::chrono::milliseconds(20));
  std::vector<std::unique_ptr<RawSocket>> dawdlers;
  for (int i = 0; i < 300; ++i) {
    dawdlers.push_back(std::make_unique<RawSocket>(school.port()));
    dawdlers.back()->send(i % 2 == 0 ? "GET /ws HTTP/1.1\r\nHost: local" : "");
  }
  CHECK(ask(school.port(), "GET", "/healthz").status == 200);
  for (std::size_t i = 0; i < dawdlers.size(); i += 2)
    dawdlers[i]->send("h");  // a byte at a time does not help
  for (const auto& dawdler : dawdlers) CHECK(dawdler->read_all().empty());
}

TEST_CASE("net: two thousand that say a byte a second are gone after ten", "[net][faults][.slow]") {
  const TestSchool school;  // the sweep is once a second, as it ships
  const auto began = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  std::vector<std::unique_ptr<RawSocket>> dawdlers;
  for (int i = 0; i < 2'000; ++i) dawdlers.push_back(std::make_unique<RawSocket>(school.port()));
  const double opened = seconds();
  const std::string request = "GET /ws HTTP/1.1\r\nHost: localhost\r\n";
  double longest = 0;
  for (std::size_t said = 0; said < 9; ++said) {
    for (const auto& dawdler : dawdlers) dawdler->send(request.substr(said, 1));
    const double before = seconds();
    CHECK(ask(school.port(), "GET", "/healthz").status == 200);
    longest = std::max(longest, seconds() - before);
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  for (const auto& dawdler : dawdlers) CHECK(dawdler->read_all().empty());
  testing::figure("reliability", "22: 2,000 that dawdle are gone after, in seconds", "10",
                  seconds() - opened);
  testing::figure("reliability", "22: meanwhile a real client is answered within, in seconds", "1", longest);
}

TEST_CASE("net: one address gets so many connections, others still get in, and who leaves makes room",
          "[net]") {
  boost::asio::io_context context;
  const auto admissions = std::make_shared<Admissions>(context.get_executor());
  std::vector<std::shared_ptr<void>> places;
  for (std::size_t i = 0; i < limits::connections_per_address; ++i)
    places.push_back(admissions->admit("192.0.2.7"));
  CHECK(places.back());
  CHECK_FALSE(admissions->admit("192.0.2.7"));
  CHECK(admissions->admit("192.0.2.8"));
  places.pop_back();
  context.run();
  CHECK(admissions->admit("192.0.2.7"));
  while (auto place = admissions->admit(""))
    places.push_back(std::move(place));  // many behind one web server
  CHECK(places.size() > limits::connections_per_address);
  CHECK_FALSE(admissions->admit("192.0.2.9"));
}

TEST_CASE("net: health is told to anybody, readiness says when the journal fails, figures stay here",
          "[net]") {
  std::atomic<bool> ready{true};
  const TestSchool school([&](ServerConfig& config) {
    config.ready = [&] { return ready.load(); };
    config.metrics = [](const NetFigures& figures) {
      return std::to_string(figures.replies[2].value()) + "\n";
    };
  });
  CHECK(ask(school.port(), "GET", "/healthz").body == "ok\n");
  CHECK(ask(school.port(), "GET", "/readyz").status == 200);
  ready = false;
  CHECK(ask(school.port(), "GET", "/readyz").status == 503);
  CHECK(ask(school.port(), "GET", "/metrics").body == "2\n");
}

}  // namespace trede::net
