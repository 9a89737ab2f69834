// A teacher's conversation of which every message that shows or changes something of pupils is first noted in the audit
// (server/store/audit.hpp): what cannot be noted does not happen. Lives on its socket's loop, like the conversation
// inside it.
#pragma once

#include "server/conversation/school.hpp"
#include "server/store/audit.hpp"

namespace trede::conversation {

// What a message of a teacher is noted as. subject: a pupil or a class of the teacher's.
struct Noted {
  store::Deed deed = store::Deed::ClassSeen;
  std::int64_t subject = 0;
};

// Nothing for what is about nobody, or about somebody who is not this teacher's: that is refused, not shown.
std::optional<Noted> note_of(const accounts::Directory& people, AccountId teacher,
                             const boost::json::value& message);

// The conversation that fits the account's role; of a teacher's every message is noted. The journal outlives it.
std::unique_ptr<net::Conversation> open_audited(School& school, store::Journal& journal,
                                                const accounts::Account& account,
                                                std::shared_ptr<net::Outbox> outbox);

}  // namespace trede::conversation
