// A frame as a browser sends it, of any role: what is read must be written back to the same value.
#include <algorithm>
#include <cmath>

#include "server/protocol/codec.hpp"
#include "server/protocol/messages.hpp"

namespace trede::protocol {
namespace {

bool alike(const boost::json::value& one, const boost::json::value& other);

bool alike(const boost::json::array& one, const boost::json::array& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& here, const auto& there) { return alike(here, there); });
}

bool alike(const boost::json::object& one, const boost::json::object& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& here, const auto& there) {
                      return here.key() == there.key() && alike(here.value(), there.value());
                    });
}

// Boost.JSON 1.81 reads one in eight numbers of 17 digits a last bit off.
bool alike(const boost::json::value& one, const boost::json::value& other) {
  if (one.is_array() && other.is_array()) return alike(one.get_array(), other.get_array());
  if (one.is_object() && other.is_object()) return alike(one.get_object(), other.get_object());
  if (!one.is_double() || !other.is_double()) return one == other;
  return std::abs(one.get_double() - other.get_double()) <= 1e-12 * std::abs(one.get_double());
}

template <class Messages>
void read_as(const boost::json::value& json) {
  (void)dispatch<Messages>(json, [](const auto& message) {
    const auto again = parse_json(encode(message));
    ENSURE(again.has_value());
    (void)dispatch<Messages>(*again,
                             [&](const auto& same) { ENSURE(alike(*parse_json(encode(same)), *again)); });
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
