#include "server/accounts/sodium.hpp"

namespace trede::accounts {

constexpr int base64url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string to_base64(const Bytes& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), base64url), ' ');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64url);
  text.pop_back();  // the terminating zero
  return text;
}

Bytes from_base64(std::string_view text) {
  if (text.empty()) return {};  // of nothing there is no address
  Bytes bytes(text.size());
  std::size_t length = 0;
  const int failed = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                                       nullptr, base64url);
  bytes.resize(failed ? 0 : length);
  return bytes;
}

}  // namespace trede::accounts
