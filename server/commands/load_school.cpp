#include "server/commands/load_school.hpp"

#include <fmt/format.h>

#include "server/accounts/creation.hpp"
#include "server/accounts/directory.hpp"
#include "server/accounts/secret.hpp"
#include "server/accounts/server_key.hpp"
#include "server/commands/demo_school.hpp"
#include "server/store/journal.hpp"

namespace trede::commands {

namespace {

// The first class has the demo's code, so that everything that plays a demo pupil finds it.
std::string class_code(int number) {
  return number == 1 ? std::string(demo_class_code) : fmt::format("KLAS{:04}", number);
}

// Hashing costs a tenth of a second: everybody has the same secret.
struct Secrets {
  std::string pin;
  std::string password;
};

Result<std::int64_t> make_load_class(store::Journal& journal, SchoolId school, int number, int pupils,
                                     const Secrets& secrets) {
  const auto made = journal.write_and_wait(accounts::create_class(
      {school, fmt::format("Meetklas {} (demo)", number), "groep7", class_code(number), true}));
  if (made.has_error()) return made;
  const ClassId id{*made};
  const auto teacher = journal.write_and_wait(accounts::create_account(
      {school, accounts::Role::Teacher, load_teacher_sign_in(number).name, secrets.password}));
  if (teacher.has_error()) return teacher;
  const auto enrolled = journal.write_and_wait(accounts::enrol(id, AccountId{*teacher}));
  if (enrolled.has_error()) return enrolled;
  const int first = 1 + (number - 1) * load_class_size;
  for (int pupil = first; pupil < first + load_class_size && pupil <= pupils; ++pupil) {
    const auto added = journal.write_and_wait(
        accounts::create_pupil({school, accounts::Role::Pupil, load_pupil(pupil), secrets.pin}, id));
    if (added.has_error()) return added;
  }
  return made;
}

}  // namespace

std::string load_pupil(int number) {
  return "P" + std::to_string(number);
}

protocol::SignIn load_pupil_sign_in(int number) {
  return {"pupil", class_code(1 + (number - 1) / load_class_size), load_pupil(number), std::string(demo_pin)};
}

protocol::SignIn load_teacher_sign_in(int number) {
  return {"teacher", "", "T" + std::to_string(number), std::string(demo_password)};
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
  const auto key = accounts::ServerKey::open(accounts::key_file(folder.database()), false);
  if (key.has_error()) return key.error();
  const Secrets secrets{key->seal_pin(demo_pin), accounts::hash_secret(demo_password)};
  for (int number = 1; (number - 1) * load_class_size < pupils; ++number) {
    const auto made = make_load_class(journal, SchoolId{*school}, number, pupils, secrets);
    if (made.has_error()) return made.error();
  }
  return true;
}

}  // namespace trede::commands
