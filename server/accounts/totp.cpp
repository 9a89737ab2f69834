#include "server/accounts/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cctype>

#include "content/result.hpp"
#include "server/accounts/sodium.hpp"

namespace trede::accounts {
namespace {

constexpr std::size_t totp_secret_bytes = 20;
constexpr std::size_t sha1_bytes = 20;
constexpr std::size_t code_digits = 6;
constexpr Milliseconds step_ms = 30'000;

std::array<unsigned char, sha1_bytes> hmac_sha1(std::string_view key, std::int64_t counter) {
  std::array<unsigned char, 8> message;
  for (std::size_t i = 0; i < message.size(); ++i)
    message[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(counter) >> (56 - 8 * i));
  std::array<unsigned char, sha1_bytes> mac;
  const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                          message.size(), mac.data(), nullptr);
  ENSURE(made);
  return mac;
}

std::string without_blanks(std::string_view code) {
  std::string digits;
  for (const char c : code)
    if (c != ' ') digits += c;
  return digits;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte))
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", byte);
  }
  return encoded;
}

}  // namespace

std::string new_totp_secret() {
  prepare_sodium();
  std::string secret(totp_secret_bytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::int64_t totp_step(Milliseconds now) {
  return now / step_ms;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  const auto mac = hmac_sha1(secret, step);
  const std::size_t offset = mac.back() & 0x0f;
  const std::uint32_t number = (mac[offset] & 0x7fu) << 24 |
                               static_cast<std::uint32_t>(mac[offset + 1]) << 16 |
                               static_cast<std::uint32_t>(mac[offset + 2]) << 8 | mac[offset + 3];
  return fmt::format("{:06}", number % 1'000'000);
}

std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code, Milliseconds now,
                                         std::int64_t used) {
  std::string digits = without_blanks(code);
  const bool whole = digits.size() == code_digits;
  digits.resize(code_digits);
  std::optional<std::int64_t> found;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
    const std::string right = totp_code(secret, step);
    const bool same = sodium_memcmp(right.data(), digits.data(), code_digits) == 0;
    if (same && whole && step > used) found = step;
  }
  return found;
}

std::string to_base32(std::string_view bytes) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t waiting = 0;
  int bits = 0;
  for (const char c : bytes) {
    waiting = waiting << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) text += letters[waiting >> (bits - 5) & 31];
  }
  if (bits > 0) text += letters[waiting << (5 - bits) & 31];
  return text;
}

std::string totp_address(std::string_view name, std::string_view secret) {
  return "otpauth://totp/Trede:" + percent_encoded(name) + "?secret=" + to_base32(secret) + "&issuer=Trede";
}

}  // namespace trede::accounts
