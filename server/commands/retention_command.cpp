#include "server/commands/retention_command.hpp"

#include <fmt/format.h>

#include "server/commands/fail.hpp"
#include "server/commands/system_clock.hpp"
#include "server/store/data_folder.hpp"
#include "server/store/erasure.hpp"
#include "server/store/retention_run.hpp"

namespace trede {
namespace {

using commands::fail;

store::RetentionDone apply(const store::DataFolder& folder) {
  auto journal = store::Journal::open(folder.database());
  if (journal.has_error()) fail(journal.error());
  const auto done = store::apply_retention(**journal, folder.media(), commands::system_time());
  if (done.has_error()) fail(done.error());
  return *done;
}

void retention(const std::string& data) {
  if (!std::filesystem::exists(std::filesystem::path(data) / "school.db"))
    fail({ErrorCode::NotFound, "there is no school in " + data});
  auto folder = store::DataFolder::open(data);
  if (folder.has_error()) fail(folder.error());
  const store::RetentionDone done = apply(*folder);
  if (done.pupils > 0)
    if (const auto compacted = store::compact(folder->database()); compacted.has_error())
      fail(compacted.error());
  fmt::print(
      "Took out {} ended sessions, {} entries of the audit, {} pupils who left and {} unused uploads.\n",
      done.sessions, done.audit, done.pupils, done.files);
}

}  // namespace

void add_retention_command(CLI::App& app) {
  auto data = std::make_shared<std::string>("data");
  auto* command = app.add_subcommand("retention", "Take out what was kept long enough (docs/PRIVACY.md)");
  command->add_option("--data", *data, "Folder of the school")->capture_default_str();
  command->callback([data] { retention(*data); });
}

}  // namespace trede
