#include "server/commands/live_command.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <thread>

#include "server/commands/demo_school.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/live_pupil.hpp"
#include "server/commands/shipped_bank.hpp"

namespace trede {
namespace {

using commands::Deeds;
using commands::fail;

struct LiveOptions {
  std::string url = "http://localhost:8080";
  std::string content;
  std::string data;
  int pupils = 8;
  double pace = 1;
  double minutes = 0;
};

constexpr double learned_in_their_past = 0.3;  // logits, beyond what the demo class began with

// The children a newcomer is told to sign in as come last: two people behind one name would puzzle both.
std::vector<commands::DemoPupil> children_of(const content::ItemBank& bank) {
  Random random(commands::demo_seed);
  auto children = commands::demo_class(bank.catalogue, random);
  std::stable_partition(children.begin(), children.end(), [](const auto& child) {
    return child.name != "Noor" && child.name != "Sem" && child.name != "Amira";
  });
  for (auto& child : children) child.pupil.ability.array() += learned_in_their_past;
  return children;
}

// The next signal, or 0 when the time is over.
int signal_within(const sigset_t& signals, double seconds) {
  const timespec limit{
      static_cast<time_t>(seconds),
      static_cast<long>(1e9 * (seconds - static_cast<double>(static_cast<time_t>(seconds))))};
  const int signal = sigtimedwait(&signals, nullptr, &limit);
  return std::max(signal, 0);
}

void tell(const Deeds& deeds) {
  fmt::print("live: {} pupils at work; {} answers so far, {} right; {} videos watched, {} questions asked\n",
             deeds.present.load(), deeds.answers.load(), deeds.right.load(), deeds.videos.load(),
             deeds.questions.load());
  std::fflush(stdout);
}

void live(const LiveOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  const auto address = commands::parse_address(options.url);
  if (address.has_error()) fail(address.error());
  const auto shipped = commands::shipped_bank(options.content);
  if (shipped.has_error()) fail(shipped.error());
  const auto& bank = *shipped;
  const std::filesystem::path database = std::filesystem::path(options.data) / "school.db";
  const auto key = accounts::ServerKey::open(accounts::key_file(database), true);
  if (key.has_error()) fail(key.error());
  const conversation::StepSeal step_seal(*key);
  auto children = children_of(*bank);
  children.resize(std::min(children.size(), static_cast<std::size_t>(options.pupils)));

  Deeds deeds;
  std::vector<std::jthread> threads;
  const auto seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  for (std::size_t i = 0; i < children.size(); ++i)
    threads.emplace_back([&, i](std::stop_token stop) {
      commands::LivePupil(*address, std::string(children[i].name), children[i].pupil, options.pace, bank,
                          step_seal, mix(seed, i), deeds)
          .run(std::move(stop));
    });
  fmt::print("live: {} simulated pupils practise at {}; stop with Ctrl-C\n", children.size(), options.url);
  std::fflush(stdout);
  double left_s = options.minutes > 0 ? 60 * options.minutes : 1e9;
  while (left_s > 0 && signal_within(signals, std::min(left_s, 60.0)) == 0) {
    left_s -= 60;
    tell(deeds);
  }
  for (auto& thread : threads) thread.request_stop();
}

}  // namespace

void add_live_command(CLI::App& app) {
  auto options = std::make_shared<LiveOptions>();
  auto* command = app.add_subcommand("live", "Let pupils of the demo class practise on a running server");
  command->add_option("--url", options->url, "The server; only on this machine")->capture_default_str();
  command->add_option("--pupils", options->pupils, "How many pupils")
      ->capture_default_str()
      ->check(CLI::Range(1, 24));
  command->add_option("--pace", options->pace, "How many times as fast as a child")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 100.0));
  command->add_option("--minutes", options->minutes, "Stop after so many minutes (default: at Ctrl-C)")
      ->check(CLI::Range(0.01, 1440.0));
  command
      ->add_option("--data", options->data,
                   "The school's folder: with its key the pupils know which exercise they see")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--content", options->content,
                      "Bank that tells the pupils what is right (default: the starter content)");
  command->callback([options] { live(*options); });
}

}  // namespace trede
