// How the server is reached from elsewhere: options of `trede serve` that become a ServerConfig. Called by the thread
// that owns the program.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "server/clock.hpp"
#include "server/net/config.hpp"

namespace trede::commands {

struct Reach {
  std::vector<std::string> addresses;  // to listen on; empty: what fits the way below
  std::vector<std::string> names;      // under which browsers know the server
  std::string certificate, key;        // PEM files
  bool behind_proxy = false;
  bool lan_demo = false;

  bool has_certificate() const { return !certificate.empty() || !key.empty(); }
};

void add_reach_options(CLI::App& command, Reach& reach);

// Fills in what the options decide. Invalid with one sentence when they contradict each other, name no address or
// files that cannot be used.
Result<void> apply(const Reach& reach, Milliseconds now_ms, net::ServerConfig& config);

// "https://trede.school.nl" or the like: where a person looks first.
std::string front_door(const Reach& reach, std::uint16_t port);

}  // namespace trede::commands
