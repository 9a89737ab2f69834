#include "server/net/reply_writer.hpp"

#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <tuple>

#include "server/limits.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t slice_bytes = 64 * 1024;

awaitable<bool> write_slice(Channel& channel, Deadline& deadline, FileSlice slice) {
  const auto chunk = std::make_unique<char[]>(slice_bytes);
  while (slice.length > 0) {
    const std::uint64_t room = std::min<std::uint64_t>(slice.length, slice_bytes);
    const std::size_t count = slice.file->read(slice.first, chunk.get(), static_cast<std::size_t>(room));
    if (count == 0) co_return false;  // the file became shorter: only a broken connection tells the client
    if (!co_await write_bytes(channel, deadline, asio::buffer(chunk.get(), count))) co_return false;
    slice.first += count;
    slice.length -= count;
  }
  co_return true;
}

}  // namespace

// A paused video stops reading for long; the browser asks again when we give up.
awaitable<bool> write_bytes(Channel& channel, Deadline& deadline, asio::const_buffer bytes) {
  deadline.within(limits::idle_time);
  const auto [failure, unused] = co_await asio::async_write(channel, bytes, quietly);
  co_return !failure;
}

awaitable<bool> write_reply(Channel& channel, Deadline& deadline, const Reply& reply, bool with_body,
                            bool keep_alive) {
  std::string text = head_of(reply, keep_alive);
  const auto* whole = std::get_if<std::string>(&reply.body);
  if (whole && with_body) text += *whole;
  if (!co_await write_bytes(channel, deadline, asio::buffer(text))) co_return false;
  if (whole || !with_body) co_return true;
  co_return co_await write_slice(channel, deadline, std::get<FileSlice>(reply.body));
}

awaitable<void> let_the_reply_arrive(Channel& channel, Deadline& deadline) {
  deadline.within(limits::handshake_time);
  co_await channel.finish();
  if (channel.is_secure()) co_return;
  boost::system::error_code failure;
  std::array<char, 4096> unread;
  while (!failure)
    std::tie(failure, std::ignore) = co_await channel.async_read_some(asio::buffer(unread), quietly);
}

}  // namespace trede::net
