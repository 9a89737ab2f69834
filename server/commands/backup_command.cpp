#include "server/commands/backup_command.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include "server/commands/fail.hpp"
#include "server/commands/system_clock.hpp"
#include "server/store/backup.hpp"

namespace trede {
namespace {

struct Places {
  std::string data = "data";
  std::string other;
};

void tell(const store::Backup& backup, const char* done) {
  std::int64_t bytes = 0;
  for (const auto& file : backup.files) bytes += file.bytes;
  fmt::print("{}: everything up to event {}, {} files, {:.1f} MB.\n", done, backup.sequence,
             backup.files.size(), static_cast<double>(bytes) / 1e6);
}

}  // namespace

void add_backup_command(CLI::App& app) {
  auto places = std::make_shared<Places>();
  auto* command = app.add_subcommand("backup", "Copy a school, in use or not, to a new folder");
  command->add_option("--data", places->data, "Folder of the school")->capture_default_str();
  command->add_option("--to", places->other, "New folder for the backup")->required();
  command->callback([places] {
    setpriority(PRIO_PROCESS, 0, 10);  // the pupils' answers come first
    const auto backup = store::back_up(places->data, places->other, commands::system_time());
    if (backup.has_error()) commands::fail(backup.error());
    tell(*backup, "Backed up");
  });
}

void add_restore_command(CLI::App& app) {
  auto places = std::make_shared<Places>();
  auto* command =
      app.add_subcommand("restore", "Make a school's folder from a backup, after checking all of it");
  command->add_option("--from", places->other, "Folder of the backup")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("--data", places->data, "New folder of the school")->required();
  command->callback([places] {
    const auto backup = store::restore(places->other, places->data);
    if (backup.has_error()) commands::fail(backup.error());
    tell(*backup, "Restored");
  });
}

}  // namespace trede
