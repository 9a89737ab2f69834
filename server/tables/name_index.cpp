#include "server/tables/name_index.hpp"

#include <functional>

namespace trede::tables {
namespace {

std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(name));
}

}  // namespace

std::size_t NameIndex::slot_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number >= 0 &&
         (slots_[at].hash != hash || names_[static_cast<std::size_t>(slots_[at].number)] != name))
    at = (at + 1) & mask;
  return at;
}

void NameIndex::grow() {
  std::vector<Slot> before(2 * slots_.size());
  before.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.number < 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number >= 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

int NameIndex::find(std::string_view name) const {
  return slots_[slot_of(name, hash_of(name))].number;
}

int NameIndex::number_of(std::string_view name) {
  if (last_ >= 0 && names_[static_cast<std::size_t>(last_)] == name) return last_;
  const std::uint32_t hash = hash_of(name);
  std::size_t at = slot_of(name, hash);
  if (slots_[at].number >= 0) return last_ = slots_[at].number;
  if (2 * (names_.size() + 1) > slots_.size()) {
    grow();
    at = slot_of(name, hash);
  }
  last_ = size();
  slots_[at] = {hash, last_};
  names_.emplace_back(name);
  return last_;
}

}  // namespace trede::tables
