// What a teacher's page says and hears: one class at a time, live. Lives on its socket's loop; the class lives on its
// own.
#pragma once

#include "server/conversation/school.hpp"

namespace trede::conversation {

class TeacherConversation : public net::Conversation {
 public:
  TeacherConversation(School& school, accounts::Account account, std::shared_ptr<net::Outbox> outbox);

  net::awaitable<void> receive(std::string text) override;
  void closed() override;

  net::awaitable<void> handle(protocol::WatchClass watched);
  net::awaitable<void> handle(protocol::OpenPupil opened);
  net::awaitable<void> handle(protocol::PlanLesson planned);
  net::awaitable<void> handle(protocol::CancelLesson cancelled);
  net::awaitable<void> handle(protocol::WatchLesson watched);
  net::awaitable<void> handle(protocol::AcknowledgeAlert acknowledged);
  net::awaitable<void> handle(protocol::ProposeGroups asked);
  net::awaitable<void> handle(protocol::ProposePlan asked);
  net::awaitable<void> handle(protocol::SaveGroups groups);
  net::awaitable<void> handle(protocol::OpenSteering opened);
  net::awaitable<void> handle(protocol::SetSteering set);
  net::awaitable<void> handle(protocol::OpenSteeringPast opened);
  net::awaitable<void> handle(protocol::OpenSuspects opened);
  net::awaitable<void> handle(protocol::OpenSignIn opened);
  net::awaitable<void> handle(protocol::SetSignIn set);

 private:
  // Where the class on the page lives; null when none is, or no longer this teacher's.
  practice::Shard* watched_shard() const;
  classroom::Watcher watcher(std::int64_t lesson) const;
  void stop_watching();

  School& school_;
  accounts::Account account_;
  std::shared_ptr<net::Outbox> outbox_;
  protocol::Language language_ = protocol::Language::Nl;
  ClassId watched_;  // 0 = none yet
};

}  // namespace trede::conversation
