// What an administrator's page says and hears: the own school's classes and people. Every request is answered with the
// school as it is then. Lives on its socket's loop; changes are written by the account service and brought to the
// running classes (membership.hpp).
#pragma once

#include "server/conversation/school.hpp"
#include "server/store/audit.hpp"

namespace trede::conversation {

class AdministratorConversation : public net::Conversation {
 public:
  AdministratorConversation(School& school, accounts::Account account, std::shared_ptr<net::Outbox> outbox);

  net::awaitable<void> receive(std::string text) override;
  void closed() override {}

  net::awaitable<void> handle(protocol::OpenSchool opened);
  net::awaitable<void> handle(protocol::AddClass added);
  net::awaitable<void> handle(protocol::ChangeClass changed);
  net::awaitable<void> handle(protocol::AddPupils added);
  net::awaitable<void> handle(protocol::AddStaff added);
  net::awaitable<void> handle(protocol::RenamePerson renamed);
  net::awaitable<void> handle(protocol::SetClasses set);
  net::awaitable<void> handle(protocol::SetChildren set);
  net::awaitable<void> handle(protocol::SetRole set);
  net::awaitable<void> handle(protocol::MakeSecrets asked);
  net::awaitable<void> handle(protocol::SignOutEverywhere asked);
  net::awaitable<void> handle(protocol::CloseAccount asked);
  net::awaitable<void> handle(protocol::RemoveSecondStep asked);
  net::awaitable<void> handle(protocol::UnlinkSchoolAccount asked);

 private:
  using Cards = std::vector<protocol::Card>;

  // Writes a change that makes something, and the audit of it.
  net::awaitable<Result<std::int64_t>> make(store::Change change, store::Deed deed);
  net::awaitable<Result<std::int64_t>> make_secrets(std::vector<accounts::Account> people, Cards* cards);
  net::awaitable<bool> has_school_year(std::string id);
  // The answer: the school as it is now, or why not.
  net::awaitable<void> answer(std::string request, Result<std::int64_t> done, Cards cards);
  net::awaitable<void> answer(std::string request, Result<std::int64_t> done);
  // Tells the shards of the pupil's classes first.
  net::awaitable<void> settle(std::string request, AccountId pupil, Result<std::int64_t> done);

  // The check of rights has found the account; accounts are closed, never taken out while the program runs.
  accounts::Account person(std::int64_t id) const;
  protocol::Card card_for(const accounts::Account& person, std::string secret) const;

  School& school_;
  accounts::Account account_;
  std::shared_ptr<net::Outbox> outbox_;
  protocol::Language language_ = protocol::Language::Nl;
};

}  // namespace trede::conversation
