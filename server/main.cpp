// The program: one verb a subcommand, each a thin file in commands/.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include "server/commands/account_command.hpp"
#include "server/commands/backup_command.hpp"
#include "server/commands/calibrate_command.hpp"
#include "server/commands/cat_command.hpp"
#include "server/commands/content_command.hpp"
#include "server/commands/demo_command.hpp"
#include "server/commands/evaluate_command.hpp"
#include "server/commands/live_command.hpp"
#include "server/commands/load_command.hpp"
#include "server/commands/nightly_command.hpp"
#include "server/commands/out_of_memory.hpp"
#include "server/commands/policy_command.hpp"
#include "server/commands/protocol_command.hpp"
#include "server/commands/retention_command.hpp"
#include "server/commands/rights_command.hpp"
#include "server/commands/score_command.hpp"
#include "server/commands/serve_command.hpp"
#include "server/commands/simulate_command.hpp"
#include "server/commands/snapshot_command.hpp"
#include "server/commands/verify_command.hpp"

int main(int argc, char** argv) {
  trede::commands::end_when_memory_runs_out();
  spdlog::set_default_logger(spdlog::stderr_color_mt("trede"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
  CLI::App app{"Trede puts every pupil on the next rung: adaptive practice for the flipped classroom."};
  app.require_subcommand(1);
  app.set_version_flag("--version", "trede 0.1.0");
  trede::add_serve_command(app);
  trede::add_demo_command(app);
  trede::add_live_command(app);
  trede::add_load_command(app);
  trede::add_account_command(app);
  trede::add_content_command(app);
  trede::add_verify_command(app);
  trede::add_snapshot_command(app);
  trede::add_backup_command(app);
  trede::add_restore_command(app);
  trede::add_nightly_command(app);
  trede::add_retention_command(app);
  trede::add_protocol_command(app);
  trede::add_rights_command(app);
  trede::add_calibrate_command(app);
  trede::add_score_command(app);
  trede::add_cat_command(app);
  trede::add_evaluate_command(app);
  trede::add_simulate_command(app);
  trede::add_policy_command(app);
  CLI11_PARSE(app, argc, argv);
  return 0;
}
