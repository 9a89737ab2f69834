// What of an HTTP request is read by us and not by Beast: target, Host, Origin, Cookie, Range, X-Forwarded-For.
#include "server/net/cookie.hpp"
#include "server/net/file.hpp"
#include "server/net/gate.hpp"
#include "server/net/range.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
  using namespace trede::net;
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const std::string_view first = text.substr(0, text.find('\n'));
  const std::string_view second =
      first.size() < text.size() ? text.substr(first.size() + 1) : std::string_view();
  if (const auto path = relative_path(text)) {
    ENSURE(!path->starts_with('/') && ("/" + *path + "/").find("/../") == std::string::npos);
    ENSURE(path->find('\0') == std::string::npos);
  }
  const RangeAnswer part = answer_range(text, 1000);
  ENSURE(part.kind == RangeAnswer::Kind::Unsatisfiable || part.first + part.length <= 1000);
  const std::vector<std::string> names = {"trede.school.nl"};
  if (is_same_origin(first, second, true)) ENSURE(first.starts_with("https://"));
  (void)is_our_host(text, names);
  (void)cookie_in(first, second);
  (void)door_of(text);
  ENSURE(forwarded("192.0.2.1", first, second).address == "192.0.2.1");
  (void)forwarded("127.0.0.1", first, second);
  return 0;
}
