#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include <chrono>
#include <thread>

#include "server/net/tls.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/raw_socket.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

DemoCertificate certificate_for_a_day() {
  auto made = make_demo_certificate({"localhost", "127.0.0.1", "::1"}, 1'800'000'000'000);
  REQUIRE(made.has_value());
  return *made;
}

std::function<void(ServerConfig&)> with(const DemoCertificate& certificate) {
  return [context = certificate.context](ServerConfig& config) {
    config.tls = context;
    config.strict_transport = true;
  };
}

constexpr const char* ask_for_me = "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
constexpr const char* sign_in_noor =
    "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nX-Trede: 1\r\nConnection: close\r\nContent-Length: "
    "72\r\n\r\n"
    R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"1234"}    )";

std::string cookie_of_noor(std::uint16_t port) {
  RawSocket socket(port, RawSocket::Inside::Tls);
  socket.send(sign_in_noor);
  const std::string reply = socket.read_all();
  const std::size_t at = reply.find("Set-Cookie: ");
  REQUIRE(at != std::string::npos);
  return "Cookie: " + reply.substr(at + 12, reply.find(';', at) - at - 12) + "\r\n";
}

// Whether a client that speaks nothing but this version and suite gets in.
bool gets_in(std::uint16_t port, int version, const char* suite) {
  namespace ssl = boost::asio::ssl;
  boost::asio::io_context context;
  ssl::context tls(ssl::context::tls_client);
  SSL_CTX_set_security_level(tls.native_handle(), 0);  // the client would refuse the old ones by itself
  SSL_CTX_set_min_proto_version(tls.native_handle(), version);
  SSL_CTX_set_max_proto_version(tls.native_handle(), version);
  if (suite) REQUIRE(SSL_CTX_set_cipher_list(tls.native_handle(), suite) == 1);
  ssl::stream<boost::asio::ip::tcp::socket> stream(context, tls);
  stream.next_layer().connect({boost::asio::ip::make_address("127.0.0.1"), port});
  boost::system::error_code failure;
  stream.handshake(ssl::stream_base::client, failure);
  return !failure;
}

}  // namespace

TEST_CASE("tls: pages and conversations go through TLS, with a cookie of this host alone", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  const std::string cookie = cookie_of_noor(school.port());
  CHECK(cookie.starts_with("Cookie: __Host-trede="));

  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  REQUIRE(upgrade(socket, cookie, "https://localhost") == "HTTP/1.1 101 Switching Protocols");
  for (const std::size_t size : {std::size_t{0}, std::size_t{200}, std::size_t{8000}}) {
    const std::string text(size, 'x');
    socket.send(frame_bytes({true, 1, "echo " + text}));
    CHECK(socket.read_frame().value_or(Frame{}).payload == text);
  }
  socket.send(frame_bytes({true, 8, "\x03\xe8"}));
  CHECK(socket.close_code() == 1000);
}

TEST_CASE("tls: two requests in one record are both answered, and the end is said", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  socket.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + std::string(ask_for_me));
  const std::string replies = socket.read_all();
  CHECK(replies.starts_with("HTTP/1.1 200 OK"));
  CHECK(replies.find("HTTP/1.1 401") != std::string::npos);
  CHECK(replies.find("Strict-Transport-Security: max-age=31536000\r\n") != std::string::npos);
}

TEST_CASE("tls: a page over http is not ours once there is TLS", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  const std::string cookie = cookie_of_noor(school.port());
  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  CHECK(upgrade(socket, cookie, "http://localhost") == "HTTP/1.1 403 Forbidden");
}

TEST_CASE("tls: a file longer than the line holds arrives whole, however late it is read", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  std::string video;
  for (int i = 0; video.size() < 8'000'000; ++i) video += std::to_string(i) + ' ';
  write_file(school.videos() / "breuken.webm", video);
  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  socket.send("GET /media/breuken.webm HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // the server has to wait for us
  CHECK(socket.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 OK"));
  CHECK(socket.read_all() == video);
}

TEST_CASE("tls: both sides speak at once and neither waits for the other", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  REQUIRE(upgrade(socket, cookie_of_noor(school.port()), "https://localhost") ==
          "HTTP/1.1 101 Switching Protocols");
  const int messages = 30;
  std::string all;
  for (int i = 0; i < messages; ++i)
    all += frame_bytes({true, 1, "echo " + std::to_string(i) + std::string(7000, 'x')});
  socket.send(all);
  for (int i = 0; i < messages; ++i)
    CHECK(socket.read_frame().value_or(Frame{}).payload == std::to_string(i) + std::string(7000, 'x'));
}

TEST_CASE("tls: a message in records of one byte is read as one", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  REQUIRE(upgrade(socket, cookie_of_noor(school.port()), "https://localhost") ==
          "HTTP/1.1 101 Switching Protocols");
  for (const char byte : frame_bytes({true, 1, "echo slowly"})) socket.send(std::string(1, byte));
  CHECK(socket.read_frame().value_or(Frame{}).payload == "slowly");
}

TEST_CASE("tls: who vanishes in the middle of anything is only gone", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  write_file(school.videos() / "breuken.webm", std::string(8'000'000, 'v'));
  const std::string cookie = cookie_of_noor(school.port());
  for (int i = 0; i < 20; ++i) {
    RawSocket reading(school.port(), RawSocket::Inside::Tls);
    reading.send("GET /media/breuken.webm HTTP/1.1\r\nHost: localhost\r\n\r\n");
    RawSocket speaking(school.port(), RawSocket::Inside::Tls);
    REQUIRE(upgrade(speaking, cookie, "https://localhost") == "HTTP/1.1 101 Switching Protocols");
    speaking.send(frame_bytes({true, 1, "flood"}));
    RawSocket half(school.port());
    half.send("\x16\x03\x01");
  }
  while (school.seen.closed < 20) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(RawSocket(school.port(), RawSocket::Inside::Tls).tls_version() == "TLSv1.3");
}

TEST_CASE("tls: only versions 1.2 and 1.3 with suites that keep past secrets", "[net][tls]") {
  TestSchool school(with(certificate_for_a_day()));
  const std::uint16_t port = school.port();
  CHECK(gets_in(port, TLS1_3_VERSION, nullptr));
  for (const char* suite :
       {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"})
    CHECK(gets_in(port, TLS1_2_VERSION, suite));
  for (const char* suite : {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256",
                            "ECDHE-ECDSA-AES128-CCM8"}) {
    CAPTURE(suite);
    CHECK_FALSE(gets_in(port, TLS1_2_VERSION, suite));
  }
  CHECK_FALSE(gets_in(port, TLS1_VERSION, nullptr));
  CHECK_FALSE(gets_in(port, TLS1_1_VERSION, nullptr));
}

TEST_CASE("tls: a renewed certificate serves new connections and leaves the open ones alone", "[net][tls]") {
  const DemoCertificate old = certificate_for_a_day();
  const DemoCertificate renewed = certificate_for_a_day();
  REQUIRE(old.fingerprint != renewed.fingerprint);
  TestSchool school(with(old));
  const std::string cookie = cookie_of_noor(school.port());
  RawSocket before(school.port(), RawSocket::Inside::Tls);
  REQUIRE(upgrade(before, cookie, "https://localhost") == "HTTP/1.1 101 Switching Protocols");
  school.server().renew_certificate(renewed.context);

  std::string seen;
  while (seen != renewed.fingerprint) seen = RawSocket(school.port(), RawSocket::Inside::Tls).fingerprint();
  before.send(frame_bytes({true, 1, "echo still here"}));
  CHECK(before.read_frame().value_or(Frame{}).payload == "still here");
  CHECK(before.fingerprint() == old.fingerprint);
}

TEST_CASE("tls: a client that speaks no TLS or dawdles is dropped and harms nobody", "[net][tls]") {
  const DemoCertificate certificate = certificate_for_a_day();
  TestSchool school([&](ServerConfig& config) {
    with(certificate)(config);
    config.sweep = std::chrono::milliseconds(5);
  });
  CHECK(say(school.port(), ask_for_me).find("HTTP") == std::string::npos);
  CHECK(say(school.port(), "\x16\x03\x01").empty());  // a record that never ends
  RawSocket socket(school.port(), RawSocket::Inside::Tls);
  CHECK(socket.tls_version() == "TLSv1.3");
}

TEST_CASE("tls: plain HTTP does not leave this machine, and the refusal names the ways", "[net][tls]") {
  TestSchool school;
  Loops loops(1);
  ServerConfig config;
  config.port = 0;
  config.addresses = {"0.0.0.0"};
  const auto refused = Server::open(loops, config, school.accounts(), {});
  REQUIRE(refused.has_error());
  for (const char* way : {"--tls-cert", "--tls-key", "--behind-proxy", "--lan-demo"})
    CHECK(refused.error().detail.find(way) != std::string::npos);
}

TEST_CASE("tls: files that are no certificate are told by name", "[net][tls]") {
  TestSchool school;
  write_file(school.web() / "nonsense.pem", "no certificate");
  const auto read = read_certificate(school.web() / "nonsense.pem", school.web() / "key.pem");
  REQUIRE(read.has_error());
  CHECK(read.error().detail.find("nonsense.pem") != std::string::npos);
}

TEST_CASE("tls: a web server in front tells who asks and how", "[net][tls]") {
  TestSchool school([](ServerConfig& config) { config.behind_proxy = true; });
  const std::string noor = R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"1234"})";
  const Answer answer = post(school.port(), "/pupil/api/sign-in", noor, "X-Forwarded-Proto: https\r\n");
  CHECK(answer.headers.at("set-cookie").starts_with("__Host-trede-pupil="));
  CHECK(ask(school.port(), "GET", "/metrics", "X-Forwarded-For: 192.0.2.7\r\n").status == 404);
}

TEST_CASE("tls: without a web server in front nobody is believed about it", "[net][tls]") {
  TestSchool school;
  const std::string noor = R"({"role":"pupil","class_code":"ABC346","name":"Noor","secret":"1234"})";
  const Answer answer = post(school.port(), "/pupil/api/sign-in", noor, "X-Forwarded-Proto: https\r\n");
  CHECK(answer.headers.at("set-cookie").starts_with("trede-pupil="));
}

}  // namespace trede::net
