#include "server/conversation/author_conversation.hpp"

#include "server/conversation/replies.hpp"

namespace trede::conversation {

AuthorConversation::AuthorConversation(School& school, accounts::Account account,
                                       std::shared_ptr<net::Outbox> outbox)
    : school_(school), account_(std::move(account)), outbox_(std::move(outbox)) {}

net::awaitable<void> AuthorConversation::receive(std::string text) {
  co_await converse<protocol::AuthorMessages>(*this, *outbox_, std::move(text));
}

net::awaitable<void> AuthorConversation::handle(protocol::ListContent asked) {
  auto shown = co_await school_.authoring.list(asked);
  if (shown.has_value()) shown->author = account_.name;
  reply(*outbox_, asked.request, shown);
}

net::awaitable<void> AuthorConversation::handle(protocol::OpenDocument asked) {
  reply(*outbox_, asked.request, co_await school_.authoring.open(asked));
}

net::awaitable<void> AuthorConversation::handle(protocol::TryItem tried) {
  reply(*outbox_, tried.request, co_await school_.authoring.try_item(tried));
}

net::awaitable<void> AuthorConversation::handle(protocol::PublishDocument published) {
  reply(*outbox_, published.request, co_await school_.authoring.publish(published, account_.id));
}

}  // namespace trede::conversation
