#include "server/commands/verify_command.hpp"

#include <fmt/format.h>

#include "server/commands/fail.hpp"
#include "server/commands/places.hpp"
#include "server/commands/system_clock.hpp"
#include "server/conversation/running_school.hpp"
#include "server/store/chain.hpp"

namespace trede {
namespace {

void check_links(const std::filesystem::path& file) {
  auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) commands::fail(database.error());
  const auto checked = store::check_chain(**database);
  if (checked.has_error()) commands::fail(checked.error());
}

void verify(const std::string& data) {
  if (!std::filesystem::exists(std::filesystem::path(data) / "school.db"))
    commands::fail({ErrorCode::NotFound, "there is no school in " + data});
  auto folder = store::DataFolder::open(data);
  if (folder.has_error()) commands::fail(folder.error());
  net::Loops loops(1);
  const conversation::SchoolFiles files{commands::shipped("content/starter")};
  const auto running = conversation::RunningSchool::open(*folder, files, loops, commands::system_time);
  if (running.has_error()) commands::fail(running.error());
  check_links(folder->database());
  const practice::Replayed& replayed = (*running)->replayed();
  fmt::print("{} events, {} steps: every event is as it was written and every belief as it was stored.\n",
             replayed.events, replayed.steps);
  if (replayed.other_engine > 0)
    fmt::print("{} of the steps were made by another version of the engine and could not be compared.\n",
               replayed.other_engine);
}

}  // namespace

void add_verify_command(CLI::App& app) {
  auto data = std::make_shared<std::string>("data");
  auto* command = app.add_subcommand(
      "verify", "Check every event and recompute every belief, and report the first difference");
  command->add_option("--data", *data, "Folder of the school")->capture_default_str();
  command->callback([data] { verify(*data); });
}

}  // namespace trede
