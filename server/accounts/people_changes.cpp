#include "server/accounts/people_changes.hpp"

#include "server/accounts/names.hpp"
#include "server/limits.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {
namespace {

using store::Database;

// Runs a statement with these values; gives the first.
template <class... Values>
std::int64_t run(Database& database, store::Sql sql, std::int64_t id, const Values&... values) {
  auto& statement = database.statement(sql);
  int place = 1;
  statement.bind(place++, id);
  (statement.bind(place++, values), ...);
  statement.exec();
  return id;
}

std::optional<Error> problem_with_name(const std::string& name) {
  if (name.empty()) return Error{ErrorCode::Invalid, "a name is needed"};
  if (name.size() > limits::name_bytes) return Error{ErrorCode::Invalid, "the name is too long"};
  return std::nullopt;
}

// Whether somebody else of the role has the name. The person's own is changed before this is asked.
bool staff_name_is_taken(Database& database, Role role, const std::string& name) {
  auto& names = database.statement(store::sql::staff_names);
  names.bind(1, std::string(to_text(role)));
  int same = 0;
  while (names.executeStep()) same += name_key(names.getColumn(0).getString()) == name_key(name);
  return same > 1;
}

// Enrolling checks names, so a pupil who changes leaves first and comes in again.
Result<std::int64_t> enrol_in(Database& database, AccountId person, const std::vector<ClassId>& classes) {
  run(database, store::sql::leave_classes, person.value);
  for (const ClassId each : classes) {
    const auto enrolled = enrol(each, person)(database);
    if (enrolled.has_error()) return enrolled;
  }
  return person.value;
}

}  // namespace

store::Change change_class(ClassId id, std::string name, std::string school_year) {
  return [id, name = tidy_name(name), school_year](Database& database) -> Result<std::int64_t> {
    if (const auto problem = problem_with_name(name)) return *problem;
    return run(database, store::sql::change_class, id.value, name, school_year);
  };
}

store::Change set_sign_in(ClassId id, protocol::SignInHours hours, std::string said, Milliseconds until_ms) {
  return [=](Database& database) -> Result<std::int64_t> {
    return run(database, store::sql::set_sign_in, id.value, hours.week_from, hours.week_until,
               hours.weekend_from, hours.weekend_until, said, until_ms);
  };
}

store::Change create_pupils(std::vector<NewAccount> made, ClassId class_id) {
  return [made = std::move(made), class_id](Database& database) -> Result<std::int64_t> {
    for (const NewAccount& each : made) {
      const auto pupil = create_pupil(each, class_id)(database);
      if (pupil.has_error()) return pupil;
    }
    return class_id.value;
  };
}

store::Change rename_person(Account person, std::string name, std::vector<ClassId> classes) {
  return [=, name = tidy_name(name)](Database& database) -> Result<std::int64_t> {
    if (const auto problem = problem_with_name(name)) return *problem;
    run(database, store::sql::rename_account, person.id.value, name);
    if (person.role == Role::Pupil) return enrol_in(database, person.id, classes);
    if (staff_name_is_taken(database, person.role, name))
      return Error{ErrorCode::Conflict, "the sign-in name " + name + " is taken"};
    return person.id.value;
  };
}

store::Change set_classes(AccountId person, std::vector<ClassId> classes) {
  return [=](Database& database) { return enrol_in(database, person, classes); };
}

store::Change set_children(AccountId guardian, std::vector<AccountId> children) {
  return [=](Database& database) -> Result<std::int64_t> {
    run(database, store::sql::leave_children, guardian.value);
    for (const AccountId child : children)
      run(database, store::sql::add_guardianship, guardian.value, child.value);
    return guardian.value;
  };
}

store::Change set_role(Account person, Role role) {
  return [=](Database& database) -> Result<std::int64_t> {
    run(database, store::sql::set_role, person.id.value, std::string(to_text(role)));
    run(database, store::sql::leave_classes, person.id.value);
    run(database, store::sql::leave_children, person.id.value);
    if (staff_name_is_taken(database, role, person.name))
      return Error{ErrorCode::Conflict, "the sign-in name " + person.name + " is taken"};
    return run(database, store::sql::end_sessions_of, person.id.value);
  };
}

store::Change set_closed(Account person, bool closed, std::vector<ClassId> classes) {
  return [=](Database& database) -> Result<std::int64_t> {
    run(database, store::sql::close_account, person.id.value, closed ? 1 : 0);
    if (closed) return run(database, store::sql::end_sessions_of, person.id.value);
    if (person.role == Role::Pupil) return enrol_in(database, person.id, classes);
    if (staff_name_is_taken(database, person.role, person.name))
      return Error{ErrorCode::Conflict, "the sign-in name " + person.name + " is taken"};
    return person.id.value;
  };
}

store::Change set_secrets(std::vector<std::pair<AccountId, std::string>> secrets) {
  return [secrets = std::move(secrets)](Database& database) -> Result<std::int64_t> {
    for (const auto& [person, secret] : secrets) {
      run(database, store::sql::set_secret, person.value, secret);
      run(database, store::sql::remove_school_link, person.value);
      run(database, store::sql::end_sessions_of, person.value);
    }
    return 0;
  };
}

store::Change replace_secret(AccountId person, std::string old_secret, std::string secret) {
  return [=](Database& database) -> Result<std::int64_t> {
    return run(database, store::sql::replace_secret, person.value, old_secret, secret);
  };
}

store::Change end_sessions_of(AccountId person) {
  return [=](Database& database) -> Result<std::int64_t> {
    return run(database, store::sql::end_sessions_of, person.value);
  };
}

}  // namespace trede::accounts
