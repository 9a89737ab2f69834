#include "server/commands/pupil_data_command.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "server/commands/fail.hpp"
#include "server/commands/places.hpp"
#include "server/commands/system_clock.hpp"
#include "server/conversation/pupil_data.hpp"
#include "server/conversation/running_school.hpp"
#include "server/store/audit.hpp"
#include "server/store/erasure.hpp"

namespace trede {
namespace {

using commands::fail;

struct PupilOptions {
  std::string data = "data";
  std::string name;
  std::string class_code;
  std::string to;
  bool yes = false;
};

store::DataFolder folder_of(const std::string& data) {
  if (!std::filesystem::exists(std::filesystem::path(data) / "school.db"))
    fail({ErrorCode::NotFound, "there is no school in " + data});
  auto folder = store::DataFolder::open(data);
  if (folder.has_error()) fail(folder.error());
  return std::move(*folder);
}

PupilId pupil_in(const accounts::Directory& people, const PupilOptions& options) {
  const auto* in = people.class_with_code(options.class_code);
  if (!in) fail({ErrorCode::NotFound, "there is no class with the code " + options.class_code});
  const auto* pupil = people.pupil(in->id, options.name);
  if (!pupil) fail({ErrorCode::NotFound, "there is no pupil " + options.name + " in " + in->name});
  return pupil->id;
}

// The school as the server would have it, with one loop that runs.
class OpenedSchool {
 public:
  explicit OpenedSchool(const std::string& data) {
    folder_.emplace(folder_of(data));
    const conversation::SchoolFiles files{commands::shipped("content/starter")};
    auto running = conversation::RunningSchool::open(*folder_, files, loops_, commands::system_time);
    if (running.has_error()) fail(running.error());
    running_ = std::move(*running);
    loops_.start();
  }
  ~OpenedSchool() { loops_.finish(); }

  conversation::School& school() { return running_->school(); }

  template <class T>
  T run(net::awaitable<T> coroutine) {
    return boost::asio::co_spawn(loops_.executor(0), std::move(coroutine), boost::asio::use_future).get();
  }

  store::Journal& journal() { return running_->journal(); }

 private:
  std::optional<store::DataFolder> folder_;
  net::Loops loops_{1};
  std::unique_ptr<conversation::RunningSchool> running_;
};

constexpr AccountId at_the_machine{0};

void export_pupil(const PupilOptions& options) {
  OpenedSchool opened(options.data);
  const PupilId pupil = pupil_in(*opened.school().accounts.directory(), options);
  const auto file = opened.run(conversation::gather_pupil(opened.school(), opened.journal(), at_the_machine,
                                                          pupil, protocol::Language::Nl));
  if (file.has_error()) fail(file.error());
  const auto written = conversation::write_pupil_file(*file, options.to);
  if (written.has_error()) fail(written.error());
  fmt::print("Wrote pupil.json, leerling.html and pupil.html to {}: {} steps, {} events.\n", options.to,
             file->steps.size(), file->events.size());
}

void erase_from_journal(const store::DataFolder& folder, const PupilOptions& options) {
  auto journal = store::Journal::open(folder.database());
  if (journal.has_error()) fail(journal.error());
  const auto database = store::Database::open(folder.database(), store::Database::Mode::ReadOnly);
  if (database.has_error()) fail(database.error());
  const auto people = accounts::Directory::load(**database);
  if (people.has_error()) fail(people.error());
  const PupilId pupil = pupil_in(**people, options);
  if (!options.yes)
    fail(
        {ErrorCode::Invalid, "this cannot be undone; export first, then say --yes to erase " + options.name});
  const Milliseconds now_ms = commands::system_time();
  const auto erased =
      (*journal)->write_and_wait(store::audited(store::erase_pupil(pupil, at_the_machine, now_ms), now_ms,
                                                at_the_machine, store::Deed::PupilErased, pupil.value));
  if (erased.has_error()) fail(erased.error());
}

void erase_pupil(const PupilOptions& options) {
  const store::DataFolder folder = folder_of(options.data);
  erase_from_journal(folder, options);
  if (const auto compacted = store::compact(folder.database()); compacted.has_error())
    fail(compacted.error());
  fmt::print(
      "Erased the pupil: name, sign-in and everything typed. What was right and wrong stays, under a number "
      "that leads "
      "to nobody.\nBackups made before now still hold the data; delete them, or let their term run out.\n");
}

CLI::App* add_verb(CLI::App& account, const char* verb, const char* about,
                   const std::shared_ptr<PupilOptions>& options) {
  CLI::App* command = account.add_subcommand(verb, about);
  command->add_option("--data", options->data, "Folder with everything the school owns")
      ->capture_default_str();
  command->add_option("NAME", options->name, "Name of the pupil")->required();
  command->add_option("--class", options->class_code, "Code of a class of the pupil")->required();
  return command;
}

}  // namespace

void add_pupil_data_commands(CLI::App& account) {
  const auto options = std::make_shared<PupilOptions>();
  CLI::App* out = add_verb(account, "export-pupil",
                           "Write everything that is kept of a pupil, as JSON and as pages", options);
  out->add_option("--to", options->to, "Folder for the files")->required();
  out->callback([options] { export_pupil(*options); });

  CLI::App* erase =
      add_verb(account, "erase-pupil",
               "Erase a pupil's name, sign-in and words; the statistics of exercises stay", options);
  erase->add_flag("--yes", options->yes, "Yes, erase");
  erase->callback([options] { erase_pupil(*options); });
}

}  // namespace trede
