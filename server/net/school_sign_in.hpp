// Signing in with an account of the school's own provider: the way there and back (authorization code with PKCE, RFC
// 7636). Who is on the way is kept in memory, bounded, for ten minutes, one way a browser, and is good once. Has a loop
// and a thread of its own, so that neither a slow provider nor its signatures keep anybody else waiting; may be called
// from any loop. The way back ends on our page /school/, which hands over the code with a POST.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "server/accounts/account.hpp"
#include "server/net/loops.hpp"
#include "server/net/provider.hpp"
#include "server/protocol/school_messages.hpp"

namespace trede::net {

// Who goes to the provider, and what for.
struct SchoolVisit {
  std::string door;                  // of the page, as in Request
  accounts::Role role;               // that signs in
  std::optional<AccountId> link_to;  // the account that asked to be linked; none: to sign in
  std::string return_address;        // of the page /school/ as this browser knows it
};

class SchoolSignIn {
 public:
  SchoolSignIn(ProviderConfig config, Clock clock);

  const ProviderConfig& config() const { return config_; }

  // address: where the browser goes; browser: for a cookie that comes back with it. TooMany when too many are asked
  // about at once; else as Provider.
  struct Begun {
    std::string address;
    std::string browser;
  };
  awaitable<Result<Begun>> begin(SchoolVisit visit);

  // Whom the provider vouches for. NotFound when this browser is not on its way, or no longer, or by another door.
  struct Returned {
    SchoolVisit visit;
    std::string subject;
  };
  awaitable<Result<Returned>> finish(std::string browser, std::string door,
                                     protocol::FinishSchoolSignIn message);

 private:
  struct OnTheWay {
    SchoolVisit visit;
    std::string state;
    std::string nonce;
    std::string verifier;
    Milliseconds until_ms = 0;
  };

  awaitable<Result<Begun>> begin_here(SchoolVisit visit);
  awaitable<Result<Returned>> finish_here(std::string browser, std::string door,
                                          protocol::FinishSchoolSignIn message);
  std::string remember(OnTheWay way);
  std::optional<OnTheWay> take(const std::string& browser, const std::string& door, const std::string& state);
  std::string address_for(const std::string& endpoint, const OnTheWay& way) const;

  ProviderConfig config_;
  Clock clock_;
  // From here on used on the own loop only.
  Provider provider_;
  int asking_ = 0;
  std::map<std::string, OnTheWay> ways_;                    // by the hash of what the browser holds
  std::deque<std::pair<Milliseconds, std::string>> order_;  // until when, oldest first; some are back already
  Loops loops_{1};                                          // last member: joins before the rest goes
};

}  // namespace trede::net
