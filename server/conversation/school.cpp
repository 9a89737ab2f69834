#include "server/conversation/school.hpp"

#include "server/conversation/administrator_conversation.hpp"
#include "server/conversation/author_conversation.hpp"
#include "server/conversation/overview_conversation.hpp"
#include "server/conversation/pupil_conversation.hpp"
#include "server/conversation/teacher_conversation.hpp"

namespace trede::conversation {
namespace {

// A pupil without a class has nothing to do here until somebody enrols the account.
class ClosingConversation : public net::Conversation {
 public:
  net::awaitable<void> receive(std::string) override { co_return; }
  void closed() override {}
};

}  // namespace

std::unique_ptr<net::Conversation> open_conversation(School& school, const accounts::Account& account,
                                                     std::shared_ptr<net::Outbox> outbox) {
  switch (account.role) {
    case accounts::Role::Teacher:
      return std::make_unique<TeacherConversation>(school, account, std::move(outbox));
    case accounts::Role::Author:
      return std::make_unique<AuthorConversation>(school, account, std::move(outbox));
    case accounts::Role::Administrator:
      return std::make_unique<AdministratorConversation>(school, account, std::move(outbox));
    case accounts::Role::Guardian:
    case accounts::Role::Leader:
    case accounts::Role::Coordinator:
      return std::make_unique<OverviewConversation>(school, account, std::move(outbox));
    case accounts::Role::Pupil:
      break;
  }
  const auto people = school.accounts.directory();
  if (const auto* home = people->class_of(account.id))
    return std::make_unique<PupilConversation>(school, account, *home, std::move(outbox));
  outbox->close(net::CloseReason::Normal);
  return std::make_unique<ClosingConversation>();
}

}  // namespace trede::conversation
