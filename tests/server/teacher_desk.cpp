#include "tests/server/teacher_desk.hpp"

#include "server/conversation/audited.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

net::awaitable<std::int64_t> said(net::Conversation& conversation, std::string text) {
  co_await conversation.receive(std::move(text));
  co_return 0;
}

}  // namespace

class TeacherDesk::Ear : public net::Outbox {
 public:
  explicit Ear(net::Executor loop) : loop_(loop) {}

  void send(std::shared_ptr<const std::string> frame) override {
    auto message = boost::json::parse(*frame).as_object();
    const auto* request = message.if_contains("request");
    if (request && !request->as_string().empty()) reply = std::move(message);  // the others are pushes
  }
  void close(net::CloseReason) override {}
  net::Executor loop() const override { return loop_; }

  boost::json::object reply;

 private:
  net::Executor loop_;
};

TeacherDesk::TeacherDesk(PracticeSchool& school)
    : school_(school), ear_(std::make_shared<Ear>(school.shard().loop())) {
  auto& running = school.running().school();
  const auto* account = running.accounts.directory()->account(school.teacher);
  REQUIRE(account != nullptr);
  conversation_ = conversation::open_audited(running, school.running().journal(), *account, ear_);
  REQUIRE(outcome(protocol::WatchClass{"watch", content::Language::Nl, 0}) == "class-shown");
}

TeacherDesk::~TeacherDesk() = default;

boost::json::object TeacherDesk::hear(std::string text) {
  school_.run(said(*conversation_, std::move(text)));
  return ear_->reply;
}

}  // namespace trede::practice
