// Who is who: all accounts, classes, enrolments and guardians of the file, as one immutable value in memory. Read from
// any thread; a change makes a new one (AccountService). Pointers and references live as long as the
// directory.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/accounts/account.hpp"
#include "server/store/database.hpp"

namespace trede::accounts {

class Directory {
 public:
  static Result<std::shared_ptr<const Directory>> load(store::Database& database);

  // Null when there is no such thing.
  const Account* account(AccountId id) const;
  const School* school(SchoolId id) const;
  const Class* find_class(ClassId id) const;
  const Class* class_with_code(std::string_view code) const;  // in any case, with or without blanks
  // Of the accounts that are not closed; names compare by name_key (names.hpp).
  const Account* pupil(ClassId class_id, std::string_view name) const;
  const Account* staff(Role role, std::string_view name) const;
  const Class* class_of(PupilId pupil) const;  // the pupil's first class

  std::vector<const Class*> classes_of(AccountId account) const;  // in order of their ids
  std::vector<const Account*> pupils_of(ClassId class_id) const;  // not closed, in order of their names
  std::vector<const School*> schools() const;                     // all
  std::vector<const Class*> classes() const;                      // all
  std::vector<const Account*> accounts() const;                   // all
  std::vector<const Account*> children_of(AccountId guardian) const;
  // Whether the account is enrolled there, and not closed.
  bool belongs(AccountId account, ClassId class_id) const;
  bool share_a_class(AccountId one, AccountId other) const;
  // A number that changes when what the account may see does: its role, classes and children, and who is in the
  // classes of a teacher.
  std::size_t standing(AccountId account) const;

  // What secret_fits (secret.hpp) compares with. The account must exist.
  const std::string& secret(AccountId account) const;
  const SecondStep* second_step(AccountId account) const;  // null: a password is enough
  // ServerKey::link_of the account at the school's own provider; null when none is linked.
  const std::string* school_link(AccountId account) const;
  const Account* linked_with(const std::string& link) const;  // null: nobody

 private:
  void read_schools(store::Database& database);
  void read_classes(store::Database& database);
  void read_accounts(store::Database& database);
  void read_enrolments(store::Database& database);
  void read_guardianships(store::Database& database);
  void read_second_steps(store::Database& database);
  void read_school_links(store::Database& database);

  std::map<SchoolId, School> schools_;
  std::map<ClassId, Class> classes_;
  std::map<AccountId, Account> accounts_;
  std::unordered_map<AccountId, std::string> secrets_;
  std::unordered_map<AccountId, SecondStep> second_steps_;
  std::unordered_map<AccountId, std::string> school_links_;
  std::unordered_map<std::string, AccountId> account_of_link_;
  std::unordered_map<std::string, ClassId> class_of_code_;
  std::map<std::pair<Role, std::string>, AccountId> staff_of_name_;
  std::map<AccountId, std::vector<ClassId>> classes_of_;
  std::map<ClassId, std::vector<AccountId>> members_of_;
  std::map<std::pair<ClassId, std::string>, AccountId> pupil_of_name_;
  std::map<AccountId, std::vector<AccountId>> children_of_;
};

}  // namespace trede::accounts
