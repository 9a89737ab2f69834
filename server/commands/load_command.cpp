#include "server/commands/load_command.hpp"

#include <fmt/format.h>

#include <csignal>

#include "server/commands/fail.hpp"
#include "server/commands/load_run.hpp"
#include "server/commands/shipped_bank.hpp"
#include "server/protocol/codec.hpp"

namespace trede {
namespace {

struct LoadOptions {
  std::string url = "http://localhost:8080";
  std::string content;
  commands::LoadPlan plan;
  bool json = false;
};

void tell(const commands::LoadReport& report) {
  fmt::print("{} pupils, {:.1f} s: {} answers ({:.1f} a second), {} videos, {} errors\n", report.pupils,
             report.seconds, report.answers, report.answers_per_second, report.videos, report.errors);
  if (report.without_step > 0)
    fmt::print("{} pupils had nothing left to practise before the end\n", report.without_step);
  if (report.errors > 0) fmt::print("first error: {}\n", report.first_error);
  fmt::print("reply after (ms): p50 {:.2f}, p90 {:.2f}, p99 {:.2f}, max {:.2f}\n", report.p50_ms,
             report.p90_ms, report.p99_ms, report.max_ms);
  fmt::print("processor time an answer (ms): pupils {:.3f}", report.client_cpu_ms);
  if (report.server_cpu_ms) fmt::print(", server {:.3f}", *report.server_cpu_ms);
  fmt::print("\n");
}

void load(LoadOptions options) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto address = commands::parse_address(options.url);
  if (address.has_error()) commands::fail(address.error());
  options.plan.address = *address;
  const auto bank = commands::shipped_bank(options.content);
  if (bank.has_error()) commands::fail(bank.error());
  const auto report = commands::run_load(options.plan, *bank);
  if (report.has_error()) commands::fail(report.error());
  if (options.json)
    fmt::print("{}\n", protocol::encode_plain(*report));
  else
    tell(*report);
}

}  // namespace

void add_load_command(CLI::App& app) {
  auto options = std::make_shared<LoadOptions>();
  auto* command =
      app.add_subcommand("load", "Measure a running server with pupils that `trede demo --class-of N` made");
  command->add_option("--url", options->url, "The server; only on this machine")->capture_default_str();
  command->add_option("--pupils", options->plan.pupils, "How many pupils: P1 … PN")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  command->add_option("--seconds", options->plan.seconds, "How long to measure")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 3600.0));
  command
      ->add_option("--rate", options->plan.rate,
                   "Answers a second over all pupils (default: each answers when the reply is there)")
      ->check(CLI::Range(0.1, 100'000.0));
  command->add_option("--pid", options->plan.server_process, "Tell the processor time of this server too")
      ->check(CLI::PositiveNumber);
  command->add_flag("--json", options->json, "Print one JSON object");
  command->add_option("--content", options->content,
                      "Bank that tells the pupils what is right (default: the starter content)");
  command->callback([options] { load(*options); });
}

}  // namespace trede
