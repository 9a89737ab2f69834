// Tables for people.
#include "server/tables/text_table.hpp"
#include "tests/support/catch.hpp"

namespace trede::tables {

TEST_CASE("text table: names stand left, numbers right, and letters with accents do not shift them",
          "[tables]") {
  TextTable table({{"item", Align::Left}, {"b"}});
  table.add({"één", "-1.25"});
  table.add({"ten", "10"});
  CHECK(table.text() ==
        "item      b\n"
        "────  ─────\n"
        "één   -1.25\n"
        "ten      10\n");
}

TEST_CASE("text table: a mark that stands on a letter takes no room", "[tables]") {
  CHECK(shown_width("e\xCC\x81") == 1);
  CHECK(shown_width("θ ≤ 3") == 5);
}

TEST_CASE("text table: fields that are missing are empty, none too many are shown", "[tables]") {
  TextTable table({{"a", Align::Left}, {"b", Align::Left}});
  table.add({"1"});
  table.add({"1", "2", "3"});
  CHECK(table.text() == "a  b\n─  ─\n1\n1  2\n");
}

}  // namespace trede::tables
