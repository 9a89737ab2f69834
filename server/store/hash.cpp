#include "server/store/hash.hpp"

#include <algorithm>

namespace trede::store {

void Hash::add(std::int64_t number) {
  std::array<unsigned char, 8> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i));
  crypto_generichash_update(&state_, bytes.data(), bytes.size());
}

void Hash::add(const std::string& text) {
  add(static_cast<std::int64_t>(text.size()));
  crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

Link Hash::result() {
  Link link;
  crypto_generichash_final(&state_, link.data(), link.size());
  return link;
}

std::string hash_of(const std::string& text) {
  Hash hash;
  hash.add(text);
  const Link link = hash.result();
  std::string hex(2 * link.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), link.data(), link.size());
  hex.pop_back();
  return hex;
}

std::optional<Link> link_in(const SQLite::Column& column) {
  Link link;
  if (column.isNull() || column.getBytes() != static_cast<int>(link.size())) return std::nullopt;
  const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
  std::copy_n(bytes, link.size(), link.begin());
  return link;
}

}  // namespace trede::store
