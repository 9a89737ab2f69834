// What the server itself asks elsewhere: whom it trusts, and how long it waits.
#include "server/net/https_client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

Result<FarAnswer> asked(const std::string& address, TlsPointer trusted,
                        milliseconds patience = milliseconds(5000)) {
  Loops loops(1);
  loops.start();
  const auto until = std::chrono::steady_clock::now() + patience;
  auto asking = ask_elsewhere({*read_url(address)}, std::move(trusted), until);
  return asio::co_spawn(loops.executor(0), std::move(asking), asio::use_future).get();
}

TlsPointer trusting(const DemoCertificate& certificate) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context->native_handle()),
                      SSL_CTX_get0_certificate(certificate.context->native_handle()));
  return context;
}

}  // namespace

TEST_CASE("https client: only a certificate that is trusted, and for that name, is talked to",
          "[net][oidc]") {
  const auto now =
      std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  const auto made = make_demo_certificate({"localhost"}, now.count());
  REQUIRE(made.has_value());
  TestSchool school([&](ServerConfig& config) { config.tls = made->context; });
  const std::string port = std::to_string(school.port());
  const auto answer = asked("https://localhost:" + port + "/healthz", trusting(*made));
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
  CHECK(answer->body == "ok\n");
  const auto refused = [&](const std::string& host, TlsPointer trusted) {
    const auto none = asked("https://" + host + ':' + port + "/healthz", std::move(trusted));
    REQUIRE(none.has_error());
    CHECK(none.error().code == ErrorCode::Unavailable);
    CHECK(none.error().detail.starts_with("its certificate is not trusted"));
  };
  refused("localhost", trusting_the_system());  // nobody that the machine knows signed it
  refused("127.0.0.1", trusting(*made));        // it is another name's
  const auto past = make_demo_certificate({"localhost"}, now.count() - std::int64_t{90} * 24 * 3600 * 1000);
  TestSchool expired([&](ServerConfig& config) { config.tls = past->context; });
  CHECK(
      asked("https://localhost:" + std::to_string(expired.port()) + "/healthz", trusting(*past)).has_error());
  CHECK(asked("https://localhost:" + std::to_string(TestSchool().port()) + "/", trusting(*made)).has_error());
}

TEST_CASE("https client: who never answers is not waited for", "[net][oidc]") {
  asio::io_context context;
  asio::ip::tcp::acceptor silent(context, {asio::ip::make_address("127.0.0.1"), 0});
  const std::string address = "127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
  for (const char* scheme : {"http://", "https://"}) {
    const auto began = std::chrono::steady_clock::now();
    CHECK(asked(scheme + address, trusting_the_system(), milliseconds(300)).has_error());
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
  }
}

TEST_CASE("https client: plain http goes to this machine alone", "[net][oidc]") {
  const auto answer = asked("http://login.school.nl/", trusting_the_system());
  REQUIRE(answer.has_error());
  CHECK(answer.error().code == ErrorCode::Invalid);
}

TEST_CASE("https client: an address has one reading or is none", "[net][oidc]") {
  const auto url = read_url("https://Login.School.nl:8443/a/b?c=d");
  REQUIRE(url);
  CHECK(url->host == "Login.School.nl");
  CHECK(url->port == 8443);
  CHECK(url->target == "/a/b?c=d");
  CHECK(url->authority == "Login.School.nl:8443");
  CHECK(read_url("http://[::1]/")->host == "::1");
  CHECK(read_url("https://school.nl")->target == "/");
  for (const char* none :
       {"", "school.nl", "ftp://school.nl", "https://", "https://a@school.nl/", "https://school.nl/#x",
        "https://school.nl:0/", "https://school.nl:65536/", "https://school.nl/a b",
        "https://school.nl/\r\nX: y", "https://school.nl\\@evil/", "HTTPS://school.nl/", "https://é/"})
    CHECK_FALSE(read_url(none));
  CHECK_FALSE(read_url("https://school.nl/" + std::string(500, 'a')));
  CHECK(percent_encoded("a b&c=é/+~") == "a%20b%26c%3D%C3%A9%2F%2B~");
}

}  // namespace trede::net
