// What a pupil's page says and hears. Lives on its socket's loop; the work happens on the loop of the pupil's
// class.
#pragma once

#include "server/conversation/school.hpp"

namespace trede::conversation {

class PupilConversation : public net::Conversation {
 public:
  // home: the pupil's first class.
  PupilConversation(School& school, accounts::Account account, accounts::Class home,
                    std::shared_ptr<net::Outbox> outbox);

  net::awaitable<void> receive(std::string text) override;
  void closed() override;

  net::awaitable<void> handle(protocol::PupilHello hello);
  net::awaitable<void> handle(protocol::SubmitAnswer submitted);
  net::awaitable<void> handle(protocol::FinishVideo finished);
  net::awaitable<void> handle(protocol::TakeHint taken);
  net::awaitable<void> handle(protocol::ReportVideo report);
  net::awaitable<void> handle(protocol::AskQuestion question);
  net::awaitable<void> handle(protocol::SkipPlacement skipped);
  net::awaitable<void> handle(protocol::ChooseLevel chosen);
  net::awaitable<void> handle(protocol::PutAside wish);
  net::awaitable<void> handle(protocol::ReportItem report);
  net::awaitable<void> handle(protocol::OpenStandings opened);
  net::awaitable<void> handle(protocol::OpenVideo opened);

 private:
  void attach();
  std::string step_named(const std::string& id, std::optional<std::int64_t> number = {}) const;
  template <class Message>
  void reply_step(const std::string& request, Result<Message> result);

  School& school_;
  accounts::Account account_;
  accounts::Class home_;
  practice::Shard& shard_;
  std::shared_ptr<net::Outbox> outbox_;
  protocol::Language language_ = protocol::Language::Nl;
};

}  // namespace trede::conversation
