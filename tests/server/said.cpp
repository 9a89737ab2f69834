#include "tests/server/said.hpp"

#include "server/conversation/audited.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

class Ear : public net::Outbox {
 public:
  explicit Ear(net::Executor loop) : loop_(loop) {}
  void send(std::shared_ptr<const std::string> frame) override {
    const auto message = boost::json::parse(*frame).as_object();
    if (const auto* request = message.if_contains("request"); request && *request == "r") reply = *frame;
  }
  void close(net::CloseReason) override {}
  net::Executor loop() const override { return loop_; }

  std::string reply;

 private:
  net::Executor loop_;
};

net::awaitable<bool> hear(net::Conversation& conversation, std::string text) {
  co_await conversation.receive(std::move(text));
  co_return true;
}

}  // namespace

std::string reply_to(PracticeSchool& school, AccountId account, std::string message) {
  auto& running = school.running().school();
  const auto ear = std::make_shared<Ear>(school.shard().loop());
  const auto* known = running.accounts.directory()->account(account);
  REQUIRE(known != nullptr);
  const auto conversation = conversation::open_audited(running, school.running().journal(), *known, ear);
  school.run(hear(*conversation, std::move(message)));
  conversation->closed();
  return ear->reply;
}

}  // namespace trede::practice
