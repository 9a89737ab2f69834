// Names and their numbers, in order of appearance: a flat hash table, for ten million look-ups a file. One
// owner, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trede::tables {

class NameIndex {
 public:
  int number_of(std::string_view name);   // a new name gets the next number
  int find(std::string_view name) const;  // −1: not known
  int size() const { return static_cast<int>(names_.size()); }
  std::vector<std::string> take() { return std::move(names_); }  // the end of this index

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t number = -1;  // −1: free
  };

  std::size_t slot_of(std::string_view name, std::uint32_t hash) const;  // of the name, or where it may go
  void grow();

  std::vector<std::string> names_;
  std::vector<Slot> slots_ = std::vector<Slot>(16);  // a power of two, at most half full
  int last_ = -1;                                    // a person's rows mostly follow each other
};

}  // namespace trede::tables
