#include "tests/server/test_provider.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <vector>

#include "server/accounts/sodium.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
using tcp = boost::asio::ip::tcp;

TestKey owned(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

std::string number_of(const TestKey& key, const char* parameter, int bytes) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key.get(), parameter, &number);
  std::vector<unsigned char> text(static_cast<std::size_t>(bytes > 0 ? bytes : BN_num_bytes(number)));
  BN_bn2binpad(number, text.data(), static_cast<int>(text.size()));
  BN_free(number);
  return base64url({reinterpret_cast<const char*>(text.data()), text.size()});
}

// r and s one after the other, as RFC 7518 has it, from OpenSSL's DER.
std::string raw_signature(const std::vector<unsigned char>& der) {
  const unsigned char* at = der.data();
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), ECDSA_SIG_free);
  std::array<unsigned char, 64> raw{};
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + 32, 32);
  return {reinterpret_cast<const char*>(raw.data()), raw.size()};
}

std::string public_pem(const TestKey& key) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PUBKEY(memory.get(), key.get());
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

std::string key_set() {
  return R"({"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"rsa","n":")" +
         number_of(test_rsa_key(), OSSL_PKEY_PARAM_RSA_N, 0) + R"(","e":"AQAB"},)" +
         R"({"kty":"EC","crv":"P-256","kid":"p256","x":")" +
         number_of(test_p256_key(), OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
         number_of(test_p256_key(), OSSL_PKEY_PARAM_EC_PUB_Y, 32) + R"("}]})";
}

// Head and body; what came when the client was gone before.
std::string read_request(tcp::socket& socket) {
  std::string text;
  boost::system::error_code failure;
  asio::read_until(socket, asio::dynamic_buffer(text), "\r\n\r\n", failure);
  const std::size_t length = text.find("Content-Length: ");
  const std::size_t head = text.find("\r\n\r\n");
  if (failure || length == text.npos) return text;
  const std::size_t needed = head + 4 + std::stoul(text.substr(length + 16));
  std::array<char, 1024> more;
  while (text.size() < needed && !failure)
    text.append(more.data(), socket.read_some(asio::buffer(more), failure));
  return text;
}

}  // namespace

const TestKey& test_rsa_key() {
  static const TestKey key = owned(EVP_RSA_gen(2048));
  return key;
}
const TestKey& test_p256_key() {
  static const TestKey key = owned(EVP_EC_gen("P-256"));
  return key;
}
const TestKey& foreign_key() {
  static const TestKey key = owned(EVP_RSA_gen(2048));
  return key;
}

std::string base64url(std::string_view bytes) {
  return accounts::to_base64(accounts::Bytes(bytes.begin(), bytes.end()));
}

std::string signed_token(const std::string& header, const std::string& claims, const TestKey& key) {
  const std::string text = base64url(header) + '.' + base64url(claims);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t length = 0;
  EVP_DigestSign(context.get(), nullptr, &length, bytes, text.size());
  std::vector<unsigned char> signature(length);
  EVP_DigestSign(context.get(), signature.data(), &length, bytes, text.size());
  signature.resize(length);
  const bool is_ec = EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC;
  return text + '.' +
         base64url(is_ec ? raw_signature(signature) : std::string(signature.begin(), signature.end()));
}

std::string token_signed_with_public_key(const std::string& header, const std::string& claims) {
  const std::string text = base64url(header) + '.' + base64url(claims);
  const std::string key = public_pem(test_rsa_key());
  std::array<unsigned char, 32> mac;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), nullptr);
  return text + '.' + base64url({reinterpret_cast<const char*>(mac.data()), mac.size()});
}

std::string http_answer(const std::string& body, const std::string& status) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

struct TestProvider::Listener {
  asio::io_context context;
  tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
};

TestProvider::TestProvider()
    : listener_(std::make_unique<Listener>()),
      port_(listener_->acceptor.local_endpoint().port()),
      answers_(std::make_shared<const Answers>()),
      last_redemption_(std::make_shared<const std::string>()) {
  answer(honest());
  thread_ = std::jthread([this] { serve(); });
}

TestProvider::~TestProvider() {
  ::shutdown(listener_->acceptor.native_handle(), SHUT_RDWR);  // accept() returns
}

std::string TestProvider::discovery(const std::string& issuer, const std::string& token_endpoint) const {
  return R"({"issuer":")" + issuer + R"(","authorization_endpoint":")" + address() +
         R"(/authorize","token_endpoint":")" + token_endpoint + R"(","jwks_uri":")" + address() +
         R"(/keys","claims_supported":["sub","email"]})";
}

TestProvider::Answers TestProvider::honest() const {
  return {{"/.well-known/openid-configuration", http_answer(discovery(address(), address() + "/token"))},
          {"/keys", http_answer(key_set())}};
}

void TestProvider::answer(Answers answers) {
  answers_.publish(std::make_shared<const Answers>(std::move(answers)));
}

void TestProvider::answer_token(const std::string& token) {
  Answers answers = honest();
  answers["/token"] =
      http_answer(R"({"access_token":"x","token_type":"Bearer","id_token":")" + token + "\"}");
  answer(std::move(answers));
}

void TestProvider::serve() {
  static const std::string endless = "…";
  boost::system::error_code failure;
  while (!failure) {
    tcp::socket socket(listener_->context);
    listener_->acceptor.accept(socket, failure);
    if (failure) break;
    const std::string request = read_request(socket);
    const std::size_t begin = request.find(' ') + 1;
    const std::string path = request.substr(begin, request.find(' ', begin) - begin);
    if (path == "/keys") ++asked_for_keys_;
    if (path == "/token") last_redemption_.publish(std::make_shared<const std::string>(request));
    const auto answers = answers_.now();
    const auto found = answers->find(path);
    std::string reply = found == answers->end() ? http_answer("{}", "404 Not Found") : found->second;
    const bool goes_on = reply.ends_with(endless);
    if (goes_on) reply.resize(reply.size() - endless.size());
    boost::system::error_code gone;
    do asio::write(socket, asio::buffer(reply), gone);
    while (goes_on && !gone);
  }
}

}  // namespace trede::net
