// BLAKE2b-256 (libsodium) over a row of numbers and texts, for the chains of the journal and of the audit. Integers are
// 8 bytes, lowest first; texts are preceded by their length, so that no two rows give the same bytes. Pure; any thread.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <optional>
#include <string>

#include "server/store/chain.hpp"

namespace trede::store {

static_assert(std::tuple_size_v<Link> == crypto_generichash_BYTES);

class Hash {
 public:
  Hash() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<Link>); }

  void add(const Link& link) { crypto_generichash_update(&state_, link.data(), link.size()); }
  void add(std::int64_t number);
  void add(const std::string& text);
  Link result();

 private:
  crypto_generichash_state state_;
};

std::string hash_of(const std::string& text);  // hexadecimal

// Empty when the column holds none.
std::optional<Link> link_in(const SQLite::Column& column);

}  // namespace trede::store
