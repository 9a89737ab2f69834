// The server's own key, in a file beside the database, not in it: who has the database alone cannot try PINs. No hash
// protects four digits, a key the thief does not have does. By libsodium.
// Immutable; any thread.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "content/result.hpp"

namespace trede::accounts {

class ServerKey {
 public:
  // Reads the key, or makes one (32 random bytes, readable by the owner only). Unavailable: the file cannot be read or
  // written; Conflict: it is no key, or it is missing and needed says that it was there before.
  static Result<ServerKey> open(const std::filesystem::path& file, bool needed);

  // HMAC-SHA-256 of the PIN under the key, with a salt, so that equal PINs look different.
  std::string seal_pin(std::string_view pin) const;
  // Compares in constant time, and takes as long for a text that is no seal.
  bool pin_fits(std::string_view sealed, std::string_view pin) const;

  // What is kept of an account elsewhere: HMAC-SHA-256 of its issuer and its subject there. The same for the same
  // account; neither can be read back, nor tried out without the key. The issuer has no line end.
  std::string link_of(std::string_view issuer, std::string_view subject) const;

  // Another key, 32 bytes, for store::seal: libsodium derives it. purpose: eight letters, its own for every use.
  std::string for_purpose(std::string_view purpose) const;

 private:
  explicit ServerKey(const std::array<unsigned char, 32>& bytes) : bytes_(bytes) {}

  std::array<unsigned char, 32> bytes_;
};

// Whether a stored secret is a PIN under the key; older ones are argon2id.
bool is_sealed_pin(std::string_view secret);

// Beside the database of a school.
std::filesystem::path key_file(const std::filesystem::path& database);

}  // namespace trede::accounts
