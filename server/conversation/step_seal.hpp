// What a browser is given as the id of its step: the step's name (practice::step_id: exercise and seed of its draw),
// whose it is and which of theirs, sealed under a key of the server (XChaCha20-Poly1305, libsodium). After a loss the
// browser sends it back and the server draws the same exercise again; who reads it learns nothing of the exercise,
// cannot make one and cannot hand an old one in again. The nonce is a keyed hash of what is sealed, so the same step
// keeps its id. Immutable; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/accounts/server_key.hpp"
#include "server/ids.hpp"

namespace trede::conversation {

struct NamedStep {
  PupilId pupil;
  std::int64_t number = 0;  // running number of the pupil's step
  std::string name;
};

class StepSeal {
 public:
  explicit StepSeal(const accounts::ServerKey& key);

  std::string sealed(const NamedStep& step) const;  // base64url
  // None: not an id of this school.
  std::optional<NamedStep> opened(std::string_view id) const;

 private:
  std::string key_;
  std::string nonces_;
};

}  // namespace trede::conversation
