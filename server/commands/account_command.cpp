#include "server/commands/account_command.hpp"

#include <functional>
#include <iostream>
#include <memory>
#include <optional>

#include "server/accounts/creation.hpp"
#include "server/accounts/directory.hpp"
#include "server/accounts/secret.hpp"
#include "server/accounts/server_key.hpp"
#include "server/commands/places.hpp"
#include "server/commands/pupil_data_command.hpp"
#include "server/commands/system_clock.hpp"
#include "server/store/audit.hpp"
#include "server/store/bank_store.hpp"
#include "server/store/data_folder.hpp"

namespace trede {
namespace {

using accounts::Role;

struct AccountOptions {
  std::string data = "data";
  std::string name;
  std::string school;  // by name; may be left out when there is only one
  std::string class_code;
  std::string school_year;
  std::string code, secret;  // generated when empty
};

// The opened data of one run; the journal and everybody who is in it.
struct Books {
  store::DataFolder folder;
  std::unique_ptr<store::Journal> journal;
  std::shared_ptr<const accounts::Directory> people;
};

Result<Books> open_books(const AccountOptions& options) {
  auto folder = store::DataFolder::open(options.data);
  if (folder.has_error()) return folder.error();
  auto journal = store::Journal::open(folder->database());
  if (journal.has_error()) return journal.error();
  const auto database = store::Database::open(folder->database(), store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  auto people = accounts::Directory::load(**database);
  if (people.has_error()) return people.error();
  return Books{std::move(*folder), std::move(*journal), std::move(*people)};
}

// Writes a change that makes something, and the audit of it: by whoever sits at the machine itself.
Result<std::int64_t> make(const Books& books, store::Change change, store::Deed deed) {
  return books.journal->write_and_wait(
      store::audited_making(std::move(change), commands::system_time(), AccountId{0}, deed));
}

Result<SchoolId> school_of(const Books& books, const AccountOptions& options) {
  const auto schools = books.people->schools();
  if (options.school.empty() && schools.size() == 1) return schools.front()->id;
  if (schools.empty())
    return Error{ErrorCode::NotFound, "there is no school yet; make one with `trede account add-school`"};
  for (const auto* school : schools)
    if (school->name == options.school) return school->id;
  return Error{ErrorCode::NotFound, "say which school with --school and its exact name"};
}

Result<const accounts::Class*> class_of(const Books& books, const AccountOptions& options) {
  const auto* found = books.people->class_with_code(options.class_code);
  if (!found) return Error{ErrorCode::NotFound, "there is no class with the code " + options.class_code};
  return found;
}

Result<std::string> add_school(const Books& books, const AccountOptions& options) {
  const auto made = make(books, accounts::create_school(options.name), store::Deed::SchoolMade);
  if (made.has_error()) return made.error();
  return "Made the school " + options.name + ".";
}

// Of the newest bank of this folder, or of the starter content that a new folder begins with.
Result<content::Source> bank_source(const Books& books) {
  const auto database = store::Database::open(books.folder.database(), store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto newest = store::newest_bank(**database);
  if (newest.has_error()) return newest.error();
  return *newest > 0 ? store::read_bank(**database, *newest)
                     : content::read_folder(commands::shipped("content/starter"));
}

Result<void> know_school_year(const Books& books, const std::string& id) {
  const auto source = bank_source(books);
  if (source.has_error()) return source.error();
  const auto loaded = content::load(*source, 1);
  if (!loaded.bank) return Error{ErrorCode::Invalid, "the bank of this folder has problems"};
  if (loaded.bank->find_school_year(id)) return {};
  std::string known;
  for (const auto& year : loaded.bank->school_years) known += (known.empty() ? "" : ", ") + year.id;
  return Error{ErrorCode::Invalid, "the bank has no school year " + id + "; it has " + known};
}

Result<std::string> add_class(const Books& books, const AccountOptions& options) {
  const auto school = school_of(books, options);
  if (school.has_error()) return school.error();
  const auto known = know_school_year(books, options.school_year);
  if (known.has_error()) return known.error();
  const std::string code = options.code.empty() ? accounts::random_class_code() : options.code;
  const auto made = make(books,
                         accounts::create_class({*school, options.name, options.school_year, code, false,
                                                 accounts::ordinary_hours}),
                         store::Deed::ClassMade);
  if (made.has_error()) return made.error();
  return "Made the class " + options.name + ". Its pupils sign in with the class code " + code + ".";
}

// The class that the teacher is to teach, if one was named.
Result<std::optional<accounts::Class>> taught_class(const Books& books, const AccountOptions& options) {
  if (options.class_code.empty()) return std::optional<accounts::Class>();
  const auto found = class_of(books, options);
  if (found.has_error()) return found.error();
  return std::optional(**found);
}

Result<std::string> add_staff(const Books& books, const AccountOptions& options, Role role) {
  const auto taught = taught_class(books, options);
  if (taught.has_error()) return taught.error();
  const auto school = *taught ? Result<SchoolId>((*taught)->school) : school_of(books, options);
  if (school.has_error()) return school.error();
  const std::string secret = options.secret.empty() ? accounts::random_password() : options.secret;
  const auto made =
      make(books, accounts::create_account({*school, role, options.name, accounts::hash_secret(secret)}),
           store::Deed::AccountMade);
  if (made.has_error()) return made.error();
  if (*taught) {
    const auto enrolled =
        make(books, accounts::enrol((*taught)->id, AccountId{*made}), store::Deed::AccountChanged);
    if (enrolled.has_error()) return enrolled.error();
  }
  return "Made the " + std::string(to_text(role)) + ' ' + options.name + ", password " + secret +
         " (it is not shown again).";
}

Result<std::string> add_pupil(const Books& books, const AccountOptions& options) {
  const auto found = class_of(books, options);
  if (found.has_error()) return found.error();
  const auto key = accounts::ServerKey::open(accounts::key_file(books.folder.database()), false);
  if (key.has_error()) return key.error();
  const std::string pin = options.secret.empty() ? accounts::random_pin() : options.secret;
  const accounts::NewAccount pupil{(*found)->school, Role::Pupil, options.name, key->seal_pin(pin)};
  const auto made = make(books, accounts::create_pupil(pupil, (*found)->id), store::Deed::AccountMade);
  if (made.has_error()) return made.error();
  return "Made the pupil " + options.name + " in " + (*found)->name + ", class code " + (*found)->code +
         ", PIN " + pin + " (it is not shown again).";
}

using Add = std::function<Result<std::string>(const Books&, const AccountOptions&)>;

void run(const AccountOptions& options, const Add& add) {
  const auto books = open_books(options);
  const Result<std::string> said =
      books.has_error() ? Result<std::string>(books.error()) : add(*books, options);
  if (said.has_value()) {
    std::cout << *said << '\n';
    return;
  }
  std::cerr << "trede: " << said.error().detail << '\n';
  throw CLI::RuntimeError(1);
}

CLI::App* add_verb(CLI::App& account, const char* verb, const char* about,
                   std::shared_ptr<AccountOptions> options, Add add) {
  CLI::App* command = account.add_subcommand(verb, about);
  command->add_option("--data", options->data, "Folder with everything the school owns")
      ->capture_default_str();
  command->add_option("NAME", options->name, "Name of what is made")->required();
  command->callback([options, add = std::move(add)] { run(*options, add); });
  return command;
}

void add_staff_verb(CLI::App& account, const char* verb, const char* about,
                    std::shared_ptr<AccountOptions> options, Role role) {
  const Add add = [role](const Books& books, const AccountOptions& given) {
    return add_staff(books, given, role);
  };
  CLI::App* command = add_verb(account, verb, about, options, add);
  command->add_option("--school", options->school, "Name of the school, when there are several");
  command->add_option("--password", options->secret, "Default: a random one, which is printed");
  if (role == Role::Teacher)
    command->add_option("--class", options->class_code, "Code of the class this teacher teaches");
}

}  // namespace

void add_account_command(CLI::App& app) {
  CLI::App* account =
      app.add_subcommand("account", "Make schools, classes and people while the server is stopped");
  account->require_subcommand(1);
  const auto options = std::make_shared<AccountOptions>();

  add_verb(*account, "add-school", "Make a school", options, add_school);

  CLI::App* school_class = add_verb(
      *account, "add-class", "Make a class, with the code its pupils sign in with", options, add_class);
  school_class->add_option("--year", options->school_year, "School year of the bank, such as groep7")
      ->required();
  school_class->add_option("--code", options->code, "6 to 12 letters and digits; default: a random one");
  school_class->add_option("--school", options->school, "Name of the school, when there are several");

  add_staff_verb(*account, "add-teacher", "Make a teacher", options, Role::Teacher);
  add_staff_verb(*account, "add-author", "Make an author of exercises and videos", options, Role::Author);

  add_staff_verb(*account, "add-administrator", "Make an administrator, who makes the others in the browser",
                 options, Role::Administrator);

  CLI::App* pupil = add_verb(*account, "add-pupil", "Make a pupil of a class", options, add_pupil);
  pupil->add_option("--class", options->class_code, "Code of the class")->required();
  pupil->add_option("--pin", options->secret, "Default: four random digits, which are printed");
  add_pupil_data_commands(*account);
}

}  // namespace trede
