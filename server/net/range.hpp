// The Range header (RFC 9110 §14) for one range, which is what browsers ask of a video. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/net/http.hpp"

namespace trede::net {

struct RangeAnswer {
  enum class Kind { Whole, Part, Unsatisfiable };
  Kind kind = Kind::Whole;
  std::uint64_t first = 0;
  std::uint64_t length = 0;
};

// What to send of a file of this size. Several ranges and what cannot be read mean the whole file, as the
// standard wants.
RangeAnswer answer_range(std::string_view header, std::uint64_t size);

// The file as the request wants it: 200, 206, 304 or 416, with ETag and Accept-Ranges.
Reply file_reply(const Request& request, std::shared_ptr<const File> file, std::string_view mime,
                 std::string cache_control);

}  // namespace trede::net
