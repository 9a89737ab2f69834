// The school's own identity provider (OpenID Connect): what it says of itself, its keys, and whom it vouches for in
// exchange for a code. Nothing is asked before somebody wants to sign in; nothing it says is believed that was not
// checked. Belongs to one loop, on which everything here runs.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "server/async.hpp"
#include "server/clock.hpp"
#include "server/net/https_client.hpp"
#include "server/net/provider_config.hpp"
#include "server/net/signing_keys.hpp"

namespace trede::net {

// What a browser came back with, and what we kept while it was away.
struct Redemption {
  std::string code;
  std::string verifier;        // of PKCE
  std::string nonce;           // which the token must repeat
  std::string return_address;  // where the code was sent
};

class Provider {
 public:
  using Until = std::chrono::steady_clock::time_point;

  Provider(ProviderConfig config, Clock clock);
  const ProviderConfig& config() const { return config_; }

  // Where a browser is sent to sign in there. Errors of both: Unavailable when it gives no answer until then, Invalid
  // when what it says is not to be believed or it refuses.
  awaitable<Result<std::string>> authorization_endpoint(Until until);
  // Whom the provider vouches for: the subject of its token.
  awaitable<Result<std::string>> subject_for(Redemption redemption, Until until);

 private:
  struct Known {
    std::string authorization;
    Url token;
    Url keys;
    Milliseconds since = 0;
  };

  awaitable<Result<std::string>> document(Question question, Until until);
  awaitable<Result<void>> learn(Until until);
  awaitable<Result<void>> learn_keys(Until until);
  awaitable<Result<SigningKey>> key_called(std::string name, Until until);
  awaitable<Result<std::string>> token_for(Redemption redemption, Until until);
  Result<Known> read_discovery(std::string_view text) const;
  std::optional<Url> endpoint(const std::string& address) const;
  bool is_old(Milliseconds since) const;

  ProviderConfig config_;
  Clock clock_;
  TlsPointer trusted_;
  std::optional<Known> known_;
  std::optional<SigningKeys> keys_;
  Milliseconds keys_since_ = 0;
};

}  // namespace trede::net
