// Texts that would be commands in a database that took them for such: they are texts, wherever they are put.
#include "server/accounts/creation.hpp"
#include "server/accounts/names.hpp"
#include "server/store/chain.hpp"
#include "tests/server/hostile_support.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

using Mode = store::Database::Mode;

class Silent : public net::Outbox {
 public:
  explicit Silent(net::Executor loop) : loop_(loop) {}
  void send(std::shared_ptr<const std::string>) override { ++replies; }
  void close(net::CloseReason) override {}
  net::Executor loop() const override { return loop_; }

  std::size_t replies = 0;

 private:
  net::Executor loop_;
};

net::awaitable<bool> said(net::Conversation& conversation, std::string text) {
  co_await conversation.receive(std::move(text));
  co_return true;
}

// The honest message that a hostile text is put into: with it alone the message would be heard.
template <class Message>
Message honest(const PracticeSchool& school, const content::ItemBank& bank) {
  Message message;
  message.request = "r";
  if constexpr (requires { message.class_id; }) message.class_id = school.class_id.value;
  if constexpr (requires { message.pupil; }) message.pupil = school.pupils[0].value;
  if constexpr (requires { message.topic; }) message.topic = bank.topics.front().id;
  if constexpr (requires { message.video; })
    if constexpr (std::is_same_v<decltype(message.video), std::string>)
      message.video = bank.videos.front().id;
  if constexpr (requires { message.date; }) message.date = "2030-01-01";
  if constexpr (requires { message.kind; })
    if constexpr (std::is_same_v<decltype(message.kind), std::string>) message.kind = "item";
  return message;
}

// How many messages were said.
template <class Messages>
std::size_t say_all(PracticeSchool& school, AccountId speaker, const std::vector<std::string>& texts) {
  auto& running = school.running().school();
  const auto ear = std::make_shared<Silent>(school.shard().loop());
  const auto conversation =
      conversation::open_conversation(running, *running.accounts.directory()->account(speaker), ear);
  std::size_t count = 0;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Messages>>([&](auto* tag) {
    using Message = std::remove_pointer_t<decltype(tag)>;
    const auto base = honest<Message>(school, *school.shard().bank());
    for (const std::string& text : texts)
      for (const Message& message : hostile::with_hostile_text(base, text)) {
        school.run(said(*conversation, protocol::encode(message)));
        ++count;
      }
  });
  CHECK(ear->replies >= count);
  return count;
}

// Everything that no message of these may change.
std::string unchangeable(const PrivacySchool& school) {
  const auto database = school.opened(Mode::ReadOnly);
  std::string all;
  for (const store::Sql statement : std::initializer_list<store::Sql>{
           "SELECT COALESCE(sql, name) FROM sqlite_schema ORDER BY name",
           "SELECT id || role || name || secret FROM account",
           "SELECT class || '-' || account FROM enrolment", "SELECT id || name || code FROM class",
           "SELECT id || name FROM school", "SELECT token_hash FROM session", "PRAGMA user_version",
           "PRAGMA integrity_check"}) {
    auto& rows = database->statement(statement);
    while (rows.executeStep()) all += rows.getColumn(0).getString() + '\n';
  }
  return all;
}

AccountId with_author(PrivacySchool& school) {
  const SchoolId home = school.running().accounts().directory()->account(school.teacher)->school;
  const auto made = school.running().journal().write_and_wait(
      accounts::create_account({home, accounts::Role::Author, "auteur", "no hash"}));
  REQUIRE(made.has_value());
  REQUIRE(school.reopen().has_value());
  return AccountId{*made};
}

std::vector<std::string> every(std::size_t step, const std::vector<std::string>& texts) {
  std::vector<std::string> some;
  for (std::size_t i = 0; i < texts.size(); i += step) some.push_back(texts[i]);
  return some;
}

void check_no_effect(std::size_t step) {
  PrivacySchool school;
  const AccountId author = with_author(school);
  school.live(1);
  const auto texts = every(step, hostile::corpus("sql.txt"));
  const std::string before = unchangeable(school);
  std::size_t count = say_all<protocol::PupilMessages>(school, school.pupils[0], texts);
  count += say_all<protocol::TeacherMessages>(school, school.teacher, texts);
  count += say_all<protocol::AuthorMessages>(school, author, texts);
  CHECK(count >= 40 * texts.size());
  CHECK(unchangeable(school) == before);
  CHECK(store::check_chain(*school.opened(Mode::ReadOnly)).has_value());
  CHECK(school.reopen().has_value());
}

}  // namespace

TEST_CASE("hostile: commands of a database in every text of every message do nothing", "[privacy]") {
  REQUIRE(hostile::corpus("sql.txt").size() >= 200);
  check_no_effect(20);
}

TEST_CASE("hostile: all commands of a database in every text of every message do nothing", "[.slow]") {
  check_no_effect(1);
}

TEST_CASE("hostile: a person, class or school may be called like a command", "[privacy]") {
  PrivacySchool school;
  auto& journal = school.running().journal();
  const auto texts = hostile::corpus("sql.txt");
  const SchoolId home = school.running().accounts().directory()->account(school.teacher)->school;
  std::size_t made = 0;
  int code = 100'000;
  for (const std::string& text : texts) {
    const auto named = journal.write_and_wait(
        accounts::create_pupil({home, accounts::Role::Pupil, text, "no hash"}, school.class_id));
    made += named.has_value();
    REQUIRE(journal.write_and_wait(accounts::create_class({home, text, text, std::to_string(code++)}))
                .has_value());
    REQUIRE(journal.write_and_wait(accounts::create_school(text)).has_value());
  }
  REQUIRE(school.reopen().has_value());
  const auto people = school.running().accounts().directory();
  CHECK(made + 10 >= texts.size());  // some differ in nothing that names are compared by
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(people->pupil(school.class_id, text) != nullptr);
  }
  CHECK(people->schools().size() == texts.size() + 1);
  CHECK(store::check_chain(*school.opened(Mode::ReadOnly)).has_value());
}

TEST_CASE("hostile: a question is kept to the letter", "[privacy]") {
  PrivacySchool school;
  school.live(1);
  const auto texts = every(10, hostile::corpus("sql.txt"));
  for (const std::string& text : texts) school.ask(text);
  const auto events = school.events();
  for (std::size_t i = 0; i < texts.size(); ++i)
    CHECK(protocol::decode<store::QuestionAsked>(events[events.size() - texts.size() + i].payload)->text ==
          texts[i]);
}

}  // namespace trede::practice
