#include "server/net/school_sign_in.hpp"

#include <spdlog/spdlog.h>

#include "server/accounts/secret.hpp"
#include "server/accounts/sodium.hpp"
#include "server/net/provider_limits.hpp"

namespace trede::net {
namespace {

struct PlaceTaken {
  explicit PlaceTaken(int& places) : taken(places) { ++taken; }
  ~PlaceTaken() { --taken; }
  PlaceTaken(const PlaceTaken&) = delete;
  PlaceTaken& operator=(const PlaceTaken&) = delete;
  int& taken;
};

const Error too_many_there{ErrorCode::TooMany,
                           "many people are signing in at the school; try again in a moment"};

std::string challenge_of(const std::string& verifier) {
  accounts::Bytes hash(crypto_hash_sha256_BYTES);
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
  return accounts::to_base64(hash);
}

Provider::Until patience_from_now() {
  return std::chrono::steady_clock::now() + limits::provider_time;
}

void log_trouble(const Error& error) {
  spdlog::warn("signing in with a school account failed; of the provider: {}", error.detail);
}

}  // namespace

SchoolSignIn::SchoolSignIn(ProviderConfig config, Clock clock)
    : config_(std::move(config)), clock_(clock), provider_(config_, std::move(clock)) {
  loops_.start();
}

awaitable<Result<SchoolSignIn::Begun>> SchoolSignIn::begin(SchoolVisit visit) {
  return on_loop(loops_.executor(0), begin_here(std::move(visit)));
}

awaitable<Result<SchoolSignIn::Returned>> SchoolSignIn::finish(std::string browser, std::string door,
                                                               protocol::FinishSchoolSignIn message) {
  return on_loop(loops_.executor(0), finish_here(std::move(browser), std::move(door), std::move(message)));
}

awaitable<Result<SchoolSignIn::Begun>> SchoolSignIn::begin_here(SchoolVisit visit) {
  if (asking_ >= limits::provider_questions_at_once) co_return too_many_there;
  const PlaceTaken place(asking_);
  const auto endpoint = co_await provider_.authorization_endpoint(patience_from_now());
  if (endpoint.has_error()) {
    log_trouble(endpoint.error());
    co_return endpoint.error();
  }
  // The page /school/ learns from the state by which door it came.
  const std::string door = visit.door.empty() ? std::string() : visit.door.substr(1);
  const Milliseconds until = clock_() + std::chrono::milliseconds(limits::school_visit).count();
  OnTheWay way{std::move(visit), door + '.' + accounts::random_token(), accounts::random_token(),
               accounts::random_token(), until};
  Begun begun{address_for(*endpoint, way), {}};
  begun.browser = remember(std::move(way));
  co_return begun;
}

std::string SchoolSignIn::address_for(const std::string& endpoint, const OnTheWay& way) const {
  const char* joint = endpoint.find('?') == endpoint.npos ? "?" : "&";
  return endpoint + joint +
         "response_type=code&scope=openid&client_id=" + percent_encoded(config_.client_id) +
         "&redirect_uri=" + percent_encoded(way.visit.return_address) + "&state=" + way.state +
         "&nonce=" + way.nonce + "&code_challenge_method=S256&code_challenge=" + challenge_of(way.verifier);
}

std::string SchoolSignIn::remember(OnTheWay way) {
  const Milliseconds now = clock_();
  while (!order_.empty() && (order_.front().first <= now || order_.size() >= limits::school_visits)) {
    ways_.erase(order_.front().second);
    order_.pop_front();
  }
  std::string browser = accounts::random_token();
  std::string hash = accounts::token_hash(browser);
  order_.emplace_back(way.until_ms, hash);
  ways_.emplace(std::move(hash), std::move(way));
  return browser;
}

// A way is gone once its state was named: a code is never tried twice.
std::optional<SchoolSignIn::OnTheWay> SchoolSignIn::take(const std::string& browser, const std::string& door,
                                                         const std::string& state) {
  const auto found = ways_.find(accounts::token_hash(browser));
  if (browser.empty() || found == ways_.end() || found->second.until_ms <= clock_()) return std::nullopt;
  const std::string& kept = found->second.state;
  const bool same = kept.size() == state.size() && sodium_memcmp(kept.data(), state.data(), kept.size()) == 0;
  if (!same || found->second.visit.door != door) return std::nullopt;
  OnTheWay way = std::move(found->second);
  ways_.erase(found);
  return way;
}

awaitable<Result<SchoolSignIn::Returned>> SchoolSignIn::finish_here(std::string browser, std::string door,
                                                                    protocol::FinishSchoolSignIn message) {
  if (message.code.empty() || message.code.size() > limits::code_bytes)
    co_return Error{ErrorCode::Invalid, "code: is none"};
  if (asking_ >= limits::provider_questions_at_once) co_return too_many_there;
  auto way = take(browser, door, message.state);
  if (!way) co_return Error{ErrorCode::NotFound, "this browser is not on its way to the school's provider"};
  const PlaceTaken place(asking_);
  Redemption redemption{std::move(message.code), std::move(way->verifier), std::move(way->nonce),
                        way->visit.return_address};
  auto subject = co_await provider_.subject_for(std::move(redemption), patience_from_now());
  if (subject.has_error()) {
    log_trouble(subject.error());
    co_return subject.error();
  }
  Returned returned{std::move(way->visit), std::move(*subject)};
  co_return returned;
}

}  // namespace trede::net
