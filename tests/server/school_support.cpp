#include "tests/server/school_support.hpp"

#include <sodium.h>
#include <boost/asio/use_future.hpp>

#include "server/accounts/sodium.hpp"
#include "server/protocol/codec.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

Way way_in(const Answer& begun) {
  INFO(begun.body);
  REQUIRE(begun.status == 200);
  const auto json = protocol::parse_json(begun.body);
  Way way;
  way.address = json->at("address").as_string().c_str();
  way.cookie_text = begun.headers.at("set-cookie");
  way.cookie = way.cookie_text.substr(0, way.cookie_text.find(';'));
  return way;
}

}  // namespace

std::string Way::parameter(const std::string& name) const {
  const std::size_t begin = address.find('&' + name + '=') + name.size() + 2;
  return address.substr(begin, address.find('&', begin) - begin);
}

std::string sha256_base64(const std::string& text) {
  accounts::Bytes hash(crypto_hash_sha256_BYTES);
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return accounts::to_base64(hash);
}

std::string SchoolWithProvider::teacher() const {
  return cookie_line(sign_in(port(), "teacher", "juf", "geheim"));
}

Way SchoolWithProvider::begin(const std::string& role, const std::string& door) const {
  return way_in(post(port(), door + "/api/school-account/begin", R"({"role":")" + role + "\"}"));
}

Way SchoolWithProvider::begin_link(const std::string& cookie) const {
  return way_in(post(port(), "/api/own/school-account/link", R"({"current":"geheim"})", cookie));
}

Answer SchoolWithProvider::finish(const Way& way, const std::string& cookie, const std::string& code,
                                  const std::string& door) const {
  const std::string session = cookie.empty() ? "Cookie: " : cookie.substr(0, cookie.size() - 2) + "; ";
  return post(port(), door + "/api/school-account/finish",
              R"({"code":")" + code + R"(","state":")" + way.parameter("state") + "\"}",
              session + way.cookie + "\r\n");
}

std::string SchoolWithProvider::claims(const Way& way, const std::string& subject,
                                       const std::string& more) const {
  const auto now = school.now.load() / 1000;
  return R"({"iss":")" + provider.address() + R"(","aud":"trede","sub":")" + subject + R"(","nonce":")" +
         way.parameter("nonce") + R"(","iat":)" + std::to_string(now) + R"(,"exp":)" +
         std::to_string(now + 300) + more + "}";
}

std::string SchoolWithProvider::token(const Way& way, const std::string& subject, const TestKey& key) const {
  const bool is_rsa = EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA;
  const char* header =
      is_rsa ? R"({"alg":"RS256","kid":"rsa","typ":"JWT"})" : R"({"alg":"ES256","kid":"p256"})";
  return signed_token(header, claims(way, subject), key);
}

Answer SchoolWithProvider::sign_in_as(const std::string& subject, const TestKey& key,
                                      const std::string& role) {
  const Way way = begin(role);
  provider.answer_token(token(way, subject, key));
  return finish(way);
}

Answer SchoolWithProvider::link(const std::string& cookie, const std::string& subject) {
  const Way way = begin_link(cookie);
  provider.answer_token(token(way, subject));
  return finish(way, cookie);
}

std::string SchoolWithProvider::own_state(const std::string& cookie) const {
  return ask(port(), "GET", "/api/own/school-account", cookie).body;
}

std::string SchoolWithProvider::link_of(const std::string& subject) const {
  const auto key = accounts::ServerKey::open(school.folder() / "server.key", true);
  return key->link_of(provider.address(), subject);
}

accounts::Account SchoolWithProvider::juf() {
  const auto people = school.accounts().directory();
  for (const auto* each : people->accounts())
    if (each->name == "juf") return *each;
  return {};
}

void SchoolWithProvider::change(store::Change change) {
  auto changing = school.accounts().change(std::move(change), {juf().id});
  auto done = boost::asio::co_spawn(school.loop(), std::move(changing), boost::asio::use_future);
  REQUIRE(done.get().has_value());
}

}  // namespace trede::net
