// The demo school, made in a folder.
#include "server/commands/demo_school.hpp"
#include "server/commands/places.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::commands {
namespace {

constexpr Milliseconds now_ms = 1'800'000'000'000;

Result<DemoMade> made_with(const store::DataFolder& folder, const std::filesystem::path& bank) {
  return make_demo_school(folder, bank, now_ms, 1, [](int) {});
}

}  // namespace

TEST_CASE("demo: a bank that is not there leaves the folder free for the next try") {
  const testing::TemporaryFolder place;
  const auto folder = store::DataFolder::open(place.path() / "data");
  REQUIRE(folder.has_value());
  const auto without = made_with(*folder, place.path() / "no-bank");
  REQUIRE(without.has_error());
  CHECK(without.error().detail.find("no-bank") != std::string::npos);
  const auto made = made_with(*folder, TREDE_SOURCE_DIR "/content/starter");
  REQUIRE(made.has_value());
  CHECK_FALSE(made->was_there);
  CHECK(made->pupils == 24);
  CHECK(made_with(*folder, TREDE_SOURCE_DIR "/content/starter")->was_there);
}

TEST_CASE("demo: a folder that is named must hold a bank") {
  const testing::TemporaryFolder place;
  const auto folder = bank_folder(place.path().string());
  REQUIRE(folder.has_error());
  CHECK(folder.error().detail.find("bank.json") != std::string::npos);
  CHECK(bank_folder(TREDE_SOURCE_DIR "/content/starter").has_value());
}

}  // namespace trede::commands
