// A frame as a browser sends it, of any role: what is read must be written back to the same value.
#include "server/protocol/codec.hpp"
#include "server/protocol/messages.hpp"

namespace trede::protocol {
namespace {

template <class Messages>
void read_as(const boost::json::value& json) {
  (void)dispatch<Messages>(json, [](const auto& message) {
    const auto again = parse_json(encode(message));
    ENSURE(again.has_value());
    (void)dispatch<Messages>(*again, [&](const auto& same) { ENSURE(encode(same) == encode(message)); });
  });
}

}  // namespace
}  // namespace trede::protocol

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
  using namespace trede::protocol;
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const auto json = parse_json(text);
  if (json.has_error()) return 0;
  (void)request_of(*json);
  read_as<PupilMessages>(*json);
  read_as<TeacherMessages>(*json);
  read_as<AuthorMessages>(*json);
  return 0;
}
