// Sends replies over a channel. On its loop; channel, deadline and reply belong to the coroutine
// that awaits and outlive the call.
#pragma once

#include <boost/asio/buffer.hpp>

#include "server/net/deadline.hpp"
#include "server/net/site.hpp"

namespace trede::net {

// False when the client is gone.
awaitable<bool> write_bytes(Channel& channel, Deadline& deadline, boost::asio::const_buffer bytes);

// Files are sent in pieces. Without body for HEAD.
awaitable<bool> write_reply(Channel& channel, Deadline& deadline, const Reply& reply, bool with_body,
                            bool keep_alive);

// Closes our side and reads until the client closes too: closing while it still sends would make its system
// throw our reply away.
awaitable<void> let_the_reply_arrive(Channel& channel, Deadline& deadline);

}  // namespace trede::net
