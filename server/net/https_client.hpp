// One question to a server elsewhere and its answer, over HTTPS with a certificate that this machine trusts for that
// name; plain HTTP only to this machine itself. Bounded in time and bytes; redirects are not followed, nothing is kept
// between two questions. On the loop that awaits it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "server/async.hpp"
#include "server/net/tls.hpp"
#include "server/net/url.hpp"

namespace trede::net {

struct Question {
  Url url;
  std::string authorization = {};        // the header; empty: none
  std::optional<std::string> form = {};  // sent with POST; none: GET
};

struct FarAnswer {
  unsigned status = 0;
  std::string body;
};

// What trusts the authorities that the machine's store holds.
TlsPointer trusting_the_system();

// Unavailable: nobody there, no trusted certificate for the name, no whole answer until then; Invalid: more than
// limits::provider_answer_bytes. The sentences name no part of question or answer.
awaitable<Result<FarAnswer>> ask_elsewhere(Question question, TlsPointer trusted,
                                           std::chrono::steady_clock::time_point until);

}  // namespace trede::net
