#include "server/net/provider.hpp"

#include <spdlog/spdlog.h>

#include "server/accounts/sodium.hpp"
#include "server/net/id_token.hpp"
#include "server/net/provider_limits.hpp"
#include "server/protocol/codec.hpp"

namespace trede::net {
namespace {

std::string text_member(const boost::json::value& json, std::string_view name) {
  const auto* object = json.if_object();
  const auto* found = object ? object->if_contains(name) : nullptr;
  const auto* text = found ? found->if_string() : nullptr;
  return text ? std::string(*text) : std::string();
}

bool has_query_or_fragment(std::string_view address) {
  return address.find_first_of("?#") != address.npos;
}

// RFC 6749, section 2.3.1: both are encoded first.
std::string basic_authorization(const ProviderConfig& config) {
  const std::string pair = percent_encoded(config.client_id) + ':' + percent_encoded(config.client_secret);
  std::string text(sodium_base64_encoded_len(pair.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(pair.data()),
                    pair.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  return "Basic " + text;
}

// "invalid_client" helps an administrator; anything else than such a word stays out of the log.
std::string word_of_refusal(const std::string& body) {
  const auto json = protocol::parse_json(body);
  const std::string word = json.has_value() ? text_member(*json, "error") : std::string();
  const bool plain = word.size() <= 40 && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == word.npos;
  return plain && !word.empty() ? ": " + word : std::string();
}

}  // namespace

Result<void> check(const ProviderConfig& config) {
  const auto url = read_url(config.issuer);
  if (!url || has_query_or_fragment(config.issuer))
    return Error{ErrorCode::Invalid, "--oidc-issuer: an address such as https://login.school.nl is needed"};
  if (!url->secure && !is_on_this_machine(*url))
    return Error{ErrorCode::Invalid, "--oidc-issuer: https is needed; http is for this machine only"};
  return {};
}

Provider::Provider(ProviderConfig config, Clock clock)
    : config_(std::move(config)), clock_(std::move(clock)), trusted_(trusting_the_system()) {}

bool Provider::is_old(Milliseconds since) const {
  return clock_() - since >= std::chrono::milliseconds(limits::provider_kept).count();
}

awaitable<Result<std::string>> Provider::document(Question question, Until until) {
  auto answer = co_await ask_elsewhere(std::move(question), trusted_, until);
  if (answer.has_error()) co_return answer.error();
  const ErrorCode code = answer->status >= 500 ? ErrorCode::Unavailable : ErrorCode::Invalid;
  if (answer->status != 200)
    co_return Error{
        code, fmt::format("it answers with status {}{}", answer->status, word_of_refusal(answer->body))};
  co_return std::move(answer->body);
}

// http is for an issuer on this machine only, and then stays on this machine.
std::optional<Url> Provider::endpoint(const std::string& address) const {
  auto url = read_url(address);
  const auto issuer = read_url(config_.issuer);
  const bool may_be_plain = issuer && !issuer->secure;
  if (!url || (!url->secure && !(may_be_plain && is_on_this_machine(*url)))) return std::nullopt;
  return url;
}

Result<Provider::Known> Provider::read_discovery(std::string_view text) const {
  const auto json = protocol::parse_json(text);
  if (json.has_error()) return Error{ErrorCode::Invalid, "what it says of itself cannot be read"};
  if (text_member(*json, "issuer") != config_.issuer)
    return Error{ErrorCode::Invalid, "it says that it is another issuer than --oidc-issuer"};
  Known known{text_member(*json, "authorization_endpoint"), {}, {}, clock_()};
  const auto token = endpoint(text_member(*json, "token_endpoint"));
  const auto keys = endpoint(text_member(*json, "jwks_uri"));
  if (!endpoint(known.authorization) || !token || !keys)
    return Error{ErrorCode::Invalid, "an address that it names is missing or is not https"};
  known.token = *token;
  known.keys = *keys;
  return known;
}

awaitable<Result<void>> Provider::learn(Until until) {
  if (known_ && !is_old(known_->since)) co_return Result<void>();
  std::string address = config_.issuer;
  if (address.ends_with('/')) address.pop_back();
  const auto url = read_url(address + "/.well-known/openid-configuration");
  if (!url) co_return Error{ErrorCode::Invalid, "the issuer's address is too long"};
  Question question{*url};
  const auto text = co_await document(std::move(question), until);
  if (text.has_error()) co_return text.error();
  auto known = read_discovery(*text);
  if (known.has_error()) co_return known.error();
  known_ = std::move(*known);
  co_return Result<void>();
}

awaitable<Result<void>> Provider::learn_keys(Until until) {
  Question question{known_->keys};
  const auto text = co_await document(std::move(question), until);
  if (text.has_error()) co_return text.error();
  auto keys = read_signing_keys(*text);
  if (keys.has_error()) co_return keys.error();
  keys_ = std::move(*keys);
  keys_since_ = clock_();
  co_return Result<void>();
}

awaitable<Result<SigningKey>> Provider::key_called(std::string name, Until until) {
  const bool fresh = keys_ && !is_old(keys_since_);
  const Milliseconds pause = std::chrono::milliseconds(limits::provider_keys_pause).count();
  if (!fresh || (!keys_->contains(name) && clock_() - keys_since_ >= pause)) {
    const auto learned = co_await learn_keys(until);
    if (learned.has_error()) co_return learned.error();
  }
  const auto found = keys_->find(name);
  if (found == keys_->end())
    co_return Error{ErrorCode::Invalid, "its token names a key that it does not have"};
  co_return found->second;
}

awaitable<Result<std::string>> Provider::authorization_endpoint(Until until) {
  const auto learned = co_await learn(until);
  if (learned.has_error()) co_return learned.error();
  co_return known_->authorization;
}

awaitable<Result<std::string>> Provider::token_for(Redemption redemption, Until until) {
  Question question{known_->token, basic_authorization(config_)};
  question.form = "grant_type=authorization_code&code=" + percent_encoded(redemption.code) +
                  "&redirect_uri=" + percent_encoded(redemption.return_address) +
                  "&code_verifier=" + percent_encoded(redemption.verifier);
  const auto text = co_await document(std::move(question), until);
  if (text.has_error()) co_return text.error();
  const auto json = protocol::parse_json(*text);
  if (json.has_error()) co_return Error{ErrorCode::Invalid, "its answer to the code cannot be read"};
  std::string token = text_member(*json, "id_token");
  if (token.empty()) co_return Error{ErrorCode::Invalid, "its answer to the code has no token"};
  co_return token;
}

awaitable<Result<std::string>> Provider::subject_for(Redemption redemption, Until until) {
  const auto learned = co_await learn(until);
  if (learned.has_error()) co_return learned.error();
  ExpectedToken expected{config_.issuer, config_.client_id, redemption.nonce, 0};
  const auto token = co_await token_for(std::move(redemption), until);
  if (token.has_error()) co_return token.error();
  auto name = key_of_token(*token);
  if (name.has_error()) co_return name.error();
  const auto key = co_await key_called(std::move(*name), until);
  if (key.has_error()) co_return key.error();
  expected.now = clock_();
  co_return subject_of_token(*token, *key, expected);
}

}  // namespace trede::net
