#include "server/conversation/audited.hpp"

#include "server/conversation/replies.hpp"

namespace trede::conversation {
namespace {

using store::Deed;

// Who says the message, and the people as they are.
struct Speaker {
  const accounts::Directory& people;
  const accounts::Account& account;
};

// What the deed is called when it is about one pupil, and when about the class.
struct Deeds {
  Deed of_pupil = Deed::PupilSeen;
  Deed of_class = Deed::ClassSeen;
};

// A message that is not named here shows something.
template <class Message>
Deeds deeds_of(const Message&) {
  return {};
}
Deeds deeds_of(const protocol::SetSteering&) {
  return {Deed::PupilSteered, Deed::ClassSteered};
}
Deeds deeds_of(const protocol::AcknowledgeAlert&) {
  return {Deed::AlertAcknowledged, Deed::ClassSeen};
}
Deeds deeds_of(const protocol::PlanLesson&) {
  return {Deed::PupilSeen, Deed::LessonPlanned};
}
Deeds deeds_of(const protocol::SaveGroups&) {
  return {Deed::PupilSeen, Deed::GroupsSaved};
}
Deeds deeds_of(const protocol::SetSignIn&) {
  return {Deed::PupilSeen, Deed::ClassSignInSet};
}
Deeds deeds_of(const protocol::ChangeClass&) {
  return {Deed::PupilSeen, Deed::ClassChanged};
}

// WatchClass: 0 stands for the teacher's first class.
ClassId class_meant(const Speaker& speaker, std::int64_t class_id) {
  if (class_id != 0) return ClassId{class_id};
  const auto classes = speaker.people.classes_of(speaker.account.id);
  return classes.empty() ? ClassId{} : classes.front()->id;
}

template <class Message>
Notes notes_on(const Speaker& speaker, const Message& message) {
  const Deeds deeds = deeds_of(message);
  if constexpr (requires { message.pupil; })
    if (message.pupil != 0) return {{deeds.of_pupil, message.pupil}};
  if constexpr (requires { message.class_id; })
    if (const ClassId id = class_meant(speaker, message.class_id); id.value != 0)
      return {{deeds.of_class, id.value}};
  if constexpr (requires { message.person; }) return {{Deed::AccountChanged, message.person}};
  return {};
}

Notes notes_on(const Speaker&, const protocol::SetChildren& set) {
  Notes notes{{Deed::AccountChanged, set.person}};
  for (const std::int64_t child : set.children) notes.push_back({Deed::AccountChanged, child});
  return notes;
}
Notes notes_on(const Speaker&, const protocol::MakeSecrets& asked) {
  Notes notes;
  for (const std::int64_t person : asked.people) notes.push_back({Deed::SecretMade, person});
  return notes;
}
Notes notes_on(const Speaker&, const protocol::SignOutEverywhere& asked) {
  return {{Deed::SignedOutEverywhere, asked.person}};
}
Notes notes_on(const Speaker&, const protocol::CloseAccount& asked) {
  return {{asked.closed ? Deed::AccountClosed : Deed::AccountOpened, asked.person}};
}
Notes notes_on(const Speaker&, const protocol::RemoveSecondStep& asked) {
  return {{Deed::SecondStepRemoved, asked.person}};
}
Notes notes_on(const Speaker&, const protocol::UnlinkSchoolAccount& asked) {
  return {{Deed::AccountUnlinked, asked.person}};
}
Notes notes_on(const Speaker& speaker, const protocol::OpenSchool&) {
  return {{Deed::SchoolSeen, speaker.account.school.value}};
}
Notes notes_on(const Speaker& speaker, const protocol::OpenTotals&) {
  return {{Deed::SchoolTotalsSeen, speaker.account.school.value}};
}
Notes notes_on(const Speaker& speaker, const protocol::OpenTalents&) {
  return {{Deed::SchoolTalentsSeen, speaker.account.school.value}};
}
Notes notes_on(const Speaker& speaker, const protocol::OpenChildren&) {
  Notes notes;
  for (const auto* child : speaker.people.children_of(speaker.account.id))
    notes.push_back({Deed::PupilSeen, child->id.value});
  return notes;
}
// What these make is noted with its number when it is made.
Notes notes_on(const Speaker&, const protocol::AddClass&) {
  return {};
}
Notes notes_on(const Speaker&, const protocol::AddPupils&) {
  return {};
}
Notes notes_on(const Speaker&, const protocol::AddStaff&) {
  return {};
}
// Shows the hours of a class and nobody in it.
Notes notes_on(const Speaker&, const protocol::OpenSignIn&) {
  return {};
}

store::Change entries(const Notes& notes, Milliseconds at_ms, AccountId actor) {
  std::vector<store::Change> all;
  for (const Noted& each : notes) all.push_back(store::audit(at_ms, actor, each.deed, each.subject));
  return [all = std::move(all)](store::Database& database) -> Result<std::int64_t> {
    for (const store::Change& entry : all)
      if (const auto written = entry(database); written.has_error()) return written;
    return 0;
  };
}

class AuditedConversation : public net::Conversation {
 public:
  AuditedConversation(School& school, store::Journal& journal, AccountId speaker,
                      std::unique_ptr<net::Conversation> inner, std::shared_ptr<net::Outbox> outbox)
      : school_(school),
        journal_(journal),
        speaker_(speaker),
        inner_(std::move(inner)),
        outbox_(std::move(outbox)) {}

  net::awaitable<void> receive(std::string text) override {
    const auto json = protocol::parse_json(text);
    const auto people = school_.accounts.directory();
    const Notes notes = json.has_value() ? conversation::notes_of(*people, speaker_, *json) : Notes();
    if (!notes.empty()) {
      auto entry = entries(notes, school_.practice.now(), speaker_);
      const auto written = co_await net::written(journal_, std::move(entry));
      if (written.has_error()) co_return refuse(*outbox_, protocol::request_of(*json), written.error());
    }
    co_await inner_->receive(std::move(text));
  }

  void closed() override { inner_->closed(); }

 private:
  School& school_;
  store::Journal& journal_;
  AccountId speaker_;
  std::unique_ptr<net::Conversation> inner_;
  std::shared_ptr<net::Outbox> outbox_;
};

}  // namespace

Notes notes_of(const accounts::Directory& people, AccountId speaker, const boost::json::value& message) {
  Notes notes;
  const accounts::Account* account = people.account(speaker);
  if (!account) return notes;
  (void)protocol::dispatch<NotedMessages>(message, [&](const auto& read) {
    if (accounts::may(people, *account, read)) notes = notes_on(Speaker{people, *account}, read);
  });
  return notes;
}

std::unique_ptr<net::Conversation> open_audited(School& school, store::Journal& journal,
                                                const accounts::Account& account,
                                                std::shared_ptr<net::Outbox> outbox) {
  using accounts::Role;
  auto inner = open_conversation(school, account, outbox);
  if (account.role == Role::Pupil || account.role == Role::Author) return inner;
  return std::make_unique<AuditedConversation>(school, journal, account.id, std::move(inner),
                                               std::move(outbox));
}

}  // namespace trede::conversation
