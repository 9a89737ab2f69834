#include "server/commands/load_command.hpp"

#include <fmt/format.h>

#include <csignal>

#include "server/commands/fail.hpp"
#include "server/commands/load_run.hpp"
#include "server/commands/process_figures.hpp"
#include "server/protocol/codec.hpp"

namespace trede {
namespace {

struct LoadOptions {
  std::string url = "http://localhost:8080";
  commands::LoadPlan plan;
  bool json = false;
};

void tell_people(const commands::LoadReport& report) {
  fmt::print("{} pupils and {} teachers signed in within {:.1f} s", report.pupils, report.teachers,
             report.sign_in_seconds);
  if (report.idle > 0) fmt::print(", {} idle connections", report.idle);
  fmt::print("; connected within {:.2f} s, p99 {:.0f} ms\n", report.connect_seconds, report.connect_p99_ms);
}

void tell(const commands::LoadReport& report) {
  tell_people(report);
  fmt::print("{:.1f} s: {} answers ({:.1f} a second), {} videos, {} unanswered at the end, {} errors\n",
             report.seconds, report.answers, report.answers_per_second, report.videos, report.unanswered,
             report.errors);
  if (report.without_step > 0)
    fmt::print("{} pupils had nothing left to practise before the end\n", report.without_step);
  if (report.errors > 0) fmt::print("first error: {}\n", report.first_error);
  fmt::print("reply after (ms): p50 {:.2f}, p90 {:.2f}, p99 {:.2f}, p99.9 {:.2f}, max {:.2f}\n",
             report.p50_ms, report.p90_ms, report.p99_ms, report.p999_ms, report.max_ms);
  for (const auto& bucket : report.histogram)
    fmt::print("  within {:8.2f} ms {:9}\n", bucket.ms, bucket.count);
  if (report.teachers > 0)
    fmt::print("on a teacher's page after (ms): p50 {:.1f}, p99 {:.1f}; {:.1f} frames a second each\n",
               report.push_p50_ms, report.push_p99_ms, report.pushes_per_second);
  fmt::print("processor time an answer (ms): people {:.3f}", report.client_cpu_ms);
  if (report.server_cpu_ms) fmt::print(", server {:.3f}", *report.server_cpu_ms);
  if (report.server_memory_kib)
    fmt::print("; memory of the server {:.0f} MiB", *report.server_memory_kib / 1024);
  if (report.server_memory_kib_each_idle)
    fmt::print(", {:.1f} KiB an idle connection", *report.server_memory_kib_each_idle);
  fmt::print("\n");
}

void load(LoadOptions options) {
  std::signal(SIGPIPE, SIG_IGN);
  commands::allow_many_descriptors();
  const auto address = commands::parse_address(options.url);
  if (address.has_error()) commands::fail(address.error());
  options.plan.address = *address;
  const auto report = commands::run_load(options.plan);
  if (report.has_error()) commands::fail(report.error());
  if (options.json)
    fmt::print("{}\n", protocol::encode_plain(*report));
  else
    tell(*report);
}

}  // namespace

void add_load_command(CLI::App& app) {
  auto options = std::make_shared<LoadOptions>();
  auto* command = app.add_subcommand(
      "load", "Measure a running server with the people that `trede demo --class-of N` made");
  commands::LoadPlan& plan = options->plan;
  const auto number = [command](const char* name, auto& value, const char* help, auto least, auto most) {
    command->add_option(name, value, help)->capture_default_str()->check(CLI::Range(least, most));
  };
  command->add_option("--url", options->url, "The server; only on this machine")->capture_default_str();
  number("--pupils", plan.pupils, "How many pupils: P1 … PN", 1, 10'000);
  number("--teachers", plan.teachers,
         "How many teachers watch: T1 …, each the class of thirty of that number", 0, 400);
  number("--idle", plan.idle, "How many more connections that say nothing", 0, 12'000);
  number("--seconds", plan.seconds, "How long to measure", 0.1, 86'400.0);
  number("--answers", plan.answers, "Closed loop: end after so many (0: after the seconds)", 0, 10'000'000);
  command
      ->add_option("--rate", plan.rate,
                   "Answers a second over all pupils (default: each answers when the reply is there)")
      ->check(CLI::Range(0.1, 100'000.0));
  command->add_option("--pid", plan.server_process, "Tell the processor time and memory of this server too")
      ->check(CLI::PositiveNumber);
  command->add_flag("--json", options->json, "Print one JSON object");
  command->callback([options] { load(*options); });
}

}  // namespace trede
