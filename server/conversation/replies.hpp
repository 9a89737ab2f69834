// How a conversation answers: a reply or a refusal, in one frame. And how it finds the handler of a message.
#pragma once

#include <spdlog/spdlog.h>

#include <optional>

#include "server/net/conversation.hpp"
#include "server/protocol/codec.hpp"
#include "server/protocol/messages.hpp"

namespace trede::conversation {

template <class Message>
void send(net::Outbox& outbox, const Message& message) {
  outbox.send(std::make_shared<const std::string>(protocol::encode(message)));
}

inline void refuse(net::Outbox& outbox, std::string request, const Error& error) {
  if (error.code == ErrorCode::Unavailable) spdlog::error("a request failed: {}", error.detail);
  send(outbox, protocol::Refused{std::move(request), std::string(protocol::word(error.code)), error.detail});
}

template <class Message>
void reply(net::Outbox& outbox, const std::string& request, const Result<Message>& result) {
  if (result.has_error())
    refuse(outbox, request, result.error());
  else
    send(outbox, *result);
}

// Reads one message of the list and gives it to handler.handle(message), a coroutine. What cannot be read is
// refused by name of the member; the connection stays open, for a newer page may know more than this server.
template <class Messages, class Handler>
net::awaitable<void> converse(Handler& handler, net::Outbox& outbox, std::string text) {
  const auto json = protocol::parse_json(text);
  if (json.has_error()) {
    refuse(outbox, "", json.error());
    co_return;
  }
  std::optional<net::awaitable<void>> work;
  const auto read = protocol::dispatch<Messages>(
      *json, [&](auto message) { work.emplace(handler.handle(std::move(message))); });
  if (read.has_error())
    refuse(outbox, protocol::request_of(*json), read.error());
  else
    co_await std::move(*work);
}

}  // namespace trede::conversation
