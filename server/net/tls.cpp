#include "server/net/tls.hpp"

#include <fmt/format.h>
#include <openssl/x509v3.h>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>

#include <array>

#include "server/net/openssl_owned.hpp"

namespace trede::net {
namespace {

namespace ssl = boost::asio::ssl;

// Mozilla's "intermediate" of 2024 for TLS 1.2, without the DHE suites, which want parameters of their own and which
// no browser needs; TLS 1.3 has its own, all of them fine.
constexpr const char* suites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* curves = "X25519:P-256:P-384";
constexpr std::int64_t demo_seconds = 30LL * 24 * 60 * 60;

using Key = OpensslOwned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = OpensslOwned<X509, X509_free>;

TlsPointer empty_context() {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* handle = context->native_handle();
  SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
  SSL_CTX_set_options(handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(handle, SSL_MODE_RELEASE_BUFFERS);  // a quiet pupil's connection holds no records
  ENSURE(SSL_CTX_set_cipher_list(handle, suites) == 1);
  ENSURE(SSL_CTX_set1_groups_list(handle, curves) == 1);
  return context;
}

Error unreadable(const std::filesystem::path& file, const boost::system::error_code& failure) {
  return {ErrorCode::Invalid, file.string() + " cannot be used for TLS: " + failure.message()};
}

// "DNS:school.nl,IP:192.0.2.7", as OpenSSL's extension wants it.
std::string alternative_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    boost::system::error_code no_address;
    boost::asio::ip::make_address(name, no_address);
    text += (text.empty() ? "" : ",") + std::string(no_address ? "DNS:" : "IP:") + name;
  }
  return text;
}

bool describe(X509* certificate, EVP_PKEY* key, const std::vector<std::string>& names, Milliseconds now_ms) {
  const time_t now = static_cast<time_t>(now_ms / 1000);
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), now_ms);
  ASN1_TIME_set(X509_getm_notBefore(certificate), now - 60);
  ASN1_TIME_set(X509_getm_notAfter(certificate), now + demo_seconds);
  X509_set_pubkey(certificate, key);
  X509_NAME* subject = X509_get_subject_name(certificate);
  const auto* common_name = reinterpret_cast<const unsigned char*>("Trede demo");
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common_name, -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  const OpensslOwned<X509_EXTENSION, X509_EXTENSION_free> alternatives(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative_names(names).c_str()));
  return alternatives && X509_add_ext(certificate, alternatives.get(), -1) == 1 &&
         X509_sign(certificate, key, EVP_sha256()) != 0;
}

std::string fingerprint_of(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned length = 0;
  ENSURE(X509_digest(certificate, EVP_sha256(), digest.data(), &length) == 1);
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest[i]);
  return text;
}

}  // namespace

Result<TlsPointer> read_certificate(const std::filesystem::path& certificate,
                                    const std::filesystem::path& key) {
  const TlsPointer context = empty_context();
  // Without one OpenSSL would ask the terminal for the pass phrase of a locked key.
  context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
  boost::system::error_code failure;
  context->use_certificate_chain_file(certificate.string(), failure);
  if (failure) return unreadable(certificate, failure);
  context->use_private_key_file(key.string(), ssl::context::pem,
                                failure);  // checks that the two belong together
  if (failure) return unreadable(key, failure);
  return context;
}

Result<DemoCertificate> make_demo_certificate(const std::vector<std::string>& names, Milliseconds now_ms) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  if (!key || !certificate || !describe(certificate.get(), key.get(), names, now_ms))
    return Error{ErrorCode::Invalid, "no certificate can be made for " + alternative_names(names)};
  const TlsPointer context = empty_context();
  ENSURE(SSL_CTX_use_certificate(context->native_handle(), certificate.get()) == 1);
  ENSURE(SSL_CTX_use_PrivateKey(context->native_handle(), key.get()) == 1);
  return DemoCertificate{context, fingerprint_of(certificate.get())};
}

}  // namespace trede::net
