#include "server/net/signing_keys.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <optional>

#include "server/accounts/sodium.hpp"
#include "server/net/openssl_owned.hpp"
#include "server/net/provider_limits.hpp"
#include "server/protocol/codec.hpp"

namespace trede::net {
namespace {

using PublicKey = OpensslOwned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = OpensslOwned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Builder = OpensslOwned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = OpensslOwned<OSSL_PARAM, OSSL_PARAM_free>;
using BigNumber = OpensslOwned<BIGNUM, BN_free>;
using Memory = OpensslOwned<BIO, BIO_free_all>;

constexpr int least_bits = 2048, most_bits = 8192;
constexpr std::size_t coordinate_bytes = 32;

std::string_view text_in(const boost::json::object& object, std::string_view member) {
  const auto* found = object.if_contains(member);
  const auto* text = found ? found->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

PublicKey made_of(const char* kind, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
  return PublicKey(key);
}

PublicKey rsa_key(const boost::json::object& jwk) {
  const accounts::Bytes modulus = accounts::from_base64(text_in(jwk, "n"));
  const accounts::Bytes exponent = accounts::from_base64(text_in(jwk, "e"));
  if (modulus.size() > most_bits / 8 || exponent.empty() || exponent.size() > sizeof(std::uint64_t))
    return nullptr;
  const BigNumber n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
  const BigNumber e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr));
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_num_bits(n.get()) < least_bits) return nullptr;
  if (!BN_is_odd(e.get()) || BN_is_one(e.get())) return nullptr;
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  return made_of("RSA", builder.get());
}

// OpenSSL refuses what is no point of the curve.
PublicKey p256_key(const boost::json::object& jwk) {
  const accounts::Bytes x = accounts::from_base64(text_in(jwk, "x"));
  const accounts::Bytes y = accounts::from_base64(text_in(jwk, "y"));
  if (text_in(jwk, "crv") != "P-256" || x.size() != coordinate_bytes || y.size() != coordinate_bytes)
    return nullptr;
  accounts::Bytes point{4};  // uncompressed
  point.insert(point.end(), x.begin(), x.end());
  point.insert(point.end(), y.begin(), y.end());
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder) return nullptr;
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  return made_of("EC", builder.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_PUBKEY(memory.get(), key) != 1) return {};
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

std::optional<SigningKey> signing_key(const boost::json::object& jwk) {
  const bool is_rsa = text_in(jwk, "kty") == "RSA";
  if (!is_rsa && text_in(jwk, "kty") != "EC") return std::nullopt;
  if (jwk.contains("use") && text_in(jwk, "use") != "sig") return std::nullopt;
  if (jwk.contains("alg") && text_in(jwk, "alg") != (is_rsa ? "RS256" : "ES256")) return std::nullopt;
  const PublicKey key = is_rsa ? rsa_key(jwk) : p256_key(jwk);
  if (!key) return std::nullopt;
  return SigningKey{is_rsa ? SigningAlgorithm::Rs256 : SigningAlgorithm::Es256, pem_of(key.get())};
}

}  // namespace

Result<SigningKeys> read_signing_keys(std::string_view jwks) {
  const Error no_set{ErrorCode::Invalid, "its keys cannot be read"};
  const auto json = protocol::parse_json(jwks);
  if (json.has_error() || !json->is_object()) return no_set;
  const auto* keys = json->get_object().if_contains("keys");
  if (!keys || !keys->is_array() || keys->get_array().size() > limits::provider_keys) return no_set;
  SigningKeys read;
  for (const auto& each : keys->get_array()) {
    const auto* jwk = each.if_object();
    const std::string_view name = jwk ? text_in(*jwk, "kid") : std::string_view();
    if (name.empty()) continue;
    if (auto key = signing_key(*jwk); key && !key->pem.empty()) read.emplace(name, std::move(*key));
  }
  return read;
}

}  // namespace trede::net
