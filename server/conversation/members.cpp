#include "server/conversation/members.hpp"

namespace trede::conversation {
namespace {

// A class is on average half a year of growth away from the end of its school year, which is where the bank's
// means stand.
constexpr double half_a_year = 0.35;

practice::ClassMembers members_of(const accounts::Directory& people, const accounts::Class& each,
                                  const content::ItemBank& bank) {
  practice::ClassMembers members;
  members.id = each.id;
  if (const auto year = bank.find_school_year(each.school_year))
    members.school_year_mean = bank.school_years[static_cast<std::size_t>(*year)].mean - half_a_year;
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
  return shards;
}

std::vector<practice::Shard*> pointers_to(const Shards& shards) {
  std::vector<practice::Shard*> pointers;
  for (const auto& shard : shards) pointers.push_back(shard.get());
  return pointers;
}

}  // namespace trede::conversation
