// The keys with which a provider signs: its JSON Web Key Set (RFC 7517), of which only keys to verify RS256 and ES256
// with are taken, each by its name (kid). By OpenSSL. Values; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "content/result.hpp"

namespace trede::net {

enum class SigningAlgorithm { Rs256, Es256 };

struct SigningKey {
  SigningAlgorithm algorithm = SigningAlgorithm::Rs256;
  std::string pem;  // the public key
};

using SigningKeys = std::map<std::string, SigningKey, std::less<>>;

// RSA from 2048 to 8192 bits, and points of P-256. What is another kind of key, not for signing, or without a name is
// left out. Invalid when the text is no key set.
Result<SigningKeys> read_signing_keys(std::string_view jwks);

}  // namespace trede::net
