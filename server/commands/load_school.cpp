#include "server/commands/load_school.hpp"

#include "server/accounts/creation.hpp"
#include "server/accounts/directory.hpp"
#include "server/accounts/secret.hpp"
#include "server/commands/demo_school.hpp"
#include "server/store/journal.hpp"

namespace trede::commands {

std::string load_pupil(int number) {
  return "P" + std::to_string(number);
}

Result<bool> make_load_school(const store::DataFolder& folder, int pupils) {
  auto opened = store::Journal::open(folder.database());
  if (opened.has_error()) return opened.error();
  store::Journal& journal = **opened;
  const auto database = store::Database::open(folder.database(), store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto present = accounts::Directory::load(**database);
  if (present.has_error()) return present.error();
  if (!(*present)->accounts().empty()) return false;

  const auto school = journal.write_and_wait(accounts::create_school("Meetschool (demo)"));
  if (school.has_error()) return school.error();
  const SchoolId school_id{*school};
  const auto made_class = journal.write_and_wait(
      accounts::create_class({school_id, "Meetklas (demo)", "groep7", std::string(demo_class_code), true}));
  if (made_class.has_error()) return made_class.error();
  const std::string pin = accounts::hash_secret(demo_pin, accounts::Role::Pupil);
  for (int number = 1; number <= pupils; ++number) {
    const auto pupil = journal.write_and_wait(accounts::create_pupil(
        {school_id, accounts::Role::Pupil, load_pupil(number), pin}, ClassId{*made_class}));
    if (pupil.has_error()) return pupil.error();
  }
  return true;
}

}  // namespace trede::commands
