#include <boost/asio/use_future.hpp>

#include <thread>

#include "server/accounts/creation.hpp"
#include "server/limits.hpp"
#include "server/net/floods.hpp"
#include "tests/server/net_socket_client.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/raw_socket.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

TEST_CASE("net: a conversation needs a session and a page of ours", "[net]") {
  TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  const auto refused_with = [&](const std::string& cookies, const std::string& origin) {
    return SocketClient(school.port(), cookies, origin).refused_with();
  };
  CHECK(refused_with("", "http://localhost") == 401);
  CHECK(refused_with("Cookie: trede=x\r\n", "http://localhost") == 401);
  for (const char* origin :
       {"", "null", "http://evil.example", "http://localhost.evil.example", "http://evil.example/localhost",
        "http://evil-localhost", "http://localhost:81", "http://127.0.0.1"}) {
    CAPTURE(origin);
    CHECK(refused_with(cookie, origin) == 403);
  }
  CHECK(school.seen.opened == 0);
  CHECK(refused_with(cookie, "http://localhost") == 0);
}

TEST_CASE("net: texts are answered one after another", "[net]") {
  const TestSchool school;
  SocketClient client(school.port(), cookie_of_pupil(school.port()));
  for (int i = 0; i < 20; ++i) client.send("echo " + std::to_string(i));
  for (int i = 0; i < 20; ++i) CHECK(client.receive() == std::to_string(i));
}

TEST_CASE("net: a message beyond the bound of its role closes with 1009", "[net]") {
  const TestSchool school;
  const auto code_after = [&](const std::string& cookie, std::size_t bytes) {
    SocketClient client(school.port(), cookie);
    const std::string answer = client.echo(std::string(bytes - 5, 'x'));  // "echo " is five bytes more
    return answer.size() == bytes - 5 ? 0 : client.close_code();
  };
  const std::string pupil = cookie_of_pupil(school.port());
  const std::string author = cookie_of_author(school.port());
  CHECK(code_after(pupil, limits::pupil_message_bytes) == 0);
  CHECK(code_after(pupil, limits::pupil_message_bytes + 1) == 1009);
  CHECK(code_after(author, limits::message_bytes) == 0);
  CHECK(code_after(author, limits::message_bytes + 1) == 1009);
}

TEST_CASE("net: bytes that are no text close with 1003", "[net]") {
  const TestSchool school;
  SocketClient client(school.port(), cookie_of_pupil(school.port()));
  client.send_binary("echo 1");
  CHECK(client.close_code() == 1003);
}

TEST_CASE("net: a flood of messages closes with 1008 and leaves the others alone", "[net]") {
  const TestSchool school;
  SocketClient quiet(school.port(), cookie_of_author(school.port()));
  SocketClient flood(school.port(), cookie_of_pupil(school.port()));
  for (int i = 0; i < 2000; ++i) flood.send("nothing");
  CHECK(flood.close_code() == 1008);
  CHECK(quiet.echo("still here") == "still here");
}

TEST_CASE("net: who was closed for a flood does not come back at once, and nobody else waits", "[net]") {
  const TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  SocketClient flood(school.port(), cookie);
  for (int i = 0; i < 2000; ++i) flood.send("nothing");
  CHECK(flood.close_code() == 1008);
  CHECK(SocketClient(school.port(), cookie).refused_with() == 429);
  CHECK(SocketClient(school.port(), cookie_of_author(school.port())).refused_with() == 0);
}

TEST_CASE("net: a flood's pause ends", "[net]") {
  Floods floods;
  const Floods::Clock::time_point begin{std::chrono::hours(1)};
  floods.begin(AccountId{3}, begin);
  CHECK(floods.lasts(AccountId{3}, begin + limits::flood_pause - std::chrono::seconds(1)));
  CHECK_FALSE(floods.lasts(AccountId{3}, begin + limits::flood_pause));
  CHECK_FALSE(floods.lasts(AccountId{4}, begin));
  CHECK_FALSE(floods.lasts(AccountId{3 + 1024}, begin));  // the same slot
}

TEST_CASE("net: a reader that is too slow is closed with 1013 and the others go on", "[net]") {
  const TestSchool school;
  SocketClient quiet(school.port(), cookie_of_author(school.port()));
  SocketClient slow(school.port(), cookie_of_pupil(school.port()));
  slow.send("flood");
  CHECK(quiet.echo("still here") == "still here");
  CHECK(slow.close_code() == 1013);
}

TEST_CASE("net: a fault of ours closes one conversation with 1011", "[net]") {
  const TestSchool school;
  SocketClient other(school.port(), cookie_of_author(school.port()));
  SocketClient client(school.port(), cookie_of_pupil(school.port()));
  client.send("fail");
  CHECK(client.close_code() == 1011);
  CHECK(other.echo("still here") == "still here");
}

TEST_CASE("net: signing out closes the open conversation", "[net]") {
  const TestSchool school(std::chrono::milliseconds(5));
  const std::string cookie = cookie_of_pupil(school.port());
  SocketClient client(school.port(), cookie);
  CHECK(client.echo("here") == "here");
  CHECK(post(school.port(), "/api/sign-out", "{}", cookie).status == 200);
  CHECK(client.close_code() == 4401);
}

TEST_CASE("net: who comes into another class hears nothing more of what was open", "[net]") {
  TestSchool school(std::chrono::milliseconds(5));
  SocketClient client(school.port(), cookie_line(sign_in(school.port(), "teacher", "juf", "geheim")));
  CHECK(client.echo("here") == "here");
  const auto people = school.accounts().directory();
  const auto change = accounts::enrol(people->class_with_code("ABC346")->id,
                                      people->staff(accounts::Role::Teacher, "juf")->id);
  auto changed = school.accounts().change(change);
  const auto written =
      boost::asio::co_spawn(school.loop(), std::move(changed), boost::asio::use_future).get();
  REQUIRE(written.has_value());
  CHECK(client.close_code() == 4403);
}

TEST_CASE("net: a silent peer is asked, and cut when it does not answer", "[net]") {
  TestSchool school(std::chrono::milliseconds(5));
  SocketClient client(school.port(), cookie_of_pupil(school.port()));
  while (school.seen.closed == 0) std::this_thread::yield();  // it answers no ping, because it does not read
  CHECK(client.close_code() == 1006);
}

TEST_CASE("net: a server that stops says so to everybody", "[net]") {
  TestSchool school;
  SocketClient pupil(school.port(), cookie_of_pupil(school.port()));
  SocketClient author(school.port(), cookie_of_author(school.port()));
  CHECK(pupil.echo("here") == "here");
  CHECK(author.echo("here") == "here");
  std::thread owner([&] { school.stop_server_only(); });
  CHECK(pupil.close_code() == 1001);
  CHECK(author.close_code() == 1001);
  owner.join();
  CHECK(school.seen.closed == 2);
}

TEST_CASE("net: a peer that ignores the close does not hold up the stop", "[net]") {
  TestSchool school(std::chrono::milliseconds(5));
  SocketClient deaf(school.port(), cookie_of_pupil(school.port()));
  CHECK(deaf.echo("here") == "here");
  school.stop_server_only();
  CHECK(school.seen.closed == 1);
}

TEST_CASE("net: every conversation that was opened is closed once", "[net]") {
  TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  for (int i = 0; i < 10; ++i) {
    SocketClient client(school.port(), cookie);
    CHECK(client.echo("here") == "here");
  }
  school.stop_server_only();
  CHECK(school.seen.opened == 10);
  CHECK(school.seen.closed == 10);
}

TEST_CASE("net: a last word and a close in one breath end the conversation too", "[net][hostile]") {
  std::string open_sockets;
  const TestSchool school([](ServerConfig& config) {
    config.metrics = [](const NetFigures& figures) { return std::to_string(figures.websockets.value()); };
  });
  const std::string cookie = cookie_of_pupil(school.port());
  {
    RawSocket client(school.port());
    CHECK(upgrade(client, cookie).find(" 101 ") != std::string::npos);
    const Frame no_text{true, 2, "x"}, close{true, 8, "\x03\xe8"};
    client.send(frame_bytes(no_text) + frame_bytes(close));
    CHECK(client.close_code() == 1003);
  }
  for (int i = 0; i < 500 && open_sockets != "0"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    open_sockets = ask(school.port(), "GET", "/metrics").body;
  }
  CHECK(open_sockets == "0");
}

TEST_CASE("net: who leaves gives the place back, so that an address never runs out of them", "[net]") {
  const TestSchool school;
  const std::string cookie = cookie_of_pupil(school.port());
  int refused = 0;
  for (std::size_t i = 0; i <= limits::connections_per_address; ++i) {
    SocketClient client(school.port(), cookie);
    if (i % 2 == 0) client.send("echo here");  // some say something, some nothing
    if (client.refused_with() != 0) ++refused;
  }
  CHECK(refused == 0);
}

}  // namespace
}  // namespace trede::net
