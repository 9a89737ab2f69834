// What an administrator changes about people and classes, as changes for the journal (creation.hpp makes new ones).
// Through AccountService::change, which publishes the new directory. Whom a change may be about is decided before
// (rights.hpp); errors are those of creation.hpp: Conflict for a name that is taken, Invalid for one that is none.
#pragma once

#include <vector>

#include "server/accounts/creation.hpp"

namespace trede::accounts {

store::Change change_class(ClassId id, std::string name, std::string school_year);
store::Change set_sign_in(ClassId id, protocol::SignInHours hours, std::string said, Milliseconds until_ms);

store::Change create_pupils(std::vector<NewAccount> made, ClassId class_id);  // all or none
store::Change rename_person(Account person, std::string name, std::vector<ClassId> classes);
store::Change set_classes(AccountId person, std::vector<ClassId> classes);  // these and no others
store::Change set_children(AccountId guardian, std::vector<AccountId> children);
store::Change set_role(Account person, Role role);  // and no classes and children any more
// Conflict when it is opened again and the name is in use by now.
store::Change set_closed(Account person, bool closed, std::vector<ClassId> classes);

// The secret and, but for replace_secret, the end of all sessions and of the link with a school account: whoever had
// the old secret may have made it.
store::Change set_secrets(std::vector<std::pair<AccountId, std::string>> secrets);
store::Change replace_secret(AccountId person, std::string old_secret, std::string secret);
store::Change end_sessions_of(AccountId person);

}  // namespace trede::accounts
