// What an author's page says and hears. Lives on its socket's loop; the work happens in the authoring
// service.
#pragma once

#include "server/conversation/school.hpp"

namespace trede::conversation {

// Adds to the rows of items and videos what the pupils' answers have taught about them. Pure; any thread.
void show_what_answers_taught(const practice::Parameters& parameters, protocol::ContentShown& shown);

class AuthorConversation : public net::Conversation {
 public:
  AuthorConversation(School& school, accounts::Account account, std::shared_ptr<net::Outbox> outbox);

  net::awaitable<void> receive(std::string text) override;
  void closed() override {}

  net::awaitable<void> handle(protocol::ListContent asked);
  net::awaitable<void> handle(protocol::OpenDocument asked);
  net::awaitable<void> handle(protocol::OpenChoices asked);
  net::awaitable<void> handle(protocol::TryItem tried);
  net::awaitable<void> handle(protocol::PublishDocument published);

 private:
  School& school_;
  accounts::Account account_;
  std::shared_ptr<net::Outbox> outbox_;
};

}  // namespace trede::conversation
