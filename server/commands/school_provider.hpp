// Which provider of the school's own vouches for its staff: options of `trede serve` that become a ProviderConfig.
// Called by the thread that owns the program.
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

#include "server/net/provider_config.hpp"

namespace trede::commands {

struct SchoolProvider {
  std::string issuer, client_id, secret_file;
  std::string name;
};

void add_provider_options(CLI::App& command, SchoolProvider& provider);

// None without the options. Invalid with one sentence when one is missing, when the issuer is no https address, or when
// the file of the secret cannot be read or others than its owner may.
Result<std::optional<net::ProviderConfig>> read_provider(const SchoolProvider& provider);

}  // namespace trede::commands
