// What staff change about their own account, as changes for the journal, made through AccountService. The caller has
// asked for the current password.
#pragma once

#include "server/accounts/account.hpp"
#include "server/store/journal.hpp"

namespace trede::accounts {

// The secret, and the end of all sessions but one and of the link with a school account. Conflict when the old secret
// is another one by now.
store::Change set_own_secret(AccountId person, std::string old_secret, std::string secret,
                             std::string kept_token_hash);

// Sealed as ServerKey says; used: the step of the code that confirmed it. Conflict when there is one already.
store::Change add_second_step(AccountId person, std::string sealed, std::int64_t used);
// Forbidden when a code of this step or a later one was taken before.
store::Change use_second_step(AccountId person, std::int64_t step);
// NotFound when there is none.
store::Change remove_second_step(AccountId person);

// link: of ServerKey::link_of. Conflict when the account has one, or the link is another's; NotFound when the session
// has ended meanwhile, or the account is closed.
store::Change add_school_link(AccountId person, std::string link, std::string token_hash);
// And the end of the sessions of who may have come in with it: all but one, or all. NotFound when there is none.
store::Change remove_school_link(AccountId person, std::string kept_token_hash);

}  // namespace trede::accounts
