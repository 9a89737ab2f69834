#include "server/accounts/secret.hpp"

#include <new>

#include "content/result.hpp"
#include "server/accounts/sodium.hpp"
#include "server/store/bank_store.hpp"

namespace trede::accounts {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 64 * 1024 * 1024;

std::string random_text(std::string_view letters, std::size_t length) {
  prepare_sodium();
  std::string text(length, ' ');
  for (char& c : text) c = letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
  return text;
}

}  // namespace

std::string hash_secret(std::string_view secret) {
  prepare_sodium();
  char hash[crypto_pwhash_STRBYTES];
  const int failed = crypto_pwhash_str_alg(hash, secret.data(), secret.size(), passes, memory_bytes,
                                           crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) throw std::bad_alloc();
  return hash;
}

bool secret_fits(const std::string& hash, std::string_view secret) {
  prepare_sodium();
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_verify(hash.c_str(), secret.data(), secret.size()) == 0;
}

const std::string& impossible_hash() {
  static const std::string hash = "$argon2id$v=19$m=65536,t=2,p=1$dHJlZGUtdHJlZGUtdHJlZA$" +
                                  std::string(43, 'A');  // thirty-two bytes of zero
  return hash;
}

std::string random_pin() {
  return random_text("0123456789", 4);
}

std::string random_password() {
  return random_text(unambiguous_letters, 16);
}

std::string random_token() {
  prepare_sodium();
  unsigned char bytes[32];
  randombytes_buf(bytes, sizeof bytes);
  char text[sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text;
}

std::string random_class_code() {
  return random_text(unambiguous_letters, 6);
}

std::string token_hash(std::string_view token) {
  return store::content_hash(token);
}

}  // namespace trede::accounts
