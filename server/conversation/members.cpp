#include "server/conversation/members.hpp"

#include "server/conversation/membership.hpp"

namespace trede::conversation {
namespace {

// Closed, or enrolled nowhere: what they did is replayed all the same, for who comes back.
bool is_without_class(const accounts::Directory& people, const accounts::Account& account) {
  return account.role == accounts::Role::Pupil && (account.closed || !people.class_of(account.id));
}

practice::ClassMembers members_of(const accounts::Directory& people, const accounts::Class& each,
                                  const content::ItemBank& bank) {
  practice::ClassMembers members = room_of(each, bank);
  for (const auto* pupil : people.pupils_of(each.id))
    if (people.class_of(pupil->id)->id == each.id) members.pupils.emplace_back(pupil->id, pupil->name);
  return members;
}

}  // namespace

Shards shards_of(const net::Loops& loops, const accounts::Directory& people,
                 const practice::BankPointer& bank) {
  const auto nothing_learned = practice::model_of(bank, std::make_shared<const practice::Parameters>());
  Shards shards;
  for (std::size_t i = 0; i < loops.size(); ++i)
    shards.push_back(std::make_unique<practice::Shard>(loops.executor(i), nothing_learned));
  for (const auto* each : people.classes())
    shards[static_cast<std::size_t>(each->id.value) % shards.size()]->add(members_of(people, *each, *bank));
  for (const auto* each : people.accounts())
    if (is_without_class(people, *each)) shards.front()->keep(each->id, each->name);
  return shards;
}

std::vector<practice::Shard*> pointers_to(const Shards& shards) {
  std::vector<practice::Shard*> pointers;
  for (const auto& shard : shards) pointers.push_back(shard.get());
  return pointers;
}

}  // namespace trede::conversation
