#include "tests/server/net_support.hpp"

#include <stdlib.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <fstream>
#include <sstream>

#include "server/accounts/creation.hpp"
#include "server/accounts/secret.hpp"
#include "server/accounts/server_key.hpp"
#include "server/limits.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using accounts::Role;

class TestConversation : public Conversation {
 public:
  TestConversation(Seen& seen, std::shared_ptr<Outbox> outbox) : seen_(seen), outbox_(std::move(outbox)) {
    ++seen_.opened;
  }

  awaitable<void> receive(std::string text) override {
    if (text == "fail") throw std::runtime_error("as the test wants");
    if (text == "flood") flood();
    if (text.starts_with("echo ")) outbox_->send(std::make_shared<const std::string>(text.substr(5)));
    co_return;
  }
  void closed() override { ++seen_.closed; }

 private:
  void flood() {
    const auto frame = std::make_shared<const std::string>(1000, 'x');
    for (std::size_t i = 0; i < limits::outbox_frames + 10; ++i) outbox_->send(frame);
  }

  Seen& seen_;
  std::shared_ptr<Outbox> outbox_;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Without Catch's macros, which are not for several threads: what is no answer has the status 0.
Answer answer_in(const std::string& bytes) {
  Answer answer;
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return answer;
  std::istringstream head(bytes.substr(0, end + 2));
  std::string line;
  std::getline(head, line);
  answer.status = static_cast<unsigned>(std::stoi(line.substr(9, 3)));
  while (std::getline(head, line)) {
    const std::size_t colon = line.find(": ");
    answer.headers[lower(line.substr(0, colon))] = line.substr(colon + 2, line.size() - colon - 3);
  }
  answer.body = bytes.substr(end + 4);
  return answer;
}

std::string send_and_read(std::uint16_t port, const std::string& bytes, const char* address, bool hang_up) {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::make_address(address), port});
  boost::system::error_code failure;
  asio::write(socket, asio::buffer(bytes), failure);  // the server may close before it has read all
  if (hang_up) socket.shutdown(asio::ip::tcp::socket::shutdown_send, failure);
  std::string answer;
  asio::read(socket, asio::dynamic_buffer(answer), failure);
  return answer;
}

template <class T>
T must(Result<T> result) {
  if (result.has_error()) FAIL(result.error().detail);
  return std::move(*result);
}

}  // namespace

void write_file(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TestSchool::TestSchool(std::chrono::milliseconds sweep)
    : TestSchool([sweep](ServerConfig& config) { config.sweep = sweep; }) {}

TestSchool::TestSchool(std::function<void(ServerConfig&)> adjust) : adjust_(std::move(adjust)) {
  for (const fs::path& folder : {web(), media(), videos()}) fs::create_directories(folder);
  start();
}

TestSchool::~TestSchool() {
  stop();
}

void TestSchool::start() {
  loops_ = std::make_unique<Loops>(2);
  journal_ = must(store::Journal::open(folder_.path() / "school.db"));
  add_people();
  accounts_ =
      must(accounts::AccountService::open(*journal_, loops_->executor(0), [this] { return now.load(); }));
  ServerConfig config;
  config.port = 0;
  config.web = web();
  config.media = media();
  config.more_media = {videos()};
  adjust_(config);
  server_ = must(Server::open(*loops_, config, *accounts_,
                              [this](const accounts::Account&, std::shared_ptr<Outbox> outbox) {
                                return std::make_unique<TestConversation>(seen, std::move(outbox));
                              }));
  loops_->start();
}

void TestSchool::stop() {
  if (!server_) return;
  server_.reset();
  loops_->finish();
  accounts_.reset();
  journal_.reset();
  loops_.reset();
}

void TestSchool::write_behind_its_back(store::Change change) {
  must(journal_->write_and_wait(std::move(change)));
}

void TestSchool::add_people() {
  const auto key = must(accounts::ServerKey::open(accounts::key_file(journal_->file()), false));
  const std::string pin = key.seal_pin("1234");
  static const std::string password = accounts::hash_secret("geheim");
  const auto school = journal_->write_and_wait(accounts::create_school("De Trap"));
  const auto made =
      journal_->write_and_wait(accounts::create_class({SchoolId{*school}, "Groep 7", "groep7", "ABC346"}));
  if (made.has_error()) return;  // started again: they are there
  for (const char* name : {"Noor", "Zoë"})
    must(journal_->write_and_wait(
        accounts::create_pupil({SchoolId{*school}, Role::Pupil, name, pin}, ClassId{*made})));
  for (const auto& [role, name] : staff_of_test_school)
    must(journal_->write_and_wait(accounts::create_account({SchoolId{*school}, role, name, password})));
}

std::string say(std::uint16_t port, const std::string& bytes, const char* address) {
  return send_and_read(port, bytes, address, false);
}

std::string say_and_hang_up(std::uint16_t port, const std::string& bytes) {
  return send_and_read(port, bytes, "127.0.0.1", true);
}

Answer ask(std::uint16_t port, const std::string& method, const std::string& target,
           const std::string& headers, const std::string& body) {
  const std::string length = body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return answer_in(say(port, method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                                 headers + length + "\r\n" + body));
}

Answer post(std::uint16_t port, const std::string& target, const std::string& body,
            const std::string& headers) {
  return ask(port, "POST", target, "X-Trede: 1\r\n" + headers, body);
}

Answer sign_in(std::uint16_t port, const std::string& role, const std::string& name,
               const std::string& secret, const std::string& class_code) {
  return post(port, "/api/sign-in",
              R"({"role":")" + role + R"(","class_code":")" + class_code + R"(","name":")" + name +
                  R"(","secret":")" + secret + R"("})");
}

std::string cookie_line(const Answer& signed_in) {
  REQUIRE(signed_in.status == 200);
  const std::string& cookie = signed_in.headers.at("set-cookie");
  return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
}

std::string cookie_of_pupil(std::uint16_t port) {
  return cookie_line(sign_in(port, "pupil", "Noor", "1234", "ABC346"));
}
std::string cookie_of_author(std::uint16_t port) {
  return cookie_line(sign_in(port, "author", "auteur", "geheim"));
}

}  // namespace trede::net
