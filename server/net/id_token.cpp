#include "server/net/id_token.hpp"

#include <jwt.h>

#include <cstdlib>
#include <memory>
#include <optional>

#include "server/accounts/sodium.hpp"
#include "server/net/provider_limits.hpp"
#include "server/protocol/codec.hpp"

namespace trede::net {
namespace {

namespace json = boost::json;

Error not_believed(std::string_view why) {
  return {ErrorCode::Invalid, "its token " + std::string(why)};
}

const json::value* member_of(const json::object& object, std::string_view name) {
  return object.if_contains(name);
}

std::string_view text_of(const json::value* value) {
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

// Seconds since 1970.
std::optional<double> moment_of(const json::value* value) {
  if (!value || !value->is_number()) return std::nullopt;
  return value->to_number<double>();
}

// Three parts in base64url: libjwt takes letters that are none.
bool has_three_parts(std::string_view token) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (first == 0 || second == token.npos || second == first + 1 || second + 1 == token.size()) return false;
  std::string bare(token);
  bare.erase(second, 1).erase(first, 1);
  return bare.find_first_not_of(letters) == bare.npos;
}

bool is_for_us(const json::object& claims, const std::string& client_id) {
  const auto* audience = member_of(claims, "aud");
  const auto* authorized = member_of(claims, "azp");
  if (authorized && text_of(authorized) != client_id) return false;
  const auto* several = audience ? audience->if_array() : nullptr;
  if (!several) return text_of(audience) == client_id;
  bool named = false;
  for (const auto& each : *several) named = named || text_of(&each) == client_id;
  return named && (several->size() == 1 || authorized);
}

std::optional<Error> objection_to(const json::object& claims, const ExpectedToken& expected) {
  const double now = static_cast<double>(expected.now) / 1000;
  const double slack = static_cast<double>(limits::token_slack.count());
  if (text_of(member_of(claims, "iss")) != expected.issuer) return not_believed("is another issuer's");
  if (!is_for_us(claims, expected.client_id)) return not_believed("is for somebody else");
  if (text_of(member_of(claims, "nonce")) != expected.nonce) return not_believed("is of another sign-in");
  const auto expires = moment_of(member_of(claims, "exp")), issued = moment_of(member_of(claims, "iat"));
  if (!expires || !issued) return not_believed("does not say when it holds");
  if (*expires + slack <= now) return not_believed("has expired");
  if (*issued - slack > now) return not_believed("is of later than now");
  const auto* not_before = member_of(claims, "nbf");
  if (not_before && moment_of(not_before).value_or(now + 2 * slack) - slack > now)
    return not_believed("does not hold yet");
  return std::nullopt;
}

struct JwtFreed {
  void operator()(jwt_t* jwt) const { jwt_free(jwt); }
};
struct TextFreed {
  void operator()(char* text) const { std::free(text); }
};

// The claims of a token whose signature fits.
Result<json::value> verified_claims(const std::string& token, const SigningKey& key) {
  jwt_t* decoded = nullptr;
  const auto* pem = reinterpret_cast<const unsigned char*>(key.pem.data());
  const int failed = jwt_decode(&decoded, token.c_str(), pem, static_cast<int>(key.pem.size()));
  const std::unique_ptr<jwt_t, JwtFreed> jwt(decoded);
  const auto algorithm = key.algorithm == SigningAlgorithm::Rs256 ? JWT_ALG_RS256 : JWT_ALG_ES256;
  if (failed != 0 || !jwt || jwt_get_alg(jwt.get()) != algorithm)
    return not_believed("is not signed by the provider");
  const std::unique_ptr<char, TextFreed> claims(jwt_get_grants_json(jwt.get(), nullptr));
  auto read = protocol::parse_json(claims ? claims.get() : "");
  if (read.has_error() || !read->is_object()) return not_believed("has no claims");
  return read;
}

// "RS256" and "ES256" with the name of a key, and no extension that must be understood.
Result<json::value> header_of(const std::string& token) {
  if (token.size() > limits::token_bytes || !has_three_parts(token)) return not_believed("is none");
  const accounts::Bytes bytes = accounts::from_base64(std::string_view(token).substr(0, token.find('.')));
  auto header = protocol::parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (header.has_error() || !header->is_object()) return not_believed("is none");
  const std::string_view algorithm = text_of(member_of(header->get_object(), "alg"));
  if (algorithm != "RS256" && algorithm != "ES256")
    return not_believed("is not signed in a way that is taken");
  if (member_of(header->get_object(), "crit")) return not_believed("wants more to be understood");
  return header;
}

}  // namespace

Result<std::string> key_of_token(const std::string& token) {
  const auto header = header_of(token);
  if (header.has_error()) return header.error();
  const std::string_view name = text_of(member_of(header->get_object(), "kid"));
  if (name.empty()) return not_believed("does not name its key");
  return std::string(name);
}

Result<std::string> subject_of_token(const std::string& token, const SigningKey& key,
                                     const ExpectedToken& expected) {
  const auto header = header_of(token);
  if (header.has_error()) return header.error();
  const auto* needed = key.algorithm == SigningAlgorithm::Rs256 ? "RS256" : "ES256";
  if (text_of(member_of(header->get_object(), "alg")) != needed)
    return not_believed("is not signed in the way of its key");
  const auto claims = verified_claims(token, key);
  if (claims.has_error()) return claims.error();
  if (const auto objection = objection_to(claims->get_object(), expected)) return *objection;
  const std::string_view subject = text_of(member_of(claims->get_object(), "sub"));
  if (subject.empty() || subject.size() > limits::subject_bytes) return not_believed("names nobody");
  return std::string(subject);
}

}  // namespace trede::net
