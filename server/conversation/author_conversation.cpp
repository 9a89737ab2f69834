#include "server/conversation/author_conversation.hpp"

#include <cmath>

#include "server/conversation/replies.hpp"
#include "server/practice/video_effects.hpp"

namespace trede::conversation {
void show_what_answers_taught(const practice::Parameters& parameters, protocol::ContentShown& shown) {
  for (protocol::ItemRow& row : shown.items) {
    const auto learned = parameters.items.find(row.id);
    if (learned == parameters.items.end()) continue;
    row.learned_difficulty = learned->second.difficulty;
    row.learned_margin = std::sqrt(learned->second.difficulty_variance);
  }
  for (protocol::VideoRow& row : shown.videos) row.effects = practice::effects_of_video(parameters, row.id);
  shown.all_videos = practice::effects_of_all_videos(parameters);
}

AuthorConversation::AuthorConversation(School& school, accounts::Account account,
                                       std::shared_ptr<net::Outbox> outbox)
    : school_(school), account_(std::move(account)), outbox_(std::move(outbox)) {}

net::awaitable<void> AuthorConversation::receive(std::string text) {
  co_await converse<protocol::AuthorMessages>(*this, school_, account_.id, *outbox_, std::move(text));
}

net::awaitable<void> AuthorConversation::handle(protocol::ListContent asked) {
  auto shown = co_await school_.authoring.list(asked);
  if (shown.has_value()) {
    shown->author = account_.name;
    practice::Shard& shard = *school_.shards.front();
    const practice::ModelPointer model = co_await net::on_loop(shard.loop(), model_of(shard));
    show_what_answers_taught(*model->parameters, *shown);
    const auto findings = co_await school_.insight.of(model, asked.language);
    if (findings.has_error()) co_return refuse(*outbox_, asked.request, findings.error());
    practice::show(*findings, *shown);
  }
  reply(*outbox_, asked.request, shown);
}

net::awaitable<void> AuthorConversation::handle(protocol::OpenDocument asked) {
  reply(*outbox_, asked.request, co_await school_.authoring.open(asked));
}

net::awaitable<void> AuthorConversation::handle(protocol::OpenChoices asked) {
  practice::Shard& shard = *school_.shards.front();
  const practice::ModelPointer model = co_await net::on_loop(shard.loop(), model_of(shard));
  reply(*outbox_, asked.request, co_await school_.insight.choices(model, asked));
}

net::awaitable<void> AuthorConversation::handle(protocol::TryItem tried) {
  reply(*outbox_, tried.request, co_await school_.authoring.try_item(tried));
}

net::awaitable<void> AuthorConversation::handle(protocol::PublishDocument published) {
  reply(*outbox_, published.request, co_await school_.authoring.publish(published, account_.id));
}

}  // namespace trede::conversation
