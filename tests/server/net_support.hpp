// A whole server for tests: real files, a real journal, real sockets on a free port; only the clock is the
// test's. One thread.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "server/net/server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::net {

using testing::TemporaryFolder;

void write_file(const std::filesystem::path& file, std::string_view text);
std::string read_file(const std::filesystem::path& file);

// Password "geheim".
inline const std::pair<accounts::Role, std::string> staff_of_test_school[] = {
    {accounts::Role::Teacher, "juf"},        {accounts::Role::Author, "auteur"},
    {accounts::Role::Guardian, "ouder"},     {accounts::Role::Leader, "directie"},
    {accounts::Role::Coordinator, "talent"}, {accounts::Role::Administrator, "beheer"}};

// What the conversations of a TestSchool saw. Counted on the loops, read by the test.
struct Seen {
  std::atomic<int> opened{0};
  std::atomic<int> closed{0};
};

// Class ABC346: Noor and Zoë (PIN 1234), one of each staff role. "echo x" gives x, "flood" more than an outbox; "fail"
// throws.
class TestSchool {
 public:
  explicit TestSchool(std::chrono::milliseconds sweep = std::chrono::seconds(1));
  // With what the test wants otherwise in its server.
  explicit TestSchool(std::function<void(ServerConfig&)> adjust);
  ~TestSchool();

  void start();
  void stop();  // as the program does; start() again opens the same folder
  void stop_server_only() { server_->stop(); }
  Server& server() { return *server_; }

  // Into the database, without the people in memory hearing of it.
  void write_behind_its_back(store::Change change);

  std::uint16_t port() const { return server_->port(); }
  std::filesystem::path folder() const { return folder_.path(); }  // of the database
  std::filesystem::path web() const { return folder_.path() / "web"; }
  std::filesystem::path media() const { return folder_.path() / "media"; }
  std::filesystem::path videos() const { return folder_.path() / "videos"; }
  accounts::AccountService& accounts() { return *accounts_; }
  Executor loop() { return loops_->executor(0); }

  std::atomic<Milliseconds> now{1'800'000'000'000};
  Seen seen;

 private:
  void add_people();

  TemporaryFolder folder_;
  std::function<void(ServerConfig&)> adjust_;
  std::unique_ptr<Loops> loops_;
  std::unique_ptr<store::Journal> journal_;
  std::unique_ptr<accounts::AccountService> accounts_;
  std::unique_ptr<Server> server_;
};

struct Answer {
  unsigned status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// Sends the bytes on a connection of their own and reads until the server closes it.
std::string say(std::uint16_t port, const std::string& bytes, const char* address = "127.0.0.1");

// The same, and closes its own side after sending.
std::string say_and_hang_up(std::uint16_t port, const std::string& bytes);

// One request with Host: localhost and Connection: close; headers are whole lines with their line ends.
Answer ask(std::uint16_t port, const std::string& method, const std::string& target,
           const std::string& headers = "", const std::string& body = "");
Answer post(std::uint16_t port, const std::string& target, const std::string& body,
            const std::string& headers = "");

Answer sign_in(std::uint16_t port, const std::string& role, const std::string& name,
               const std::string& secret, const std::string& class_code = "");

// "Cookie: trede=…\r\n" of somebody who just signed in.
std::string cookie_line(const Answer& signed_in);
std::string cookie_of_pupil(std::uint16_t port);
std::string cookie_of_author(std::uint16_t port);

}  // namespace trede::net
