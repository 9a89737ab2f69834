#include "server/store/file_hash.hpp"

#include <sodium.h>

#include <algorithm>
#include <fstream>

namespace trede::store {

std::string hash_of(std::istream& stream, std::uint64_t bytes) {
  constexpr std::size_t piece = 1 << 20;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
  std::string read(piece, '\0');
  for (std::uint64_t left = bytes; left > 0;) {
    const auto take = std::min<std::uint64_t>(left, piece);
    if (!stream.read(read.data(), static_cast<std::streamsize>(take))) return {};
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(read.data()), take);
    left -= take;
  }
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
  return hash;
}

Result<std::string> hash_of_file(const std::filesystem::path& file) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(file, failure);
  std::ifstream stream(file, std::ios::binary);
  const std::string hash = failure ? "" : hash_of(stream, size);
  if (hash.empty()) return Error{ErrorCode::Unavailable, "cannot read " + file.string()};
  std::string text(2 * hash.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(hash.data()), hash.size());
  text.pop_back();
  return text;
}

}  // namespace trede::store
