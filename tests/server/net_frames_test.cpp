// RFC 6455 as a table: bytes a client may send, and what the server has to make of them. Each case has a connection of
// its own.
#include <fmt/format.h>

#include "server/limits.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/raw_socket.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

constexpr unsigned more = 0, text = 1, binary = 2, closing = 8, ping = 9, pong = 10;

struct Case {
  std::string name;
  std::string bytes;
  std::string outcome;  // what comes back: "text:…", "pong:…", "close:1002", with blanks between
};

std::string echo(const std::string& payload) {
  return frame_bytes({true, text, "echo " + payload});
}

std::string code_bytes(unsigned code) {
  return {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
}

class Talk {
 public:
  Talk() : cookie_(cookie_of_author(school_.port())) {}

  // What the server answers to the bytes, up to its close or its answer to one last message.
  std::string outcome(const std::string& bytes, std::size_t at_once) {
    RawSocket socket(school_.port());
    REQUIRE(upgrade(socket, cookie_) == "HTTP/1.1 101 Switching Protocols");
    const std::string all = bytes + echo("the end");
    for (std::size_t at = 0; at < all.size() && socket.send(all.substr(at, at_once)); at += at_once) {
    }
    std::string seen;
    while (const auto frame = socket.read_frame()) {
      if (frame->opcode == text && frame->payload == "the end") return seen;
      if (!seen.empty()) seen += ' ';
      if (frame->opcode == closing) return seen + "close:" + code_of(frame->payload);
      seen += (frame->opcode == text ? "text:" : frame->opcode == pong ? "pong:" : "other:") + frame->payload;
    }
    return seen + "cut";
  }

  void check(const std::vector<Case>& cases, std::size_t at_once = std::string::npos) {
    for (const Case& each : cases) {
      const std::string seen = outcome(each.bytes, std::min(at_once, each.bytes.size() + 64));
      INFO(each.name);
      CHECK(seen == each.outcome);
    }
  }

 private:
  static std::string code_of(const std::string& payload) {
    if (payload.size() < 2) return "none";
    return std::to_string(static_cast<unsigned char>(payload[0]) << 8 |
                          static_cast<unsigned char>(payload[1]));
  }

  TestSchool school_;
  std::string cookie_;
};

std::string parts(const std::vector<std::string>& pieces, const std::string& between = "") {
  std::string bytes;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    bytes += (i == 0 ? "" : between) + frame_bytes({i + 1 == pieces.size(), i == 0 ? text : more, pieces[i]});
  return bytes;
}

const std::vector<std::string>& sound_texts() {
  static const std::vector<std::string> texts = {std::string(1, '\0'),
                                                 "\x7F",
                                                 "\u0080",
                                                 "\u07FF",
                                                 "\u0800",
                                                 "\uD7FF",
                                                 "\uE000",
                                                 "\uFFFD",
                                                 "\uFFFE",
                                                 "\uFFFF",
                                                 "\U00010000",
                                                 "\U0010FFFF",
                                                 "κόσμε",
                                                 "één ½ 😀",
                                                 "\xEF\xBF\xBF",
                                                 "\xF4\x8F\xBF\xBF"};
  return texts;
}

std::vector<std::string> broken_texts() {
  std::vector<std::string> texts = {"\xC2",
                                    "\xE2\x82",
                                    "\xF0\x9F\x98",
                                    "\xC0\x80",
                                    "\xC1\xBF",
                                    "\xE0\x80\x80",
                                    "\xE0\x9F\xBF",
                                    "\xF0\x80\x80\x80",
                                    "\xF0\x8F\xBF\xBF",
                                    "\xED\xA0\x80",
                                    "\xED\xAD\xBF",
                                    "\xED\xAE\x80",
                                    "\xED\xAF\xBF",
                                    "\xED\xB0\x80",
                                    "\xED\xBF\xBF",
                                    "\xED\xA0\x80\xED\xB0\x80",
                                    "\xF4\x90\x80\x80",
                                    "\xC3\x28",
                                    "\xE2\x28\xA1",
                                    "\xE2\x82\x28",
                                    "\xF0\x28\x8C\xBC",
                                    "\xF0\x90\x28\xBC",
                                    "\xF8\x88\x80\x80\x80",
                                    "\xFC\x84\x80\x80\x80\x80"};
  for (int byte = 0x80; byte <= 0xBF; byte += 3) texts.emplace_back(1, static_cast<char>(byte));
  for (int byte = 0xF5; byte <= 0xFF; ++byte)
    texts.push_back(static_cast<char>(byte) + std::string("\x80\x80\x80"));
  return texts;
}

}  // namespace

TEST_CASE("frames: texts of every length form come back as they were", "[net][frames]") {
  Talk talk;
  std::vector<Case> cases;
  for (const std::size_t size :
       {0, 1, 119, 120, 121, 122, 125, 126, 127, 128, 1000, 4096, 65'530, 65'531, 65'536, 100'000}) {
    const std::string payload(size, 'x');
    cases.push_back({fmt::format("{} bytes", size), echo(payload), "text:" + payload});
  }
  talk.check(cases);
  talk.check({{"a byte at a time", echo("abc") + echo(std::string(130, 'y')),
               "text:abc text:" + std::string(130, 'y')}},
             1);
}

TEST_CASE("frames: a text in pieces is one text, wherever it was cut", "[net][frames]") {
  Talk talk;
  std::vector<Case> cases;
  const std::string whole = "echo één ½ 😀";
  const std::string back = "text:één ½ 😀";
  for (std::size_t at = 0; at <= whole.size(); ++at) {
    const std::vector<std::string> two = {whole.substr(0, at), whole.substr(at)};
    cases.push_back({fmt::format("cut at {}", at), parts(two), back});
    cases.push_back({fmt::format("cut at {}, a ping between", at), parts(two, frame_bytes({true, ping, "p"})),
                     "pong:p " + back});
    cases.push_back({fmt::format("cut at {}, empty pieces", at), parts({"", two[0], "", two[1], ""}), back});
  }
  std::vector<std::string> single;
  for (const char c : whole) single.emplace_back(1, c);
  cases.push_back({"a frame a byte", parts(single), back});
  talk.check(cases);
}

TEST_CASE("frames: a ping is answered by its own bytes, a pong by nothing", "[net][frames]") {
  Talk talk;
  std::vector<Case> cases;
  for (std::size_t size = 0; size <= 125; size += size < 120 ? 8 : 1) {
    const std::string payload(size, '\xFE');
    cases.push_back({fmt::format("ping of {}", size), frame_bytes({true, ping, payload}), "pong:" + payload});
    cases.push_back({fmt::format("pong of {}", size), frame_bytes({true, pong, payload}), ""});
  }
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += frame_bytes({true, ping, "x"});
  cases.push_back(
      {"ten pings", ten, "pong:x pong:x pong:x pong:x pong:x pong:x pong:x pong:x pong:x pong:x"});
  talk.check(cases);
}

TEST_CASE("frames: what the protocol forbids closes with 1002", "[net][frames]") {
  Talk talk;
  std::vector<Case> cases;
  const auto forbid = [&](std::string name, std::string bytes) {
    cases.push_back({std::move(name), std::move(bytes), "close:1002"});
  };
  for (const unsigned opcode : {more, text, binary, closing, ping, pong}) {
    for (unsigned reserved = 1; reserved <= 7; ++reserved)
      forbid(fmt::format("opcode {} with RSV {}", opcode, reserved),
             frame_bytes({true, opcode, ""}, true, reserved));
    forbid(fmt::format("opcode {} without a mask", opcode), frame_bytes({true, opcode, "echo x"}, false));
  }
  for (const unsigned opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    for (const bool last : {false, true})
      for (const char* payload : {"", "x"})
        forbid(fmt::format("opcode {}", opcode), frame_bytes({last, opcode, payload}));
  for (const unsigned opcode : {closing, ping, pong}) {
    forbid(fmt::format("control {} in pieces", opcode), frame_bytes({false, opcode, ""}));
    for (const std::size_t size : {126, 127, 1000, 65'536})
      forbid(fmt::format("control {} of {} bytes", opcode, size),
             frame_bytes({true, opcode, std::string(size, 'x')}));
  }
  forbid("a piece of nothing", frame_bytes({false, more, "x"}));
  forbid("the last piece of nothing", frame_bytes({true, more, ""}));
  forbid("a text inside a text", frame_bytes({false, text, "echo "}) + echo("x"));
  forbid("bytes inside a text", frame_bytes({false, text, "echo "}) + frame_bytes({true, binary, "x"}));
  forbid("two bytes for a length of 5", std::string("\x81\xFE\x00\x05\x12\x34\x56\x78", 8) + "echo ");
  forbid("eight bytes for a length of 5",
         std::string("\x81\xFF\0\0\0\0\0\0\0\x05\x12\x34\x56\x78", 14) + "echo ");
  talk.check(cases);
}

TEST_CASE("frames: every sound text is taken and every broken one closes with 1007", "[net][frames]") {
  Talk talk;
  std::vector<Case> cases;
  for (const std::string& sound : sound_texts()) {
    cases.push_back({"sound " + sound, echo(sound), "text:" + sound});
    for (std::size_t at = 0; at <= sound.size(); ++at)
      cases.push_back({fmt::format("sound {}, cut at {}", sound, at),
                       parts({"echo " + sound.substr(0, at), sound.substr(at)}), "text:" + sound});
  }
  for (const std::string& broken : broken_texts()) {
    std::string name = "broken";
    for (const unsigned char byte : broken) name += fmt::format(" {:02X}", byte);
    cases.push_back({name, echo(broken), "close:1007"});
    cases.push_back({name + " in the middle", echo("a" + broken + "b"), "close:1007"});
    if (broken.size() == 1)
      continue;  // Beast lets an empty last piece pass; the parser of JSON refuses the text
    cases.push_back(
        {name + " in two pieces", parts({"echo " + broken.substr(0, 1), broken.substr(1)}), "close:1007"});
  }
  talk.check(cases);
}

TEST_CASE("frames: a close is answered by a close, a broken one by 1002", "[net][frames]") {
  Talk talk;
  std::vector<Case> cases;
  for (const unsigned code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    for (const std::string& reason : {std::string(), std::string("tot morgen"), std::string(123, 'x')})
      cases.push_back({fmt::format("close {} with {} bytes", code, reason.size()),
                       frame_bytes({true, closing, code_bytes(code) + reason}),
                       fmt::format("close:{}", code)});
  for (const unsigned code : {0, 1, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999})
    cases.push_back(
        {fmt::format("close {}", code), frame_bytes({true, closing, code_bytes(code)}), "close:1002"});
  cases.push_back({"half a code", frame_bytes({true, closing, "\x03"}), "close:1002"});
  cases.push_back(
      {"a broken reason", frame_bytes({true, closing, code_bytes(1000) + "\xC3\x28"}), "close:1002"});
  talk.check(cases);
}

TEST_CASE("frames: too much is refused before it is read", "[net][frames]") {
  Talk talk;
  std::string endless = frame_bytes({false, text, "echo "});
  for (int i = 0; i < 70; ++i) endless += frame_bytes({false, more, std::string(4096, 'x')});
  const std::string mask = "\x12\x34\x56\x78";
  talk.check({
      {"a gigabyte announced", std::string("\x81\xFF\0\0\0\0\x40\0\0\0", 10) + mask, "close:1009"},
      {"a negative length", std::string("\x81\xFF\x80\0\0\0\0\0\0\x05", 10) + mask, "close:1009"},
      {"63 bits of length", std::string("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10) + mask, "close:1009"},
      {"pieces without end", endless, "close:1009"},
      {"bytes that are no text", frame_bytes({true, binary, "x"}), "close:1003"},
  });
}

TEST_CASE("frames: an upgrade that is none is refused", "[net][frames]") {
  const TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  const auto status = [&](const std::string& first_line, const std::string& headers) {
    RawSocket socket(school.port());
    socket.send(first_line + "\r\nHost: localhost\r\nOrigin: http://localhost\r\n" + cookie +
                "Connection: " + headers + "\r\n\r\n");
    return socket.read_until("\r\n").substr(0, 10);
  };
  const std::string key = "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  const std::string version = "\r\nSec-WebSocket-Version: 13";
  const std::string upgrade = "Upgrade\r\nUpgrade: websocket";
  for (const auto& [line, headers] : std::vector<std::pair<std::string, std::string>>{
           {"GET /ws HTTP/1.1", "close"},
           {"GET /ws HTTP/1.0", upgrade + key + version},
           {"GET /ws HTTP/1.1", "Upgrade\r\nUpgrade: h2c" + key + version},
           {"POST /ws HTTP/1.1", upgrade + key + version},
           {"GET /ws HTTP/1.1", upgrade + version},
           {"GET /ws HTTP/1.1", upgrade + "\r\nSec-WebSocket-Key: short" + version},
           {"GET /ws HTTP/1.1", upgrade + key},
           {"GET /ws HTTP/1.1", upgrade + key + "\r\nSec-WebSocket-Version: 12"}}) {
    CAPTURE(line, headers);
    CHECK(status(line, headers) == "HTTP/1.1 4");
  }
}

}  // namespace trede::net
