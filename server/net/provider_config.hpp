// What the server is told of the school's own identity provider (OpenID Connect). A value.
#pragma once

#include <string>

#include "content/result.hpp"

namespace trede::net {

struct ProviderConfig {
  std::string issuer;  // as its tokens name it: "https://login.school.nl/tenant"
  std::string client_id;
  std::string client_secret;
  std::string name;  // what the school calls its accounts, as the pages say it
};

// Nothing when it can be used; else a sentence for the administrator: the issuer is https, or http on this machine.
Result<void> check(const ProviderConfig& config);

}  // namespace trede::net
