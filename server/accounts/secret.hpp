// Passwords, new secrets and session tokens, by libsodium. Hashing takes 0.1–0.4 s of a core and 64 MiB: never on a
// loop. Any thread. The randomness is the system's: secrets are the one thing that must not be repeatable. PINs are
// kept otherwise (server_key.hpp).
#pragma once

#include <string>
#include <string_view>

namespace trede::accounts {

// argon2id, t = 2, 64 MiB. The result names its costs.
std::string hash_secret(std::string_view secret);
// Also for PINs that an older version kept in this way, at 19 MiB.
bool secret_fits(const std::string& hash, std::string_view secret);

// A hash that no secret fits and that costs as much to compare: for names that do not exist.
const std::string& impossible_hash();

// Without look-alikes (0/O, 1/I/L, 2/Z, 5/S, 8/B, U beside V): easy to read from the board and to say aloud.
inline constexpr std::string_view unambiguous_letters = "ACDEFGHJKMNPQRTVWXY34679";

std::string random_pin();         // four digits, for a pupil
std::string random_password();    // 16 unambiguous letters, for staff
std::string random_class_code();  // 6 unambiguous letters: 191 million codes

std::string random_token();                      // 32 bytes, base64url: the session cookie
std::string token_hash(std::string_view token);  // BLAKE2b-256, hexadecimal: what is stored

}  // namespace trede::accounts
