// An identity provider for tests, on a real socket of this machine, that answers what the test wants, however wrong: on
// a thread of its own, one connection after the other.
#pragma once

#include <openssl/evp.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "server/net/provider_config.hpp"
#include "server/published.hpp"

namespace trede::net {

using TestKey = std::shared_ptr<EVP_PKEY>;
const TestKey& test_rsa_key();   // of the provider, called "rsa"
const TestKey& test_p256_key();  // of the provider, called "p256"
const TestKey& foreign_key();    // RSA, of nobody

std::string base64url(std::string_view bytes);
// header and claims as JSON. Signed as RS256 or ES256 by the kind of the key, whatever the header says.
std::string signed_token(const std::string& header, const std::string& claims, const TestKey& key);
// The same as HS256, with the text of the provider's public key for a secret.
std::string token_signed_with_public_key(const std::string& header, const std::string& claims);

std::string http_answer(const std::string& body, const std::string& status = "200 OK");

class TestProvider {
 public:
  // path → what is written to the socket before it is closed. "…" at its end: the same once more, without an end.
  using Answers = std::map<std::string, std::string>;

  TestProvider();
  ~TestProvider();

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
  ProviderConfig config() const { return {address(), "trede", "geheim van de school", "Lesplein"}; }

  // What it says when it is honest: discovery and keys.
  Answers honest() const;
  std::string discovery(const std::string& issuer, const std::string& token_endpoint) const;
  void answer(Answers answers);
  void answer_token(const std::string& token);  // honest, and this token for the next codes

  int asked_for_keys() const { return asked_for_keys_; }
  std::string last_redemption() const { return *last_redemption_.now(); }  // head and body of the request

 private:
  struct Listener;
  void serve();

  std::unique_ptr<Listener> listener_;
  std::uint16_t port_ = 0;
  Published<Answers> answers_;
  Published<std::string> last_redemption_;
  std::atomic<int> asked_for_keys_{0};
  std::jthread thread_;
};

}  // namespace trede::net
