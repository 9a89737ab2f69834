#include "server/protocol/codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>

#include "server/protocol/messages.hpp"
#include "server/protocol/typescript.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

namespace trede::protocol {
namespace {

std::string problem_of(const std::string& text) {
  const auto json = parse_json(text);
  if (json.has_error()) return json.error().detail;
  const auto read = dispatch<PupilMessages>(*json, [](auto) {});
  return read.has_error() ? read.error().detail : "";
}

std::string type_read(const std::string& text) {
  std::string type;
  (void)dispatch<PupilMessages>(*parse_json(text), [&](auto message) { type = decltype(message)::tag; });
  return type;
}

// JSON that no browser writes.
std::vector<std::string> strange_texts() {
  std::vector<std::string> texts = {

      "NaN",
      "Infinity",
      "01",
      "+1",
      ".5",
      "1.",
      "0x10",
      R"("\ud800")",
      R"("\udc00")",
      R"("\ud800\ud800")",
      R"("\x41")",
      "'a'",
      "[1,]",
      "{\"a\":1,}",
      "{a:1}",
      "[1 2]",
      "/**/1",
      "1 1",
      "",
      " ",
      "\"\n\"",
      "\"\x80\"",
      "\"\xED\xA0\x80\"",
      "\xEF\xBB\xBF{}"};
  for (const std::size_t depth : {17, 1000, 100'000}) {
    texts.push_back(std::string(depth, '['));
    texts.push_back(std::string(depth, '[') + std::string(depth, ']'));
  }
  std::string nested;
  for (int i = 0; i < 40'000; ++i) nested += "{\"a\":";
  texts.push_back(nested);
  return texts;
}

}  // namespace

TEST_CASE("protocol: a message that is written is read back the same") {
  SubmitAnswer message{"r1", 7, "1:exercise:x:00ff", {"3/4", std::nullopt}, 1234};
  SubmitAnswer read;
  const auto outcome = dispatch<PupilMessages>(*parse_json(encode(message)), [&](auto each) {
    if constexpr (std::is_same_v<decltype(each), SubmitAnswer>) read = each;
  });
  REQUIRE(outcome.has_value());
  CHECK(read.request == message.request);
  CHECK(read.number == message.number);
  CHECK(read.answer.text == message.answer.text);
  CHECK_FALSE(read.answer.chosen.has_value());
  CHECK(encode(read) == encode(message));
}

TEST_CASE("protocol: the type picks the struct, and only from the list of the role") {
  CHECK(type_read(R"({"type":"take-hint","request":"a","number":1})") == "take-hint");
  CHECK(problem_of(R"({"type":"watch-class","request":"a","language":"nl","class_id":1})") ==
        "type: no such message for you");
  CHECK(problem_of(R"({"type":"take_hint","request":"a","number":1})") == "type: no such message for you");
}

TEST_CASE("protocol: what cannot be read is refused with the path of the fault") {
  const auto check_problem = [](const std::string& text, const std::string& problem) {
    INFO(text);
    CHECK(problem_of(text) == problem);
  };
  check_problem("[]", "type: is missing");
  check_problem(R"({"type":5})", "type: is missing");
  check_problem(R"({"type":"take-hint","request":"a"})", "number: is missing");
  check_problem(R"({"type":"take-hint","request":"a","number":"1"})", "number: a whole number is needed");
  check_problem(R"({"type":"take-hint","request":"a","number":1.5})", "number: a whole number is needed");
  check_problem(R"({"type":"take-hint","request":"a","number":9007199254740993})",
                "number: the number is too large");
  check_problem(R"({"type":"take-hint","request":"a","number":1,"key":1})", "key: is not known here");
  check_problem(
      R"({"type":"submit-answer","request":"a","number":1,"step":"s","answer":{"chosen":[0,"1"]},"elapsed_ms":1})",
      "answer.chosen[1]: a whole number is needed");
  check_problem(
      R"({"type":"submit-answer","request":"a","number":1,"step":"s","answer":{"right":true},"elapsed_ms":1})",
      "answer.right: is not known here");
  check_problem(R"({"type":"pupil-hello","request":"a","language":"de","last_number":0})",
                "language: not one of the known words");
  check_problem(R"({"type":"report-video","request":"a","video":"v","position_s":"1","watched":0})",
                "position_s: a number is needed");
}

TEST_CASE("protocol: numbers that JSON cannot hold, broken text and endless depth are refused") {
  for (const std::string text :
       {"", "{", "nul", "{\"a\":NaN}", "{\"a\":\"\\ud800\"}", "{\"a\":1}x", "\xff"}) {
    INFO(text);
    CHECK(parse_json(text).has_error());
  }
  CHECK(problem_of(R"({"type":"report-video","request":"a","video":"v","position_s":1e999,"watched":0})") !=
        "");
  CHECK(parse_json(std::string(100'000, '[')).has_error());
  CHECK(parse_json(std::string(300 * 1024, ' ')).error().code == ErrorCode::TooLarge);
}

TEST_CASE("protocol: a member that comes twice is refused, however it is written") {
  for (const char* text : {R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"([{"x":{"b":1,"c":2,"b":3}}])",
                           R"({"type":"take-hint","request":"a","number":1,"type":"sign-out"})"}) {
    CAPTURE(text);
    CHECK(problem_of(text) == "not JSON: a member comes twice");
  }
  for (const char* text : {R"({"a:b":":","c":"\":{"})", R"([{"a":1},{"a":1}])", R"("a:b")", "{}"}) {
    CAPTURE(text);
    CHECK(parse_json(text).has_value());
  }
}

TEST_CASE("protocol: JSON that no browser writes is refused") {
  for (const std::string& text : strange_texts()) {
    CAPTURE(text.substr(0, 40));
    CHECK(parse_json(text).has_error());
  }
}

TEST_CASE("protocol: strange JSON is refused in no time", "[timing][.slow]") {
  double longest = 0;
  for (const std::string& text : strange_texts()) {
    double shortest = 1e9;  // of some tries: what else the machine does is not ours
    for (int i = 0; i < 9; ++i) {
      const auto began = std::chrono::steady_clock::now();
      CHECK(parse_json(text).has_error());
      const auto took = std::chrono::steady_clock::now() - began;
      shortest = std::min(shortest, std::chrono::duration<double, std::milli>(took).count());
    }
    longest = std::max(longest, shortest);
  }
  testing::figure("reliability", "26: strange JSON is refused within, in milliseconds", "1", longest);
}

TEST_CASE("protocol: a number is written as the shortest text that is read back as this very number") {
  const auto check = [](double number) {
    std::array<char, 32> shortest;
    const auto end = std::to_chars(shortest.data(), shortest.data() + shortest.size(), number + 0.0).ptr;
    if (encode_plain(number) != std::string(shortest.data(), end)) FAIL(number);
  };
  for (std::int64_t parts = 0; parts < 1'200'000'000; parts += 1 + parts / 500) {
    const double number = static_cast<double>(parts) / 1e4;  // four decimals, which have a way of their own
    for (const double each :
         {number, std::nextafter(number, 1e9), std::nextafter(number, -1.0), number / 7}) {
      check(each);
      check(-each);
    }
  }
  for (const double number : {5e-324, 1e-4, 9e-4, 0.1 + 0.2, 99999.9999, 1e5, 123456.7, 1e15, 1e300})
    check(number);
  CHECK(encode_plain(0.5) == "0.5");
  CHECK(encode_plain(-12.0625) == "-12.0625");
  CHECK(encode_plain(300.0) == "300");
  CHECK(encode_plain(-0.0) == "0");  // has no sign when it is read back
}

TEST_CASE("protocol: an empty optional is left out, and null reads as one") {
  const Answer answer{std::nullopt, std::vector<int>{2, 0}};
  CHECK(encode_plain(answer) == R"({"chosen":[2,0]})");
  const auto read = decode<Answer>(R"({"text":null,"chosen":[1]})");
  REQUIRE(read.has_value());
  CHECK_FALSE(read->text.has_value());
  CHECK(read->chosen == std::vector<int>{1});
}

TEST_CASE("protocol: the request of an unreadable message finds its way back, unless it is absurd") {
  CHECK(request_of(*parse_json(R"({"type":"x","request":"abc"})")) == "abc");
  CHECK(request_of(*parse_json(R"({"type":"x","request":5})")) == "");
  CHECK(request_of(*parse_json("[1]")) == "");
  CHECK(request_of(*parse_json("{\"request\":\"" + std::string(65, 'a') + "\"}")) == "");
}

TEST_CASE("protocol: the browser's types are those of the structs (else run ./dev protocol)") {
  std::ifstream file(std::string(TREDE_SOURCE_DIR) + "/web/src/protocol.ts");
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  CHECK(committed == typescript());
}

}  // namespace trede::protocol
