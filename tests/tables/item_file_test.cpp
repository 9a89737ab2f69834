// Tables of item parameters: written, read back, and refused with a reason.
#include "server/tables/item_file.hpp"

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::tables {
namespace {

using Catch::Matchers::Contains;

Result<ItemFile> items_in(const std::string& text) {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "items.csv";
  REQUIRE(write_text(path, text).has_value());
  return read_items(path);
}

std::string item_problem(const std::string& text) {
  const auto file = items_in(text);
  return file ? "" : file.error().detail;
}

}  // namespace

TEST_CASE("item file: what was written is read back to the last digit", "[tables]") {
  const ItemFile file{{"plain", "with, comma and \"quotes\"", "steps"},
                      {{1.0 / 3.0, -0.1, 0.2}, {2.5, 1e-17}, {0.7, 0.0, 0.0, {-1.5, 0.1, 2.0}}},
                      {{0, 1}, {1, 2}, {1, 2, 3, 5}}};
  const ItemFile back = items_in(items_as_csv(file)).value();
  CHECK(back.names == file.names);
  CHECK(back.codings == file.codings);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(back.items[i].slope == file.items[i].slope);
    CHECK(back.items[i].intercept == file.items[i].intercept);
    CHECK(back.items[i].guessing == file.items[i].guessing);
    CHECK(back.items[i].thresholds == file.items[i].thresholds);
  }
  CHECK(items_in(items_as_csv(file, std::vector<calibration::ItemErrors>(3))).has_value());
}

TEST_CASE("item file: a bank with a, b and c alone is enough", "[tables]") {
  const ItemFile bank = items_in("item,A,b,c\n0,2,-1.5,0.25\n").value();
  CHECK(bank.items[0].intercept == 3.0);
  CHECK(bank.items[0].guessing == 0.25);
  CHECK(bank.codings[0] == Coding{0, 1});
}

TEST_CASE("item file: what is wrong is told with the line", "[tables]") {
  CHECK_THAT(item_problem("name,a\nx,1\n"), Contains("line 1: a table of items needs"));
  CHECK_THAT(item_problem("item,a,b\nx,1,0\nx,1,0\n"), Contains("line 3: item \"x\" stood before"));
  CHECK_THAT(item_problem("item,a,b\nx,one,0\n"), Contains("line 2: a is \"one\", not a number"));
  CHECK_THAT(item_problem("item,a,b\nx,0,0\n"), Contains("tells nothing"));
  CHECK_THAT(item_problem("item,a,b\nx,1,NA\n"), Contains("both missing"));
  CHECK_THAT(item_problem("item,a,b,d\nx,1,1,1\n"), Contains("d is not"));
  CHECK_THAT(item_problem("item,a,b,c\nx,1,0,1\n"), Contains("c is not"));
  CHECK_THAT(item_problem("item,a,thresholds\nx,1,0;;1\n"), Contains("not numbers"));
  CHECK_THAT(item_problem("item,a,thresholds,categories\nx,1,0;1,0;1\n"), Contains("3 categories are needed"));
  CHECK_THAT(item_problem("item,a,b,categories\nx,1,0,1;0\n"), Contains("ascending"));
  CHECK_THAT(item_problem("item,a,b\n"), Contains("holds no item"));
}

}  // namespace trede::tables
