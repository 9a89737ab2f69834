#include "server/commands/serve_command.hpp"

#include <fmt/format.h>
#include <pthread.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <thread>

#include "server/commands/demo_school.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/json_log.hpp"
#include "server/commands/metrics.hpp"
#include "server/commands/places.hpp"
#include "server/commands/process_figures.hpp"
#include "server/commands/reach.hpp"
#include "server/commands/school_provider.hpp"
#include "server/commands/system_clock.hpp"
#include "server/conversation/audited.hpp"
#include "server/conversation/running_school.hpp"
#include "server/net/server.hpp"
#include "server/practice/nightly.hpp"
#include "server/retention.hpp"
#include "server/store/erasure.hpp"
#include "server/store/retention_run.hpp"

namespace trede {
namespace {

struct ServeOptions {
  std::string data = "data";
  std::uint16_t port = 8080;
  std::string web;
  std::string content;
  std::string calibrate_at = "03:00";
  commands::Reach reach;
  commands::SchoolProvider provider;
  bool log_json = false;
};

using commands::fail;
using commands::system_time;

// HH:MM as minutes; none for never.
std::optional<int> minute_of_day(const std::string& time) {
  if (time == "never") return std::nullopt;
  int hour = 0, minute = 0;
  char end = 0;
  const bool read = std::sscanf(time.c_str(), "%2d:%2d%c", &hour, &minute, &end) == 2;
  if (!read || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    fail({ErrorCode::Invalid, "--calibrate-at: HH:MM or never is needed"});
  return 60 * hour + minute;
}

// Blocks these in every thread that starts later; serve_until_stopped() takes them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void renew_certificate(net::Server& server, const commands::Reach& reach) {
  if (!reach.has_certificate()) return spdlog::info("signal SIGHUP: no certificate of files to read again");
  auto renewed = net::read_certificate(reach.certificate, reach.key);
  if (renewed.has_error()) return spdlog::error("the old certificate stays: {}", renewed.error().detail);
  server.renew_certificate(*renewed);
  spdlog::info("the certificate was read again");
}

int serve_until_stopped(const sigset_t& signals, net::Server& server, const commands::Reach& reach) {
  int signal = SIGHUP;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) renew_certificate(server, reach);
  return signal;
}

// The demo school's secrets are public, so that a newcomer can walk in.
void print_demo_codes() {
  using namespace commands;
  fmt::print("    pupils are Amira, Noor, Sem and 21 others, or {}, who starts afresh; PIN {}\n", demo_guest,
             demo_pin);
  fmt::print(
      "    teacher {}, author {}, administrator {}, guardian {}, school leader {}, talent co-ordinator {}; "
      "password {}\n",
      demo_teacher, demo_author, demo_administrator, demo_guardian, demo_leader, demo_coordinator,
      demo_password);
}

// The token stands behind the #: a browser keeps that part to itself, so it comes into no log.
void print_set_up(const std::string& token, const std::string& front) {
  fmt::print("  There is nobody here yet. Make your school in the browser, within two hours and once:\n");
  fmt::print("    {}/admin/#set-up={}\n", front, token);
}

// set_up: the token of the address for the first administrator; empty when there are people.
void print_doors(const accounts::Directory& people, const std::string& front, const std::string& set_up) {
  fmt::print("\nTrede is open at {}/\n", front);
  fmt::print("  pupils    {0}/pupil/\n  teachers  {0}/teacher/\n  authors   {0}/author/\n", front);
  for (const auto* each : people.classes()) {
    fmt::print("  class {} signs in with code {}\n", each->name, each->code);
    if (each->demo && each->code == commands::demo_class_code) print_demo_codes();
  }
  if (!set_up.empty()) print_set_up(set_up, front);
  fmt::print("Stop with Ctrl-C.\n");
  std::fflush(stdout);
}

// While nobody is served: what was kept of a pupil is in many places of a running school.
void erase_who_left(const store::DataFolder& folder) {
  if (!std::filesystem::exists(folder.database())) return;
  auto journal = store::Journal::open(folder.database());
  if (journal.has_error()) fail(journal.error());
  const auto erased = store::erase_who_left(**journal, system_time());
  journal->reset();
  if (erased.has_error()) fail(erased.error());
  if (*erased == 0) return;
  if (const auto compacted = store::compact(folder.database()); compacted.has_error())
    fail(compacted.error());
  spdlog::info("erased {} pupils who left longer ago than their term", *erased);
}

void apply_terms(store::Journal& journal, const std::filesystem::path& media) {
  const auto done = store::apply_terms(journal, media, system_time());
  if (done.has_error()) return spdlog::error("the terms were not applied: {}", done.error().detail);
  spdlog::info("took out {} ended sessions, {} entries of the audit and {} unused uploads", done->sessions,
               done->audit, done->files);
}

// The journal's thread is as busy as a loop: a loop more than cores beside it costs a tenth more for each answer.
std::size_t loops_beside_the_journal() {
  return std::max(2u, std::thread::hardware_concurrency()) - 1;
}

void serve(const ServeOptions& options) {
  const sigset_t signals = block_signals();
  if (options.log_json) commands::log_as_json();
  commands::allow_many_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  practice::NightlyPlan plan;
  plan.minute_of_day = minute_of_day(options.calibrate_at);
  auto provider = commands::read_provider(options.provider);
  if (provider.has_error()) fail(provider.error());
  const auto bank = commands::bank_folder(options.content);
  if (bank.has_error()) fail(bank.error());
  auto folder = store::DataFolder::open(options.data);
  if (folder.has_error()) fail(folder.error());
  const auto web = options.web.empty() ? commands::shipped("web/dist") : std::filesystem::path(options.web);

  erase_who_left(*folder);
  net::Loops loops(loops_beside_the_journal());
  auto running = conversation::RunningSchool::open(*folder, {*bank}, loops, system_time);
  if (running.has_error()) fail(running.error());
  conversation::RunningSchool& school = **running;

  net::ServerConfig config;
  config.port = options.port;
  config.web = web;
  config.media = folder->media();
  config.more_media = {*bank};
  if (const auto applied = commands::apply(options.reach, system_time(), config); applied.has_error())
    fail(applied.error());
  config.provider = std::move(*provider);
  config.metrics = [&school](const net::NetFigures& net) { return commands::metrics_text(school, net); };
  config.ready = [&school] { return school.journal().figures().failing.value() == 0; };
  const auto open_conversation = [&school](const accounts::Account& account,
                                           std::shared_ptr<net::Outbox> outbox) {
    return conversation::open_audited(school.school(), school.journal(), account, std::move(outbox));
  };
  auto server = net::Server::open(loops, config, school.accounts(), open_conversation);
  if (server.has_error()) fail(server.error());
  const std::string set_up = school.accounts().begin_set_up();
  loops.start();
  plan.database = folder->database();
  plan.other_minute_of_day = limits::terms_minute_of_day;
  plan.other_work = [&school, media = folder->media()] { apply_terms(school.journal(), media); };
  school.keep_snapshots({});
  std::optional<practice::Nightly> nightly(std::in_place, plan, system_time, school.parameters());
  print_doors(*school.accounts().directory(), commands::front_door(options.reach, (*server)->port()), set_up);

  spdlog::info("signal {}: stopping", serve_until_stopped(signals, **server, options.reach));
  (*server)->stop();
  nightly.reset();
  loops.finish();
  spdlog::info("stopped; everything that was acknowledged is on disk");
}

}  // namespace

void add_serve_command(CLI::App& app) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand(
      "serve", "Serve a school from its data folder (made when it is missing) until Ctrl-C or SIGTERM");
  command->add_option("--data", options->data, "Folder with everything the school owns")
      ->capture_default_str();
  command->add_option("--port", options->port, "Port to listen on")->capture_default_str();
  commands::add_reach_options(*command, options->reach);
  commands::add_provider_options(*command, options->provider);
  command->add_option("--web", options->web, "Folder with the built pages (default: beside the program)");
  command->add_option("--content", options->content,
                      "Bank that an empty data folder starts with (default: the starter content)");
  command->add_flag("--log-json", options->log_json, "Log one JSON object a line: time, level, message");
  command
      ->add_option("--calibrate-at", options->calibrate_at,
                   "When to estimate the items again from the day's answers, HH:MM UTC, or never")
      ->capture_default_str();
  command->callback([options] { serve(*options); });
}

}  // namespace trede
