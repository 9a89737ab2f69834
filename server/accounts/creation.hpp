// New schools, classes and accounts, as changes for the journal; each gives the id of what it made. Called by
// commands and the demo, which own the journal, or through AccountService::change, which publishes the new
// directory. Errors: Conflict for a name or code that is taken and for a school that does not exist, NotFound
// for a class or account, Invalid for an empty or overlong name.
#pragma once

#include <string>

#include "server/accounts/account.hpp"
#include "server/accounts/sign_in_hours.hpp"
#include "server/store/journal.hpp"

namespace trede::accounts {

struct NewClass {
  SchoolId school;
  std::string name;
  std::string school_year;
  std::string code;  // random_class_code() of secret.hpp, or one that was given
  bool demo = false;
  protocol::SignInHours hours = always_open;
};

struct NewAccount {
  SchoolId school;
  Role role = Role::Pupil;
  std::string name;  // staff: unique in the file, pupils: unique in each class
  std::string
      secret;  // ServerKey::seal_pin, or hash_secret, made outside the journal's thread: it costs 0.1 s
};

store::Change create_school(std::string name);
store::Change create_class(NewClass made);
store::Change create_account(NewAccount made);
store::Change enrol(ClassId class_id, AccountId account);       // pupil or teacher of the same school
store::Change create_pupil(NewAccount made, ClassId class_id);  // account and enrolment in one

}  // namespace trede::accounts
