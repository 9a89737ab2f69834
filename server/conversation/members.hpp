// The shards of a school with its classes and pupils in them, without a past. Any thread, before the loops run.
#pragma once

#include <memory>
#include <vector>

#include "server/accounts/directory.hpp"
#include "server/net/loops.hpp"
#include "server/practice/shard.hpp"

namespace trede::conversation {

using Shards = std::vector<std::unique_ptr<practice::Shard>>;

// One a loop; all pupils of a class on the same one.
Shards shards_of(const net::Loops& loops, const accounts::Directory& people,
                 const practice::BankPointer& bank);
std::vector<practice::Shard*> pointers_to(const Shards& shards);

}  // namespace trede::conversation
