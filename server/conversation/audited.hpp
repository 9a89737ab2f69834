// A conversation of staff of which every message that shows or changes something of people is first noted in the audit
// (server/store/audit.hpp): what cannot be noted does not happen. Lives on its socket's loop, like the conversation
// inside it.
#pragma once

#include "server/conversation/school.hpp"
#include "server/protocol/people_messages.hpp"
#include "server/store/audit.hpp"

namespace trede::conversation {

using NotedMessages = boost::mp11::mp_append<protocol::TeacherMessages, protocol::SignInMessages,
                                             protocol::AdministratorMessages, protocol::OverviewMessages>;

// What a message is noted as. subject: somebody, a class, or the school of who speaks.
struct Noted {
  store::Deed deed = store::Deed::ClassSeen;
  std::int64_t subject = 0;
};
using Notes = std::vector<Noted>;

// Nothing for what is about nobody, or about somebody who is not the speaker's: that is refused, not shown. What is
// made is noted by the conversation inside, which knows its number then.
Notes notes_of(const accounts::Directory& people, AccountId speaker, const boost::json::value& message);

// The conversation that fits the account's role; noted but for pupils, who see themselves, and authors, who see no
// pupil. The journal outlives it.
std::unique_ptr<net::Conversation> open_audited(School& school, store::Journal& journal,
                                                const accounts::Account& account,
                                                std::shared_ptr<net::Outbox> outbox);

}  // namespace trede::conversation
