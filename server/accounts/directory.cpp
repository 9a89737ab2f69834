#include "server/accounts/directory.hpp"

#include <boost/container_hash/hash.hpp>

#include <algorithm>

#include "server/accounts/names.hpp"
#include "server/store/sql.hpp"

namespace trede::accounts {
namespace {

template <class Map, class Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

protocol::SignInHours hours_in(SQLite::Statement& row, int first) {
  return {row.getColumn(first).getInt64(), row.getColumn(first + 1).getInt64(),
          row.getColumn(first + 2).getInt64(), row.getColumn(first + 3).getInt64()};
}

}  // namespace

Result<std::shared_ptr<const Directory>> Directory::load(store::Database& database) {
  auto directory = std::make_shared<Directory>();
  const auto read = store::guarded([&]() -> Result<std::int64_t> {
    directory->read_schools(database);
    directory->read_classes(database);
    directory->read_accounts(database);
    directory->read_enrolments(database);
    directory->read_guardianships(database);
    directory->read_second_steps(database);
    directory->read_school_links(database);
    return 0;
  });
  if (read.has_error()) return read.error();
  return std::shared_ptr<const Directory>(std::move(directory));
}

void Directory::read_schools(store::Database& database) {
  auto& row = database.statement(store::sql::all_schools);
  while (row.executeStep()) {
    const SchoolId id{row.getColumn(0).getInt64()};
    schools_[id] = {id, row.getColumn(1).getString()};
  }
}

void Directory::read_classes(store::Database& database) {
  auto& row = database.statement(store::sql::all_classes);
  while (row.executeStep()) {
    const ClassId id{row.getColumn(0).getInt64()};
    const Class& read = classes_[id] = {id,
                                        SchoolId{row.getColumn(1).getInt64()},
                                        row.getColumn(2).getString(),
                                        row.getColumn(3).getString(),
                                        row.getColumn(4).getString(),
                                        row.getColumn(5).getInt() != 0,
                                        hours_in(row, 6),
                                        row.getColumn(10).getString(),
                                        row.getColumn(11).getInt64()};
    class_of_code_[code_key(read.code)] = id;
  }
}

void Directory::read_accounts(store::Database& database) {
  auto& row = database.statement(store::sql::all_accounts);
  while (row.executeStep()) {
    const AccountId id{row.getColumn(0).getInt64()};
    const std::optional<Role> role = role_of_text(row.getColumn(2).getString());
    ENSURE(role);  // the table's own check allows no other
    const Account& read = accounts_[id] = {id, SchoolId{row.getColumn(1).getInt64()}, *role,
                                           row.getColumn(3).getString(), row.getColumn(5).getInt() != 0};
    secrets_[id] = row.getColumn(4).getString();
    if (*role != Role::Pupil && !read.closed) staff_of_name_[{*role, name_key(read.name)}] = id;
  }
}

void Directory::read_enrolments(store::Database& database) {
  auto& row = database.statement(store::sql::all_enrolments);
  while (row.executeStep()) {
    const ClassId class_id{row.getColumn(0).getInt64()};
    const AccountId account{row.getColumn(1).getInt64()};
    classes_of_[account].push_back(class_id);
    members_of_[class_id].push_back(account);
    if (const Account& member = accounts_.at(account); member.role == Role::Pupil && !member.closed)
      pupil_of_name_.try_emplace({class_id, name_key(member.name)}, account);
  }
}

void Directory::read_guardianships(store::Database& database) {
  auto& row = database.statement(store::sql::all_guardianships);
  while (row.executeStep())
    children_of_[AccountId{row.getColumn(0).getInt64()}].push_back(AccountId{row.getColumn(1).getInt64()});
}

void Directory::read_second_steps(store::Database& database) {
  auto& row = database.statement(store::sql::all_second_steps);
  while (row.executeStep())
    second_steps_[AccountId{row.getColumn(0).getInt64()}] = {row.getColumn(1).getString(),
                                                             row.getColumn(2).getInt64()};
}

void Directory::read_school_links(store::Database& database) {
  auto& row = database.statement(store::sql::all_school_links);
  while (row.executeStep()) {
    const AccountId id{row.getColumn(0).getInt64()};
    const std::string& link = school_links_[id] = row.getColumn(1).getString();
    account_of_link_[link] = id;
  }
}

const Account* Directory::account(AccountId id) const {
  return find_in(accounts_, id);
}
const School* Directory::school(SchoolId id) const {
  return find_in(schools_, id);
}
const Class* Directory::find_class(ClassId id) const {
  return find_in(classes_, id);
}

const Class* Directory::class_with_code(std::string_view code) const {
  const ClassId* id = find_in(class_of_code_, code_key(code));
  return id ? find_class(*id) : nullptr;
}

const Account* Directory::pupil(ClassId class_id, std::string_view name) const {
  const AccountId* id = find_in(pupil_of_name_, std::pair{class_id, name_key(name)});
  return id ? account(*id) : nullptr;
}

const Account* Directory::staff(Role role, std::string_view name) const {
  const AccountId* id = find_in(staff_of_name_, std::pair{role, name_key(name)});
  return id ? account(*id) : nullptr;
}

const Class* Directory::class_of(PupilId pupil) const {
  const auto* classes = find_in(classes_of_, pupil);
  return classes ? find_class(classes->front()) : nullptr;
}

std::vector<const Class*> Directory::classes_of(AccountId account) const {
  std::vector<const Class*> found;
  if (const auto* ids = find_in(classes_of_, account))
    for (const ClassId id : *ids) found.push_back(find_class(id));
  return found;
}

std::vector<const Account*> Directory::pupils_of(ClassId class_id) const {
  std::vector<const Account*> found;
  if (const auto* ids = find_in(members_of_, class_id))
    for (const AccountId id : *ids)
      if (const Account* member = account(id); member->role == Role::Pupil && !member->closed)
        found.push_back(member);
  std::sort(found.begin(), found.end(), [](const Account* a, const Account* b) {
    return std::pair(name_key(a->name), a->id) < std::pair(name_key(b->name), b->id);
  });
  return found;
}

std::vector<const School*> Directory::schools() const {
  std::vector<const School*> all;
  for (const auto& [id, one] : schools_) all.push_back(&one);
  return all;
}

std::vector<const Class*> Directory::classes() const {
  std::vector<const Class*> all;
  for (const auto& [id, one] : classes_) all.push_back(&one);
  return all;
}

std::vector<const Account*> Directory::accounts() const {
  std::vector<const Account*> all;
  for (const auto& [id, one] : accounts_) all.push_back(&one);
  return all;
}

std::vector<const Account*> Directory::children_of(AccountId guardian) const {
  std::vector<const Account*> found;
  if (const auto* ids = find_in(children_of_, guardian))
    for (const AccountId id : *ids)
      if (const Account* child = account(id); !child->closed) found.push_back(child);
  return found;
}

bool Directory::belongs(AccountId account, ClassId class_id) const {
  const Account* known = this->account(account);
  const auto* classes = find_in(classes_of_, account);
  return known && !known->closed && classes &&
         std::find(classes->begin(), classes->end(), class_id) != classes->end();
}

bool Directory::share_a_class(AccountId one, AccountId other) const {
  const auto* classes = find_in(classes_of_, one);
  return classes &&
         std::any_of(classes->begin(), classes->end(), [&](ClassId each) { return belongs(other, each); });
}

std::size_t Directory::standing(AccountId account) const {
  const Account* known = this->account(account);
  std::size_t mixed = known ? 1 + static_cast<std::size_t>(known->role) : 0;
  const auto mix = [&](std::int64_t value) { boost::hash_combine(mixed, value); };
  for (const Account* child : children_of(account)) mix(child->id.value);
  const auto* classes = find_in(classes_of_, account);
  if (!classes) return mixed;
  for (const ClassId each : *classes) {
    mix(each.value);
    if (known->role == Role::Teacher)
      for (const AccountId member : members_of_.at(each)) mix(belongs(member, each) ? member.value : 0);
  }
  return mixed;
}

const std::string& Directory::secret(AccountId account) const {
  return secrets_.at(account);
}

const SecondStep* Directory::second_step(AccountId account) const {
  return find_in(second_steps_, account);
}

const std::string* Directory::school_link(AccountId account) const {
  return find_in(school_links_, account);
}

const Account* Directory::linked_with(const std::string& link) const {
  const AccountId* id = find_in(account_of_link_, link);
  return id ? account(*id) : nullptr;
}

}  // namespace trede::accounts
