#include <boost/asio/detached.hpp>

#include "server/net/connections.hpp"
#include "server/net/cookie.hpp"
#include "server/net/file.hpp"
#include "server/net/frame_queue.hpp"
#include "server/net/gate.hpp"
#include "server/net/range.hpp"
#include "server/net/token_bucket.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

void check_range(std::string_view header, RangeAnswer::Kind kind, std::uint64_t first, std::uint64_t length) {
  CAPTURE(header);
  const RangeAnswer answer = answer_range(header, 1000);
  CHECK(answer.kind == kind);
  if (kind == RangeAnswer::Kind::Unsatisfiable) return;
  CHECK(answer.first == first);
  CHECK(answer.length == length);
}

TEST_CASE("net: a range gives just the bytes it names", "[net]") {
  using enum RangeAnswer::Kind;
  check_range("bytes=0-99", Part, 0, 100);
  check_range("bytes=500-500", Part, 500, 1);
  check_range("bytes=900-", Part, 900, 100);
  check_range("bytes=900-5000", Part, 900, 100);
  check_range("bytes=-100", Part, 900, 100);
  check_range("bytes=-5000", Part, 0, 1000);
}

TEST_CASE("net: a range beyond the file is refused, one that cannot be read gives the whole file", "[net]") {
  using enum RangeAnswer::Kind;
  check_range("bytes=1000-", Unsatisfiable, 0, 0);
  check_range("bytes=-0", Unsatisfiable, 0, 0);
  for (const char* header : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-1", "bytes=0-1,4-5",
                             "lines=0-1", "bytes=+1-2", "bytes=1-99999999999999999999999"})
    check_range(header, Whole, 0, 1000);
}

TEST_CASE("net: no escape of a path leaves its folder", "[net]") {
  for (const char* target :
       {"/../x",       "/a/../x",     "/..",        "/.",       "/./a",         "/%2e%2e/x",
        "/%2E%2e%2fx", "/a/%2e%2e/b", "/a//b",      "//x",      "/.git/config", "/a/.hidden",
        "/a\\b",       "/%5c..%5cx",  "/%00",       "/a%00.js", "/%",           "/%2",
        "/%zz",        "a",           "",           "*",        "/a%0ab",       "http://x/y",
        "/..%2f",      "/%2e",        "/a/..%00/b", "/.%2e/x",  "/%2f%2fx",     "/a/%2f..%2f"}) {
    CAPTURE(target);
    CHECK_FALSE(relative_path(target));
  }
}

TEST_CASE("net: honest paths are read", "[net]") {
  CHECK(relative_path("/") == std::string());
  CHECK(relative_path("/pupil/") == std::string("pupil/"));
  CHECK(relative_path("/a%20b/c.js?v=../1") == std::string("a b/c.js"));
  CHECK(relative_path("/%252e%252e/x") ==
        std::string("%2e%2e/x"));  // decoded once: a strange name, but only a name
  CHECK(relative_path("/a..b") == std::string("a..b"));
}

TEST_CASE("net: only our own names are our host", "[net]") {
  const std::vector<std::string> names{"trede.school.nl"};
  for (const char* host : {"localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080",
                           "[::1]", "trede.school.nl", "Trede.School.nl:443"}) {
    CAPTURE(host);
    CHECK(is_our_host(host, names));
  }
  for (const char* host : {"", "evil.example", "localhost.evil.example", "localhost:80:80", "localhost:x",
                           "localhost:", "127.0.0.1.evil.example", "[::1", "::1", "xtrede.school.nl",
                           "trede.school.nl.evil.example", "user@localhost", "127.0.0.2"}) {
    CAPTURE(host);
    CHECK_FALSE(is_our_host(host, names));
  }
}

TEST_CASE("net: only a page of the same host is ours", "[net]") {
  CHECK(is_same_origin("http://localhost:8080", "localhost:8080", false));
  CHECK(is_same_origin("https://Trede.school.nl", "trede.school.nl", true));
  for (const char* origin :
       {"", "null", "http://localhost", "http://localhost:80801", "http://localhost:8080.evil.example",
        "localhost:8080", "http://evil.example", "http://evil.example/http://localhost:8080",
        "ftp://localhost:8080", "http://127.0.0.1:8080", "file://"}) {
    CAPTURE(origin);
    CHECK_FALSE(is_same_origin(origin, "localhost:8080", false));
  }
  CHECK_FALSE(is_same_origin("http://", "", false));
  CHECK_FALSE(is_same_origin("http://trede.school.nl", "trede.school.nl", true));
  CHECK_FALSE(is_same_origin("https://trede.school.nl", "trede.school.nl", false));
}

TEST_CASE("net: only a web server on this machine is believed about the client", "[net]") {
  const auto seen = [](std::string_view peer, std::string_view list, std::string_view protocol) {
    const Forwarded from = forwarded(peer, list, protocol);
    return from.address + (from.secure ? " https" : "");
  };
  CHECK(seen("127.0.0.1", "192.0.2.7", "https") == "192.0.2.7 https");
  CHECK(seen("::1", "2001:db8::7", "http") == "2001:db8::7");
  CHECK(seen("127.0.0.1", "10.0.0.1, 192.0.2.7", "https") ==
        "192.0.2.7 https");  // the client wrote the first
  CHECK(seen("127.0.0.1", "192.0.2.7, nonsense", "") == "127.0.0.1");
  CHECK(seen("127.0.0.1", "", "HTTPS") == "127.0.0.1");
  CHECK(seen("192.0.2.9", "127.0.0.1", "https") == "192.0.2.9");
}

TEST_CASE("net: a cookie over https can be set by this very host only", "[net]") {
  CHECK(session_cookie("/pupil", true, "t", std::chrono::seconds(5)) ==
        "__Host-trede-pupil=t; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=5");
  CHECK(session_cookie("", false, "t", std::chrono::seconds(5)) ==
        "trede=t; HttpOnly; SameSite=Strict; Path=/; Max-Age=5");
}

TEST_CASE("net: a bucket allows a burst, then so much a second", "[net]") {
  TokenBucket bucket(3, 2);
  CHECK(bucket.take());
  CHECK(bucket.take());
  CHECK(bucket.take());
  CHECK_FALSE(bucket.take());
  bucket.second_passed();
  CHECK(bucket.take());
  CHECK(bucket.take());
  CHECK_FALSE(bucket.take());
  for (int i = 0; i < 10; ++i) bucket.second_passed();
  for (int i = 0; i < 3; ++i) CHECK(bucket.take());
  CHECK_FALSE(bucket.take());
}

TEST_CASE("net: frames wait up to their number and their bytes", "[net]") {
  const auto frame = [](std::size_t bytes) { return std::make_shared<const std::string>(bytes, 'x'); };
  FrameQueue many;
  for (std::size_t i = 0; i < limits::outbox_frames; ++i) CHECK(many.push(frame(1), {}));
  CHECK_FALSE(many.push(frame(1), {}));
  many.pop();
  CHECK(many.push(frame(1), {}));

  FrameQueue large;
  CHECK(large.push(frame(3 * limits::outbox_bytes), {}));  // is being written
  CHECK(large.push(frame(limits::outbox_bytes - 1), {}));
  CHECK(large.push(frame(1), {}));
  CHECK_FALSE(large.push(frame(1), {}));
  large.truncate(1);
  CHECK(large.bytes() == 3 * limits::outbox_bytes);
}

// Loses its operation: whatever is asked of it, it stays.
class Stuck : public Connection {
 public:
  void sweep() override {}
  void stop() override {}
  void cut() override { ++cuts; }
  int cuts = 0;
};

TEST_CASE("net: a server stops though a connection never ends", "[net]") {
  boost::asio::io_context loop(1);
  const auto connections = std::make_shared<Connections>(loop.get_executor(), std::chrono::milliseconds(1));
  const auto stuck = std::make_shared<Stuck>();
  const std::shared_ptr<void> place = connections->add(stuck, nullptr);
  bool emptied = false;
  boost::asio::co_spawn(loop, Connections::keep_sweeping(connections), boost::asio::detached);
  boost::asio::post(loop, [&] { connections->stop([&] { emptied = true; }); });
  loop.run();
  CHECK(emptied);
  CHECK(stuck->cuts > 0);
}

}  // namespace
}  // namespace trede::net
