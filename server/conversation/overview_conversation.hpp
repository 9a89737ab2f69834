// What guardians, school leaders and talent co-ordinators see: read only. The table of rights says which of the three
// messages whose is. Lives on its socket's loop; reads on the loops of the classes.
#pragma once

#include "server/conversation/school.hpp"

namespace trede::conversation {

class OverviewConversation : public net::Conversation {
 public:
  OverviewConversation(School& school, accounts::Account account, std::shared_ptr<net::Outbox> outbox);

  net::awaitable<void> receive(std::string text) override;
  void closed() override {}

  net::awaitable<void> handle(protocol::OpenChildren opened);
  net::awaitable<void> handle(protocol::OpenTotals opened);
  net::awaitable<void> handle(protocol::OpenTalents opened);

 private:
  School& school_;
  accounts::Account account_;
  std::shared_ptr<net::Outbox> outbox_;
};

}  // namespace trede::conversation
