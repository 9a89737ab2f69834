#include "server/accounts/creation.hpp"

#include <optional>

#include "server/accounts/names.hpp"
#include "server/limits.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {
namespace {

using store::Database;

std::optional<Error> refused(const std::string& name, std::string_view what) {
  if (name.empty()) return Error{ErrorCode::Invalid, std::string(what) + " needs a name"};
  if (name.size() > limits::name_bytes)
    return Error{ErrorCode::Invalid, std::string(what) + " has too long a name"};
  return std::nullopt;
}

// Whether one of the names that the statement lists means the same person.
bool name_is_among(SQLite::Statement& names, const std::string& name) {
  const std::string key = name_key(name);
  bool found = false;
  while (names.executeStep()) found = found || name_key(names.getColumn(0).getString()) == key;
  return found;
}

// The values of one row, or NotFound. Reads to the end, so that no statement of the writing connection stays
// open.
Result<std::vector<std::string>> only_row(SQLite::Statement& statement, std::string_view what) {
  std::vector<std::string> values;
  while (statement.executeStep())
    for (int i = 0; i < statement.getColumnCount(); ++i) values.push_back(statement.getColumn(i).getString());
  if (values.empty()) return Error{ErrorCode::NotFound, std::string(what) + " does not exist"};
  return values;
}

Result<std::int64_t> insert_account(Database& database, const NewAccount& made) {
  const std::string name = tidy_name(made.name);
  if (const auto error = refused(name, "an account")) return *error;
  if (made.role != Role::Pupil) {
    auto& names = database.statement(store::sql::staff_names);
    names.bind(1, std::string(to_text(made.role)));
    if (name_is_among(names, name))
      return Error{ErrorCode::Conflict, "the sign-in name " + name + " is taken"};
  }
  auto& insert = database.statement(store::sql::add_account);
  insert.bind(1, made.school.value);
  insert.bind(2, std::string(to_text(made.role)));
  insert.bind(3, name);
  insert.bind(4, made.secret);
  insert.exec();
  return database.last_row_id();
}

Result<std::int64_t> insert_enrolment(Database& database, ClassId class_id, AccountId account_id) {
  auto& one_class = database.statement(store::sql::school_of_class);
  one_class.bind(1, class_id.value);
  const auto school = only_row(one_class, "the class");
  if (school.has_error()) return school.error();
  auto& one_account = database.statement(store::sql::account_by_id);
  one_account.bind(1, account_id.value);
  const auto account = only_row(one_account, "the account");
  if (account.has_error()) return account.error();
  if (account->at(0) != school->at(0))
    return Error{ErrorCode::Conflict, "class and account are of different schools"};
  if (account->at(1) == to_text(Role::Pupil)) {
    auto& names = database.statement(store::sql::names_in_class);
    names.bind(1, class_id.value);
    if (name_is_among(names, account->at(2)))
      return Error{ErrorCode::Conflict, "the class has a pupil with the name " + account->at(2)};
  }
  auto& insert = database.statement(store::sql::add_enrolment);
  insert.bind(1, class_id.value);
  insert.bind(2, account_id.value);
  insert.exec();
  return account_id.value;
}

}  // namespace

store::Change create_school(std::string name) {
  return [name = tidy_name(name)](Database& database) -> Result<std::int64_t> {
    if (const auto error = refused(name, "a school")) return *error;
    auto& insert = database.statement(store::sql::add_school);
    insert.bind(1, name);
    insert.exec();
    return database.last_row_id();
  };
}

store::Change create_class(NewClass made) {
  return [made = std::move(made)](Database& database) -> Result<std::int64_t> {
    const std::string name = tidy_name(made.name);
    if (const auto error = refused(name, "a class")) return *error;
    const std::string code = code_key(made.code);
    if (code.size() < 6 || code.size() > 12)
      return Error{ErrorCode::Invalid, "a class code has 6 to 12 letters and digits"};
    auto& insert = database.statement(store::sql::add_class);
    insert.bind(1, made.school.value);
    insert.bind(2, name);
    insert.bind(3, code);
    insert.bind(4, made.school_year);
    insert.bind(5, made.demo ? 1 : 0);
    insert.bind(6, made.hours.week_from);
    insert.bind(7, made.hours.week_until);
    insert.bind(8, made.hours.weekend_from);
    insert.bind(9, made.hours.weekend_until);
    insert.exec();
    return database.last_row_id();
  };
}

store::Change create_account(NewAccount made) {
  return [made = std::move(made)](Database& database) { return insert_account(database, made); };
}

store::Change enrol(ClassId class_id, AccountId account) {
  return [=](Database& database) { return insert_enrolment(database, class_id, account); };
}

store::Change create_pupil(NewAccount made, ClassId class_id) {
  return [made = std::move(made), class_id](Database& database) -> Result<std::int64_t> {
    const auto account = insert_account(database, made);
    if (account.has_error()) return account;
    return insert_enrolment(database, class_id, AccountId{*account});
  };
}

}  // namespace trede::accounts
