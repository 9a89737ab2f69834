#include "server/accounts/server_key.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "server/accounts/sodium.hpp"

namespace trede::accounts {
namespace {

constexpr std::string_view seal_mark = "hmac-sha256$";
constexpr std::size_t salt_bytes = 16;
static_assert(crypto_auth_hmacsha256_KEYBYTES == 32 && crypto_kdf_KEYBYTES == 32);

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  randombytes_buf(bytes.data(), count);
  return bytes;
}

Bytes mac_of(const std::array<unsigned char, 32>& key, const Bytes& salt, std::string_view pin) {
  Bytes message = salt;
  message.insert(message.end(), pin.begin(), pin.end());
  Bytes mac(crypto_auth_hmacsha256_BYTES);
  crypto_auth_hmacsha256(mac.data(), message.data(), message.size(), key.data());
  return mac;
}

Error trouble(const std::filesystem::path& file, const char* what) {
  return {ErrorCode::Unavailable,
          "the server's key " + file.string() + " cannot be " + what + ": " + std::strerror(errno)};
}

Result<std::array<unsigned char, 32>> make_key(const std::filesystem::path& file) {
  std::array<unsigned char, 32> key{};
  randombytes_buf(key.data(), key.size());
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return trouble(file, "made");
  const bool written =
      ::write(made, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(made) == 0;
  ::close(made);
  if (!written) return trouble(file, "written");
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);  // the name is on the disk before the first PIN that needs it
    ::close(folder);
  }
  return key;
}

}  // namespace

Result<ServerKey> ServerKey::open(const std::filesystem::path& file, bool needed) {
  prepare_sodium();
  const int present = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (present < 0 && errno != ENOENT) return trouble(file, "read");
  if (present < 0 && needed)
    return Error{ErrorCode::Conflict, "the server's key " + file.string() +
                                          " is missing; put it back from the backup, for without it no "
                                          "PIN, no second step and no school account fits"};
  if (present < 0) {
    const auto made = make_key(file);
    if (made.has_error()) return made.error();
    return ServerKey(*made);
  }
  std::array<unsigned char, 32> key{};
  const ssize_t count = ::read(present, key.data(), key.size());
  ::close(present);
  if (count != static_cast<ssize_t>(key.size()))
    return Error{ErrorCode::Conflict, "the server's key " + file.string() + " is damaged"};
  return ServerKey(key);
}

std::string ServerKey::seal_pin(std::string_view pin) const {
  const Bytes salt = random_bytes(salt_bytes);
  return std::string(seal_mark) + to_base64(salt) + '$' + to_base64(mac_of(bytes_, salt, pin));
}

bool ServerKey::pin_fits(std::string_view sealed, std::string_view pin) const {
  const bool is_seal = is_sealed_pin(sealed);
  const std::string_view rest = is_seal ? sealed.substr(seal_mark.size()) : std::string_view();
  const std::size_t middle = std::min(rest.find('$'), rest.size());
  Bytes salt = from_base64(rest.substr(0, middle));
  salt.resize(salt_bytes);
  Bytes stored = from_base64(rest.substr(std::min(middle + 1, rest.size())));
  const bool whole = stored.size() == crypto_auth_hmacsha256_BYTES;
  stored.resize(crypto_auth_hmacsha256_BYTES);
  const Bytes mac = mac_of(bytes_, salt, pin);
  const bool same = sodium_memcmp(mac.data(), stored.data(), mac.size()) == 0;
  return is_seal && whole && same;
}

std::string ServerKey::link_of(std::string_view issuer, std::string_view subject) const {
  const std::string key = for_purpose("tredelnk");
  const std::string message = std::string(issuer) + '\n' + std::string(subject);
  Bytes mac(crypto_auth_hmacsha256_BYTES);
  crypto_auth_hmacsha256(mac.data(), reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         reinterpret_cast<const unsigned char*>(key.data()));
  return to_base64(mac);
}

std::string ServerKey::for_purpose(std::string_view purpose) const {
  ENSURE(purpose.size() == crypto_kdf_CONTEXTBYTES);
  std::string key(crypto_kdf_KEYBYTES, '\0');
  crypto_kdf_derive_from_key(reinterpret_cast<unsigned char*>(key.data()), key.size(), 1, purpose.data(),
                             bytes_.data());
  return key;
}

bool is_sealed_pin(std::string_view secret) {
  return secret.starts_with(seal_mark);
}

std::filesystem::path key_file(const std::filesystem::path& database) {
  return database.parent_path() / "server.key";
}

}  // namespace trede::accounts
