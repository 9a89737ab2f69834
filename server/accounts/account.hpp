// People and classes as the rest of the server sees them. Plain values; the secrets stay in the directory.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "server/ids.hpp"

namespace trede::accounts {

enum class Role { Pupil, Teacher, Author };

inline constexpr std::array all_roles{Role::Pupil, Role::Teacher, Role::Author};

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
};

struct Account {
  AccountId id;
  SchoolId school;
  Role role = Role::Pupil;
  std::string name;
};

std::string_view to_text(Role role);  // pupil, teacher, author
std::optional<Role> role_of_text(std::string_view text);

}  // namespace trede::accounts
