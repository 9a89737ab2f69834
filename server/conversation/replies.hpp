// How a conversation answers: a reply or a refusal, in one frame. And how a message comes to its handler: past the
// check of rights (server/accounts/rights.hpp), which is made here for all of them.
#pragma once

#include <spdlog/spdlog.h>

#include <optional>

#include "server/accounts/rights.hpp"
#include "server/conversation/school.hpp"
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

// The type a message names; empty when it names none. Lives as long as the json.
inline std::string_view type_of(const boost::json::value& json) {
  const auto* object = json.if_object();
  const auto* type = object ? object->if_contains("type") : nullptr;
  return type && type->is_string() ? std::string_view(type->get_string()) : std::string_view();
}

inline void refuse_right(net::Outbox& outbox, const boost::json::value& json, accounts::Role role) {
  accounts::log_refusal(type_of(json), role);
  refuse(outbox, protocol::request_of(json), accounts::no_right());
}

// Reads one message of the list for handler.handle(message), a coroutine, when the account has the right to it as
// people stand now; none when it was refused. What cannot be read is refused by name of the member; the connection
// stays open, for a newer page may know more than this server.
template <class Messages, class Handler>
std::optional<net::awaitable<void>> work_of(Handler& handler, const School& school, AccountId id,
                                            net::Outbox& outbox, const std::string& text) {
  std::optional<net::awaitable<void>> work;
  protocol::BriefRoom room;
  const auto json = protocol::parse_json(text, room.storage());
  if (json.has_error()) {
    refuse(outbox, "", json.error());
    return work;
  }
  const auto people = school.accounts.directory();
  const accounts::Account* account = people->account(id);
  if (!account) {
    refuse(outbox, protocol::request_of(*json), accounts::no_right());
    return work;
  }
  const accounts::Right* right = accounts::right_to(type_of(*json));
  if (!right || accounts::reach_of(*right, account->role) == accounts::Reach::Nothing) {
    refuse_right(outbox, *json, account->role);
    return work;
  }
  const auto read = protocol::dispatch<Messages>(*json, [&](auto message) {
    if (accounts::may(*people, *account, message)) work.emplace(handler.handle(std::move(message)));
  });
  if (read.has_error())
    refuse(outbox, protocol::request_of(*json), read.error());
  else if (!work)
    refuse_right(outbox, *json, account->role);
  return work;
}

template <class Messages, class Handler>
net::awaitable<void> converse(Handler& handler, const School& school, AccountId id, net::Outbox& outbox,
                              std::string text) {
  auto work = work_of<Messages>(handler, school, id, outbox, text);
  if (work) co_await std::move(*work);
}

}  // namespace trede::conversation
