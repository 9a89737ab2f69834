// People and classes as the rest of the server sees them. Plain values; the secrets stay in the directory.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "server/ids.hpp"
#include "server/protocol/people_messages.hpp"

namespace trede::accounts {

enum class Role { Pupil, Teacher, Author, Guardian, Leader, Coordinator, Administrator };

inline constexpr std::array all_roles{Role::Pupil,  Role::Teacher,     Role::Author,       Role::Guardian,
                                      Role::Leader, Role::Coordinator, Role::Administrator};

struct School {
  SchoolId id;
  std::string name;
};

struct Class {
  ClassId id;
  SchoolId school;
  std::string name;
  std::string code;         // what its pupils type to sign in
  std::string school_year;  // id of a school year of the bank
  bool demo = false;
  protocol::SignInHours hours = {};
  std::string said = {};  // by the teacher, until said_until_ms: open, closed; empty = by the hours
  Milliseconds said_until_ms = 0;
};

struct Account {
  AccountId id;
  SchoolId school;
  Role role = Role::Pupil;
  std::string name;
  bool closed = false;  // nobody signs in with it
};

// Of signing in, for staff who want it.
struct SecondStep {
  std::string sealed;     // the secret of its codes (totp.hpp), under the server's key
  std::int64_t used = 0;  // the step of the newest code that was taken
};

std::string_view to_text(Role role);  // in lower case
std::optional<Role> role_of_text(std::string_view text);

}  // namespace trede::accounts
