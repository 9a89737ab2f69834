// What the tests of content/ share: the small bank beside them, and items made from a few lines of JSON.
#pragma once

#include <cstdint>
#include <string>

#include "content/loader.hpp"
#include "tests/support/catch.hpp"

namespace trede::content {

inline Source small_source() {
  Result<Source> source = read_folder(TREDE_SOURCE_DIR "/tests/content/bank");
  REQUIRE(source.has_value());
  return *source;
}

inline const ItemBank& small_bank() {
  static const Loaded loaded = load(small_source(), 1);
  for (const Problem& problem : loaded.problems)
    UNSCOPED_INFO(problem.file << " " << problem.field << ": " << problem.message);
  REQUIRE(loaded.bank != nullptr);
  return *loaded.bank;
}

inline const Item& small_item(const std::string& id) {
  const std::optional<int> place = small_bank().find_item(id);
  REQUIRE(place.has_value());
  return small_bank().items[static_cast<std::size_t>(*place)];
}

// An item of topic "halves" with these members besides the ones every item needs.
inline std::string document(const std::string& members) {
  return R"({"id": "made", "topic": "halves", "step": 0, "solution": "1", )"
         R"("hints": [{"nl": "Denk na.", "en": "Think."}], )" +
         members + "}";
}

inline CheckedItem check_members(const std::string& members) {
  return check_item(document(members), small_bank(), formulas_of(small_source()));
}

inline Item made_item(const std::string& members) {
  const CheckedItem checked = check_members(members);
  for (const Problem& problem : checked.problems) UNSCOPED_INFO(problem.field << ": " << problem.message);
  REQUIRE(checked.item.has_value());
  return *checked.item;
}

inline bool has_problem(const Problems& problems, const std::string& field, const std::string& part) {
  for (const Problem& problem : problems) {
    if (problem.field == field && problem.message.find(part) != std::string::npos) return true;
  }
  for (const Problem& problem : problems)
    UNSCOPED_INFO(problem.file << " " << problem.field << ": " << problem.message);
  return false;
}

}  // namespace trede::content
