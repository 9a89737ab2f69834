// Whether an id_token (OpenID Connect Core, section 3.1.3.7) is what the school's provider says to us, now, of the very
// sign-in we asked about. The signature is verified by libjwt, with the algorithm of the key and no other; the claims
// against the server's own clock. Pure; any thread. Errors are Invalid, in sentences without a word of the token.
#pragma once

#include <string>

#include "server/clock.hpp"
#include "server/net/signing_keys.hpp"

namespace trede::net {

// The name of the key that the token says it was signed with: RS256 or ES256, and nothing that we would have to
// understand beyond it.
Result<std::string> key_of_token(const std::string& token);

struct ExpectedToken {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  Milliseconds now = 0;
};

// Whom it is about: the subject, the provider's own number for somebody.
Result<std::string> subject_of_token(const std::string& token, const SigningKey& key,
                                     const ExpectedToken& expected);

}  // namespace trede::net
