#include "server/conversation/administrator_conversation.hpp"

#include <algorithm>

#include "server/accounts/names.hpp"
#include "server/accounts/own_changes.hpp"
#include "server/accounts/people_changes.hpp"
#include "server/accounts/people_limits.hpp"
#include "server/accounts/secret.hpp"
#include "server/conversation/membership.hpp"
#include "server/conversation/replies.hpp"

namespace trede::conversation {
namespace {

using accounts::Role;
using Written = Result<std::int64_t>;

const Error own_account{ErrorCode::Conflict, "not for the account that asks"};

std::vector<std::int64_t> values(const std::vector<const accounts::Class*>& classes) {
  std::vector<std::int64_t> ids;
  for (const auto* each : classes) ids.push_back(each->id.value);
  return ids;
}

template <class Id>
std::vector<Id> ids_of(const std::vector<std::int64_t>& values) {
  std::vector<Id> ids;
  for (const std::int64_t each : values)
    if (std::find(ids.begin(), ids.end(), Id{each}) == ids.end()) ids.push_back(Id{each});
  return ids;
}

protocol::PersonRow row_of(const accounts::Directory& people, const accounts::Account& person) {
  protocol::PersonRow row{person.id.value,
                          std::string(accounts::to_text(person.role)),
                          person.name,
                          {},
                          {},
                          person.closed,
                          people.second_step(person.id) != nullptr,
                          people.school_link(person.id) != nullptr};
  row.classes = values(people.classes_of(person.id));
  for (const auto* child : people.children_of(person.id)) row.children.push_back(child->id.value);
  return row;
}

net::awaitable<std::vector<protocol::SchoolYearName>> read_school_years(practice::Shard& shard,
                                                                        protocol::Language language) {
  std::vector<protocol::SchoolYearName> years;
  for (const auto& year : shard.bank()->school_years) years.push_back({year.id, year.title.in(language)});
  co_return years;
}

// The names of a list as they were typed or pasted, without empty lines.
std::vector<std::string> tidy_names(const std::vector<std::string>& typed) {
  std::vector<std::string> names;
  for (const std::string& each : typed)
    if (std::string name = accounts::tidy_name(each); !name.empty()) names.push_back(std::move(name));
  return names;
}

// The roles that an administrator gives: all but pupils, who are in a class.
std::optional<Role> staff_role(const std::string& text) {
  const auto role = accounts::role_of_text(text);
  return role == Role::Pupil ? std::nullopt : role;
}

const Error too_many_people{ErrorCode::TooLarge, "too many people at once"};
const Error no_such_role{ErrorCode::Invalid, "role: not one that can be given"};
const Error no_such_year{ErrorCode::Invalid, "school_year: not one of the bank"};

}  // namespace

AdministratorConversation::AdministratorConversation(School& school, accounts::Account account,
                                                     std::shared_ptr<net::Outbox> outbox)
    : school_(school), account_(std::move(account)), outbox_(std::move(outbox)) {}

net::awaitable<void> AdministratorConversation::receive(std::string text) {
  co_await converse<protocol::AdministratorMessages>(*this, school_, account_.id, *outbox_, std::move(text));
}

accounts::Account AdministratorConversation::person(std::int64_t id) const {
  return *school_.accounts.directory()->account(AccountId{id});
}

protocol::Card AdministratorConversation::card_for(const accounts::Account& person,
                                                   std::string secret) const {
  const auto people = school_.accounts.directory();
  const auto* home = person.role == Role::Pupil ? people->class_of(person.id) : nullptr;
  return {person.id.value,
          std::string(accounts::to_text(person.role)),
          person.name,
          home ? home->name : std::string(),
          home ? home->code : std::string(),
          std::move(secret)};
}

net::awaitable<bool> AdministratorConversation::has_school_year(std::string id) {
  practice::Shard& shard = *school_.shards.front();
  const auto years = co_await net::on_loop(shard.loop(), read_school_years(shard, language_));
  co_return std::any_of(years.begin(), years.end(), [&](const auto& year) { return year.id == id; });
}

// Everything else is noted before it is done (audited.hpp).
net::awaitable<Written> AdministratorConversation::make(store::Change change, store::Deed deed) {
  auto noted = store::audited_making(std::move(change), school_.accounts.now(), account_.id, deed);
  return school_.accounts.change(std::move(noted));
}

net::awaitable<void> AdministratorConversation::answer(std::string request, Written done, Cards cards) {
  if (done.has_error()) co_return refuse(*outbox_, std::move(request), done.error());
  const auto people = school_.accounts.directory();
  practice::Shard& shard = *school_.shards.front();
  protocol::SchoolShown shown;
  shown.request = std::move(request);
  shown.school = people->school(account_.school)->name;
  shown.administrator = account_.id.value;
  shown.school_years = co_await net::on_loop(shard.loop(), read_school_years(shard, language_));
  for (const auto* each : people->classes())
    if (each->school == account_.school)
      shown.classes.push_back({each->id.value, each->name, each->code, each->school_year});
  for (const auto* each : people->accounts())
    if (each->school == account_.school) shown.people.push_back(row_of(*people, *each));
  shown.cards = std::move(cards);
  send(*outbox_, shown);
}

net::awaitable<void> AdministratorConversation::answer(std::string request, Written done) {
  Cards none;
  return answer(std::move(request), std::move(done), std::move(none));
}

net::awaitable<void> AdministratorConversation::settle(std::string request, AccountId pupil, Written done) {
  if (done.has_error()) co_return refuse(*outbox_, std::move(request), done.error());
  const auto settled = co_await settle_pupil(school_, pupil);
  if (settled.has_error()) co_return refuse(*outbox_, std::move(request), settled.error());
  co_await answer(std::move(request), done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::OpenSchool opened) {
  language_ = opened.language;
  co_await answer(opened.request, Written(0));
}

net::awaitable<void> AdministratorConversation::handle(protocol::AddClass added) {
  const bool known = co_await has_school_year(added.school_year);
  if (!known) co_return refuse(*outbox_, added.request, no_such_year);
  auto change = accounts::create_class({account_.school, added.name, added.school_year,
                                        accounts::random_class_code(), false, accounts::ordinary_hours});
  const Written made = co_await make(std::move(change), store::Deed::ClassMade);
  if (made.has_error()) co_return refuse(*outbox_, added.request, made.error());
  const auto settled = co_await settle_class(school_, ClassId{*made});
  if (settled.has_error()) co_return refuse(*outbox_, added.request, settled.error());
  co_await answer(added.request, made);
}

net::awaitable<void> AdministratorConversation::handle(protocol::ChangeClass changed) {
  const bool known = co_await has_school_year(changed.school_year);
  if (!known) co_return refuse(*outbox_, changed.request, no_such_year);
  const ClassId id{changed.class_id};
  auto change = accounts::change_class(id, changed.name, changed.school_year);
  const Written done = co_await school_.accounts.change(std::move(change));
  if (done.has_error()) co_return refuse(*outbox_, changed.request, done.error());
  const auto settled = co_await settle_class(school_, id);
  if (settled.has_error()) co_return refuse(*outbox_, changed.request, settled.error());
  co_await answer(changed.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::AddPupils added) {
  const std::vector<std::string> names = tidy_names(added.names);
  if (names.size() > limits::people_at_once) co_return refuse(*outbox_, added.request, too_many_people);
  const ClassId id{added.class_id};
  std::vector<std::string> pins;
  std::vector<accounts::NewAccount> made;
  for (const std::string& name : names) {
    pins.push_back(accounts::random_pin());
    made.push_back({account_.school, Role::Pupil, name, school_.accounts.key().seal_pin(pins.back())});
  }
  auto change = accounts::create_pupils(std::move(made), id);
  const Written done = co_await make(std::move(change), store::Deed::ClassPupilsAdded);
  if (done.has_error()) co_return refuse(*outbox_, added.request, done.error());
  const auto settled = co_await settle_class(school_, id);
  if (settled.has_error()) co_return refuse(*outbox_, added.request, settled.error());
  const auto people = school_.accounts.directory();
  Cards cards;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const auto* pupil = people->pupil(id, names[i])) cards.push_back(card_for(*pupil, pins[i]));
  co_await answer(added.request, done, std::move(cards));
}

net::awaitable<void> AdministratorConversation::handle(protocol::AddStaff added) {
  const auto role = staff_role(added.role);
  if (!role) co_return refuse(*outbox_, added.request, no_such_role);
  const std::string password = accounts::random_password();
  std::string hash = co_await school_.accounts.hashed(password);
  auto change = accounts::create_account({account_.school, *role, added.name, std::move(hash)});
  const Written made = co_await make(std::move(change), store::Deed::AccountMade);
  if (made.has_error()) co_return refuse(*outbox_, added.request, made.error());
  Cards cards;
  cards.push_back(card_for(person(*made), password));
  co_await answer(added.request, made, std::move(cards));
}

net::awaitable<void> AdministratorConversation::handle(protocol::RenamePerson renamed) {
  const accounts::Account renamed_person = person(renamed.person);
  const auto people = school_.accounts.directory();
  auto classes = ids_of<ClassId>(values(people->classes_of(renamed_person.id)));
  auto change = accounts::rename_person(renamed_person, renamed.name, std::move(classes));
  const Written done = co_await school_.accounts.change(std::move(change));
  if (renamed_person.role == Role::Pupil)
    co_await settle(renamed.request, renamed_person.id, done);
  else
    co_await answer(renamed.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::SetClasses set) {
  const accounts::Account member = person(set.person);
  if (member.role != Role::Pupil && member.role != Role::Teacher)
    co_return refuse(*outbox_, set.request, no_such_role);
  auto change = accounts::set_classes(member.id, ids_of<ClassId>(set.classes));
  const Written done = co_await school_.accounts.change(std::move(change));
  if (member.role == Role::Pupil)
    co_await settle(set.request, member.id, done);
  else
    co_await answer(set.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::SetChildren set) {
  const accounts::Account guardian = person(set.person);
  const auto children = ids_of<AccountId>(set.children);
  bool fits = guardian.role == Role::Guardian;
  for (const AccountId child : children) fits = fits && person(child.value).role == Role::Pupil;
  if (!fits) co_return refuse(*outbox_, set.request, no_such_role);
  auto change = accounts::set_children(guardian.id, children);
  const Written done = co_await school_.accounts.change(std::move(change));
  co_await answer(set.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::SetRole set) {
  const accounts::Account member = person(set.person);
  const auto role = staff_role(set.role);
  if (!role || member.role == Role::Pupil) co_return refuse(*outbox_, set.request, no_such_role);
  if (member.id == account_.id) co_return refuse(*outbox_, set.request, own_account);
  auto change = accounts::set_role(member, *role);
  std::vector<AccountId> signed_out(1, member.id);
  const Written done = co_await school_.accounts.change(std::move(change), std::move(signed_out));
  co_await answer(set.request, done);
}

net::awaitable<Written> AdministratorConversation::make_secrets(std::vector<accounts::Account> people,
                                                                Cards* cards) {
  std::vector<std::pair<AccountId, std::string>> secrets;
  std::vector<AccountId> signed_out;
  for (const accounts::Account& each : people) {
    const bool pupil = each.role == Role::Pupil;
    const std::string secret = pupil ? accounts::random_pin() : accounts::random_password();
    std::string stored = pupil ? school_.accounts.key().seal_pin(secret) : std::string();
    if (!pupil) stored = co_await school_.accounts.hashed(secret);
    secrets.emplace_back(each.id, std::move(stored));
    signed_out.push_back(each.id);
    cards->push_back(card_for(each, secret));
  }
  auto change = accounts::set_secrets(std::move(secrets));
  co_return co_await school_.accounts.change(std::move(change), std::move(signed_out));
}

net::awaitable<void> AdministratorConversation::handle(protocol::MakeSecrets asked) {
  if (asked.people.size() > limits::people_at_once)
    co_return refuse(*outbox_, asked.request, too_many_people);
  std::vector<accounts::Account> people;
  for (const AccountId each : ids_of<AccountId>(asked.people)) people.push_back(person(each.value));
  // The new password would go to a page that is signed out in the same moment.
  const bool own =
      std::any_of(people.begin(), people.end(), [&](const auto& p) { return p.id == account_.id; });
  if (own) co_return refuse(*outbox_, asked.request, own_account);
  Cards cards;
  const Written done = co_await make_secrets(std::move(people), &cards);
  co_await answer(asked.request, done, std::move(cards));
}

net::awaitable<void> AdministratorConversation::handle(protocol::SignOutEverywhere asked) {
  const AccountId id{asked.person};
  auto change = accounts::end_sessions_of(id);
  std::vector<AccountId> signed_out(1, id);
  const Written done = co_await school_.accounts.change(std::move(change), std::move(signed_out));
  co_await answer(asked.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::CloseAccount asked) {
  const accounts::Account member = person(asked.person);
  if (member.id == account_.id) co_return refuse(*outbox_, asked.request, own_account);
  const auto people = school_.accounts.directory();
  auto classes = ids_of<ClassId>(values(people->classes_of(member.id)));
  auto change = accounts::set_closed(member, asked.closed, std::move(classes));
  std::vector<AccountId> signed_out(1, member.id);
  const Written done = co_await school_.accounts.change(std::move(change), std::move(signed_out));
  if (member.role == Role::Pupil)
    co_await settle(asked.request, member.id, done);
  else
    co_await answer(asked.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::RemoveSecondStep asked) {
  const AccountId id{asked.person};
  if (id == account_.id)
    co_return refuse(*outbox_, asked.request, own_account);  // that asks for the password
  auto change = accounts::remove_second_step(id);
  const Written done = co_await school_.accounts.change(std::move(change));
  co_await answer(asked.request, done);
}

net::awaitable<void> AdministratorConversation::handle(protocol::UnlinkSchoolAccount asked) {
  const AccountId id{asked.person};
  if (id == account_.id) co_return refuse(*outbox_, asked.request, own_account);
  auto change = accounts::remove_school_link(id, "");
  std::vector<AccountId> signed_out(1, id);
  const Written done = co_await school_.accounts.change(std::move(change), std::move(signed_out));
  co_await answer(asked.request, done);
}

}  // namespace trede::conversation
