#include "server/accounts/account.hpp"

#include "content/result.hpp"

namespace trede::accounts {

std::string_view to_text(Role role) {
  switch (role) {
    case Role::Pupil:
      return "pupil";
    case Role::Teacher:
      return "teacher";
    case Role::Author:
      return "author";
    case Role::Guardian:
      return "guardian";
    case Role::Leader:
      return "leader";
    case Role::Coordinator:
      return "coordinator";
    case Role::Administrator:
      return "administrator";
  }
  ENSURE(false);
}

std::optional<Role> role_of_text(std::string_view text) {
  for (const Role role : all_roles)
    if (to_text(role) == text) return role;
  return std::nullopt;
}

}  // namespace trede::accounts
