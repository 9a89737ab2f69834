#include "server/net/range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace trede::net {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

RangeAnswer part(std::uint64_t first, std::uint64_t last, std::uint64_t size) {
  if (first >= size) return {RangeAnswer::Kind::Unsatisfiable};
  return {RangeAnswer::Kind::Part, first, std::min(last, size - 1) - first + 1};
}

RangeAnswer suffix(std::string_view text, std::uint64_t size) {
  const auto count = whole_number(text);
  if (!count) return {RangeAnswer::Kind::Whole, 0, size};
  if (*count == 0 || size == 0) return {RangeAnswer::Kind::Unsatisfiable};
  return part(size - std::min(*count, size), size - 1, size);
}

}  // namespace

RangeAnswer answer_range(std::string_view header, std::uint64_t size) {
  const RangeAnswer whole{RangeAnswer::Kind::Whole, 0, size};
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return whole;
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == header.npos) return whole;
  if (dash == 0) return suffix(header.substr(1), size);
  const auto first = whole_number(header.substr(0, dash));
  const auto last =
      dash + 1 == header.size() ? std::optional(UINT64_MAX) : whole_number(header.substr(dash + 1));
  if (!first || !last || *first > *last) return whole;
  return part(*first, *last, size);
}

Reply file_reply(const Request& request, std::shared_ptr<const File> file, std::string_view mime,
                 std::string cache_control) {
  Reply reply{
      200, {{"ETag", file->etag()}, {"Cache-Control", std::move(cache_control)}, {"Accept-Ranges", "bytes"}}};
  if (request.if_none_match.find(file->etag()) != std::string::npos) {
    reply.status = 304;
    return reply;
  }
  const bool same_file = request.if_range.empty() || request.if_range == file->etag();
  const RangeAnswer answer = answer_range(same_file ? request.range : std::string_view(), file->size());
  const std::string size = std::to_string(file->size());
  if (answer.kind == RangeAnswer::Kind::Unsatisfiable) {
    reply.status = 416;
    reply.headers.emplace_back("Content-Range", "bytes */" + size);
    return reply;
  }
  reply.headers.emplace_back("Content-Type", mime);
  if (answer.kind == RangeAnswer::Kind::Part) {
    reply.status = 206;
    const std::string last = std::to_string(answer.first + answer.length - 1);
    reply.headers.emplace_back("Content-Range",
                               "bytes " + std::to_string(answer.first) + '-' + last + '/' + size);
  }
  reply.body = FileSlice{std::move(file), answer.first, answer.length};
  return reply;
}

}  // namespace trede::net
