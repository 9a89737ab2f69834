#include "server/conversation/audited.hpp"

#include "server/conversation/replies.hpp"

namespace trede::conversation {
namespace {

using store::Deed;

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

// WatchClass: 0 stands for the teacher's first class.
ClassId class_meant(const accounts::Directory& people, AccountId teacher, std::int64_t class_id) {
  if (class_id != 0) return ClassId{class_id};
  const auto classes = people.classes_of(teacher);
  return classes.empty() ? ClassId{} : classes.front()->id;
}

template <class Message>
std::optional<Noted> noted_as(const accounts::Directory& people, AccountId teacher, const Message& message) {
  const Deeds deeds = deeds_of(message);
  if constexpr (requires { message.pupil; })
    if (message.pupil != 0) return Noted{deeds.of_pupil, message.pupil};
  if constexpr (requires { message.class_id; })
    if (const ClassId id = class_meant(people, teacher, message.class_id); id.value != 0)
      return Noted{deeds.of_class, id.value};
  return std::nullopt;
}

class AuditedConversation : public net::Conversation {
 public:
  AuditedConversation(School& school, store::Journal& journal, AccountId teacher,
                      std::unique_ptr<net::Conversation> inner, std::shared_ptr<net::Outbox> outbox)
      : school_(school),
        journal_(journal),
        teacher_(teacher),
        inner_(std::move(inner)),
        outbox_(std::move(outbox)) {}

  net::awaitable<void> receive(std::string text) override {
    const auto json = protocol::parse_json(text);
    if (json.has_value())
      if (const auto noted = conversation::note_of(*school_.accounts.directory(), teacher_, *json)) {
        auto entry = store::audit(school_.practice.now(), teacher_, noted->deed, noted->subject);
        const auto written = co_await net::written(journal_, std::move(entry));
        if (written.has_error()) co_return refuse(*outbox_, protocol::request_of(*json), written.error());
      }
    co_await inner_->receive(std::move(text));
  }

  void closed() override { inner_->closed(); }

 private:
  School& school_;
  store::Journal& journal_;
  AccountId teacher_;
  std::unique_ptr<net::Conversation> inner_;
  std::shared_ptr<net::Outbox> outbox_;
};

}  // namespace

std::optional<Noted> note_of(const accounts::Directory& people, AccountId teacher,
                             const boost::json::value& message) {
  std::optional<Noted> noted;
  const accounts::Account* account = people.account(teacher);
  if (!account) return noted;
  (void)protocol::dispatch<protocol::TeacherMessages>(message, [&](const auto& read) {
    if (accounts::may(people, *account, read)) noted = noted_as(people, teacher, read);
  });
  return noted;
}

std::unique_ptr<net::Conversation> open_audited(School& school, store::Journal& journal,
                                                const accounts::Account& account,
                                                std::shared_ptr<net::Outbox> outbox) {
  auto inner = open_conversation(school, account, outbox);
  if (account.role != accounts::Role::Teacher) return inner;
  return std::make_unique<AuditedConversation>(school, journal, account.id, std::move(inner),
                                               std::move(outbox));
}

}  // namespace trede::conversation
