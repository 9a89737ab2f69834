#include "server/limits.hpp"
#include "server/store/bank_store.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

const std::string webm = std::string("\x1A\x45\xDF\xA3", 4) + std::string(200'000, 'v');

std::string some_video() {
  std::string bytes;
  for (int i = 0; bytes.size() < 300'000; ++i) bytes += std::to_string(i) + ' ';
  return bytes;
}

TEST_CASE("net: a video is given in the ranges a browser asks for", "[net]") {
  const TestSchool school;
  const std::string video = some_video();
  write_file(school.videos() / "breuken/breuken.webm", video);
  const std::string target = "/media/breuken/breuken.webm";

  const Answer whole = ask(school.port(), "GET", target);
  CHECK(whole.status == 200);
  CHECK(whole.headers.at("content-type") == "video/webm");
  CHECK(whole.headers.at("accept-ranges") == "bytes");
  CHECK(whole.body == video);

  const auto check_part = [&](const std::string& range, std::size_t first, std::size_t length) {
    CAPTURE(range);
    const Answer part = ask(school.port(), "GET", target, "Range: " + range + "\r\n");
    CHECK(part.status == 206);
    CHECK(part.body == video.substr(first, length));
    CHECK(part.headers.at("content-range") == "bytes " + std::to_string(first) + '-' +
                                                  std::to_string(first + length - 1) + '/' +
                                                  std::to_string(video.size()));
  };
  check_part("bytes=0-1", 0, 2);
  check_part("bytes=1000-200999", 1000, 200'000);
  check_part("bytes=299000-", 299'000, video.size() - 299'000);
  check_part("bytes=-500", video.size() - 500, 500);

  const Answer beyond = ask(school.port(), "GET", target, "Range: bytes=9000000-\r\n");
  CHECK(beyond.status == 416);
  CHECK(beyond.headers.at("content-range") == "bytes */" + std::to_string(video.size()));
  CHECK(ask(school.port(), "GET", target, "Range: bytes=x-y\r\n").status == 200);
}

TEST_CASE("net: a range of a file that changed gives the whole new file", "[net]") {
  const TestSchool school;
  write_file(school.videos() / "a.mp4", "0123456789");
  const std::string etag = ask(school.port(), "GET", "/media/a.mp4").headers.at("etag");
  CHECK(ask(school.port(), "GET", "/media/a.mp4", "Range: bytes=2-3\r\nIf-Range: " + etag + "\r\n").body ==
        "23");
  write_file(school.videos() / "a.mp4", "another text");
  CHECK(ask(school.port(), "GET", "/media/a.mp4", "Range: bytes=2-3\r\nIf-Range: " + etag + "\r\n").body ==
        "another text");
}

TEST_CASE("net: only videos, captions and pictures leave the media folders", "[net]") {
  const TestSchool school;
  write_file(school.videos() / "items/secret.json", "the key");
  write_file(school.media() / "captions.vtt", "WEBVTT");
  CHECK(ask(school.port(), "GET", "/media/items/secret.json").status == 404);
  CHECK(ask(school.port(), "GET", "/media/captions.vtt").headers.at("content-type") ==
        "text/vtt; charset=utf-8");
  CHECK(ask(school.port(), "GET", "/media/").status == 404);
}

TEST_CASE("net: an author uploads a video and everybody can watch it", "[net]") {
  const TestSchool school;
  const std::string author = cookie_of_author(school.port());
  const Answer stored = post(school.port(), "/api/media", webm, author);
  REQUIRE(stored.status == 200);
  const std::string name = store::content_hash(webm) + ".webm";
  CHECK(stored.body == R"({"file":")" + name + R"(","mime":"video/webm"})");
  CHECK(read_file(school.media() / name) == webm);
  CHECK(ask(school.port(), "GET", "/media/" + name, "Range: bytes=4-7\r\n").body == "vvvv");

  CHECK(post(school.port(), "/api/media", webm, author).status == 200);  // once more: the same file
  CHECK(std::distance(std::filesystem::directory_iterator(school.media()), {}) == 1);
}

TEST_CASE("net: an upload is judged by its content", "[net]") {
  const TestSchool school;
  const std::string author = cookie_of_author(school.port());
  const auto type_of = [&](const std::string& bytes) {
    const Answer answer = post(school.port(), "/api/media", bytes, author + "Content-Type: video/mp4\r\n");
    return answer.status == 200 ? answer.body.substr(answer.body.find("mime"))
                                : std::to_string(answer.status);
  };
  CHECK(type_of(std::string("\0\0\0\x18", 4) + "ftypmp42") == R"(mime":"video/mp4"})");
  CHECK(type_of("\x89PNG\r\n\x1A\n...") == R"(mime":"image/png"})");
  CHECK(type_of("WEBVTT\n\n") == R"(mime":"text/vtt"})");
  CHECK(type_of("<script>alert(1)</script>") == "400");
  CHECK(type_of("MZ") == "400");
  CHECK(post(school.port(), "/api/media", "", author + "Content-Length: 0\r\n").status == 400);
}

TEST_CASE("net: a refused or broken upload leaves nothing behind", "[net]") {
  const TestSchool school;
  const std::string author = cookie_of_author(school.port());
  CHECK(post(school.port(), "/api/media", "nothing we know", author).status == 400);
  const std::string head = "POST /api/media HTTP/1.1\r\nHost: localhost\r\nX-Trede: 1\r\n" + author +
                           "Content-Length: 5000\r\n\r\n";
  say_and_hang_up(school.port(), head + webm.substr(0, 4000));
  CHECK(post(school.port(), "/api/media", webm, cookie_of_pupil(school.port())).status == 404);
  CHECK(post(school.port(), "/api/media", webm).status == 401);
  CHECK(std::filesystem::is_empty(school.media()));
}

TEST_CASE("net: a file beyond the bound is refused before it is sent", "[net]") {
  const TestSchool school;
  const std::string head =
      "POST /api/media HTTP/1.1\r\nHost: localhost\r\nX-Trede: 1\r\nConnection: close\r\nExpect: "
      "100-continue\r\n";
  const std::string author = cookie_of_author(school.port());
  const std::string length = "Content-Length: " + std::to_string(limits::media_bytes + 1) + "\r\n\r\n";
  CHECK(say_and_hang_up(school.port(), head + author + length).starts_with("HTTP/1.1 413"));
}

TEST_CASE("net: a client that asks first is invited to send", "[net]") {
  const TestSchool school;
  const std::string author = cookie_of_author(school.port());
  const std::string answer = say(school.port(),
                                 "POST /api/media HTTP/1.1\r\nHost: localhost\r\nX-Trede: 1\r\nConnection: "
                                 "close\r\nExpect: 100-continue\r\n" +
                                     author + "Content-Length: 6\r\n\r\nWEBVTT");
  CHECK(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
}

TEST_CASE("net: what a killed program left of an upload is removed at the start", "[net]") {
  TestSchool school;
  school.stop();
  write_file(school.media() / ".upload-abcdef", "half");
  write_file(school.media() / "whole.png", "whole");
  school.start();
  CHECK_FALSE(std::filesystem::exists(school.media() / ".upload-abcdef"));
  CHECK(std::filesystem::exists(school.media() / "whole.png"));
}

}  // namespace
}  // namespace trede::net
