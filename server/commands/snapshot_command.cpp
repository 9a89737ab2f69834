#include "server/commands/snapshot_command.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

#include "server/commands/fail.hpp"
#include "server/commands/system_clock.hpp"
#include "server/conversation/school_snapshot.hpp"

namespace trede {
namespace {

// The pupils' answers come first, and nobody waits for it when the server is gone.
void step_back() {
  setpriority(PRIO_PROCESS, 0, 10);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

}  // namespace

void add_snapshot_command(CLI::App& app) {
  auto data = std::make_shared<std::string>("data");
  auto* command = app.add_subcommand(
      "snapshot", "Save where a school stands, in use or not, so that its next start is quick");
  command->add_option("--data", *data, "Folder of the school")->capture_default_str();
  command->callback([data] {
    step_back();
    const auto saved =
        conversation::snapshot_school(std::filesystem::path(*data) / "school.db", commands::system_time());
    if (saved.has_error()) commands::fail(saved.error());
  });
}

}  // namespace trede
