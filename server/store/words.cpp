#include "server/store/words.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "server/store/sql.hpp"

namespace trede::store {
namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// What stands before the words in the payload of this kind; a quote inside a text is escaped, so it stands nowhere
// else.
std::string_view opening_of(const std::string& kind) {
  if (kind == StepTaken::tag) return "\"answer\":{\"text\":\"";
  if (kind == QuestionAsked::tag) return "\"text\":\"";
  return {};
}

// Where the words of the payload begin; npos when there is no place for words.
std::size_t begin_of_words(const Event& event) {
  const std::string_view opening = opening_of(event.kind);
  if (opening.empty()) return std::string::npos;
  const std::string& json = event.payload;
  // std::string would stop at every quote.
  const void* at = memmem(json.data(), json.size(), opening.data(), opening.size());
  return at ? static_cast<std::size_t>(static_cast<const char*>(at) - json.data()) + opening.size()
            : std::string::npos;
}

// The quote that ends a text of JSON.
std::size_t end_of_text(const std::string& json, std::size_t at) {
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
  return std::min(at, json.size());
}

// The kernel's own randomness, many nonces a call. A child of this process is a program of its own and begins anew.
void draw_nonce(unsigned char* nonce) {
  thread_local std::array<unsigned char, 64 * nonce_bytes> drawn;
  thread_local std::size_t used = drawn.size();
  if (used == drawn.size()) {
    randombytes_buf(drawn.data(), drawn.size());
    used = 0;
  }
  std::copy_n(drawn.data() + used, nonce_bytes, nonce);
  used += nonce_bytes;
}

}  // namespace

std::string take_words(Event& event) {
  const std::size_t begin = begin_of_words(event);
  if (begin == std::string::npos) return {};
  const std::size_t length = end_of_text(event.payload, begin) - begin;
  std::string words = event.payload.substr(begin, length);
  event.payload.erase(begin, length);
  return words;
}

void put_words(Event& event, const std::string& words) {
  const std::size_t begin = begin_of_words(event);
  if (begin != std::string::npos) event.payload.insert(begin, words);
}

Event with_sealed(Event event, const std::string& sealed) {
  if (sealed.empty()) return event;
  std::string hex(2 * sealed.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes(sealed), sealed.size());
  hex.pop_back();
  event.payload += '\n' + hex;
  return event;
}

std::string seal(const WordsKey& key, Sequence sequence, const std::string& words) {
  ENSURE(key.size() == key_bytes);
  const std::string place = std::to_string(sequence);
  std::string sealed(nonce_bytes + words.size() + tag_bytes, '\0');
  draw_nonce(bytes(sealed));
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + nonce_bytes, nullptr, bytes(words), words.size(),
                                             bytes(place), place.size(), nullptr, bytes(sealed), bytes(key));
  return sealed;
}

std::optional<std::string> unseal(const WordsKey& key, Sequence sequence, const std::string& sealed) {
  if (key.size() != key_bytes || sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  const std::string place = std::to_string(sequence);
  std::string words(sealed.size() - nonce_bytes - tag_bytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes(words), nullptr, nullptr, bytes(sealed) + nonce_bytes, sealed.size() - nonce_bytes, bytes(place),
      place.size(), bytes(sealed), bytes(key));
  if (failed) return std::nullopt;
  return words;
}

WordsKey key_of(Database& database, PupilId pupil) {
  auto& known = database.statement(sql::pupil_key);
  known.bind(1, pupil.value);
  WordsKey key;
  while (known.executeStep()) key = known.getColumn(0).getString();
  if (!key.empty()) return key;
  key.resize(key_bytes);
  randombytes_buf(bytes(key), key.size());
  auto& add = database.statement(sql::add_pupil_key);
  add.bind(1, pupil.value);
  add.bind(2, key.data(), static_cast<int>(key.size()));
  return add.exec() == 1 ? key : WordsKey();
}

}  // namespace trede::store
