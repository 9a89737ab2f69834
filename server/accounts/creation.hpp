// New schools, classes and accounts, as changes for the journal; each gives the id of what it made. Called by commands and the
// demo. A Directory loaded before does not know them. Errors: Conflict for a name or code that is taken, NotFound for a school or
// class that does not exist, Invalid for an empty or overlong name.
#pragma once

#include <string>

#include "server/accounts/account.hpp"
#include "server/store/journal.hpp"

namespace trede::accounts {

struct NewClass {
  SchoolId school;
  std::string name;
  std::string school_year;
  std::string code;  // random_class_code(), or one that was given
  bool demo = false;
};

struct NewAccount {
  SchoolId school;
  Role role = Role::Pupil;
  std::string name;         // staff: unique in the file, pupils: unique in each class
  std::string secret_hash;  // hash_secret(), made outside the journal's thread: it costs 0.1 s
};

store::Change create_school(std::string name);
store::Change create_class(NewClass made);
store::Change create_account(NewAccount made);
store::Change enrol(ClassId class_id, AccountId account);                 // pupil or teacher of the same school
store::Change create_pupil(NewAccount made, ClassId class_id);            // account and enrolment in one

// Six letters and digits without look-alikes (no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V): easy to read aloud.
std::string random_class_code();

}  // namespace trede::accounts
