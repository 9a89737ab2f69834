#include "server/conversation/step_seal.hpp"

#include <fmt/format.h>

#include <charconv>

#include "server/accounts/sodium.hpp"

namespace trede::conversation {
namespace {

using accounts::Bytes;

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t longest_id = 1'000;  // characters; a name is the id of an exercise and some numbers

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

StepSeal::StepSeal(const accounts::ServerKey& key)
    : key_(key.for_purpose("stepseal")), nonces_(key.for_purpose("stepnonc")) {}

std::string StepSeal::sealed(const NamedStep& step) const {
  const std::string text = fmt::format("{} {} {}", step.pupil.value, step.number, step.name);
  Bytes id(nonce_bytes + text.size() + tag_bytes);
  crypto_generichash(id.data(), nonce_bytes, bytes_of(text), text.size(), bytes_of(nonces_), nonces_.size());
  crypto_aead_xchacha20poly1305_ietf_encrypt(id.data() + nonce_bytes, nullptr, bytes_of(text), text.size(),
                                             nullptr, 0, nullptr, id.data(), bytes_of(key_));
  return accounts::to_base64(id);
}

std::optional<NamedStep> StepSeal::opened(std::string_view id) const {
  if (id.size() > longest_id) return std::nullopt;
  const Bytes sealed = accounts::from_base64(id);
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  std::string text(sealed.size() - nonce_bytes - tag_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, sealed.data() + nonce_bytes,
          sealed.size() - nonce_bytes, nullptr, 0, sealed.data(), bytes_of(key_)) != 0)
    return std::nullopt;
  NamedStep step;
  const char* end = text.data() + text.size();
  const auto pupil = std::from_chars(text.data(), end, step.pupil.value);
  ENSURE(pupil.ec == std::errc() && *pupil.ptr == ' ');  // nobody else can have sealed it
  const auto number = std::from_chars(pupil.ptr + 1, end, step.number);
  ENSURE(number.ec == std::errc() && *number.ptr == ' ');
  step.name.assign(number.ptr + 1, end);
  return step;
}

}  // namespace trede::conversation
