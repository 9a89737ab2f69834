// A school's files are for their owner alone, and the log holds news only.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <sstream>

#include "server/accounts/server_key.hpp"
#include "server/store/backup.hpp"
#include "server/store/data_folder.hpp"
#include "server/store/journal.hpp"
#include "tests/server/journal_support.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::store {
namespace {

namespace fs = std::filesystem;

struct Umask {
  explicit Umask(mode_t mask) : before(::umask(mask)) {}
  ~Umask() { ::umask(before); }
  mode_t before;
};

// What others than the owner may reach; a folder that is shut hides what is in it, but for the files named here.
std::vector<std::string> open_to_others(const fs::path& folder) {
  constexpr fs::perms others = fs::perms::group_all | fs::perms::others_all;
  std::vector<std::string> found;
  if ((fs::status(folder).permissions() & others) != fs::perms::none) found.push_back(folder.string());
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file() && (entry.status().permissions() & others) != fs::perms::none)
      found.push_back(entry.path().filename().string());
  return found;
}

const std::vector<std::string> none;

}  // namespace

TEST_CASE("private files: folder, database, key and backup are their owner's, whatever the umask",
          "[server]") {
  const testing::TemporaryFolder folder;
  const fs::path school = folder.path() / "school", backup = folder.path() / "backup",
                 back = folder.path() / "back";
  const Umask everything_is_allowed(0);
  {
    const auto data = DataFolder::open(school);
    REQUIRE(data.has_value());
    auto journal = Journal::open(data->database());
    REQUIRE((*journal)->write_and_wait(append(numbered(1))).has_value());
    REQUIRE(accounts::ServerKey::open(accounts::key_file(data->database()), false).has_value());
    CHECK(fs::exists(school / "school.db-wal"));
    CHECK(open_to_others(school) == none);
    REQUIRE(back_up(school, backup, 5).has_value());
  }
  CHECK(open_to_others(backup) == none);
  REQUIRE(restore(backup, back).has_value());
  CHECK(open_to_others(back) == none);
}

TEST_CASE("private files: what an older version left open is shut", "[server]") {
  const testing::TemporaryFolder folder;
  const fs::path school = folder.path() / "school";
  { REQUIRE(DataFolder::open(school).has_value()); }
  for (const char* name : {"school.db", "school.mark", "school.snapshot", "server.key"}) {
    net::write_file(school / name, "");
    fs::permissions(school / name, fs::perms::all);
  }
  fs::permissions(school, fs::perms::all);
  { REQUIRE(DataFolder::open(school).has_value()); }
  CHECK(open_to_others(school) == none);
}

TEST_CASE("private files: a folder that everybody uses stays as it is", "[server]") {
  const testing::TemporaryFolder folder;
  const fs::path shared = folder.path() / "shared";
  fs::create_directory(shared);
  fs::permissions(shared, fs::perms::all | fs::perms::sticky_bit);
  REQUIRE(DataFolder::open(shared).has_value());
  CHECK(fs::status(shared).permissions() == (fs::perms::all | fs::perms::sticky_bit));
}

TEST_CASE("log: a page that asks whether somebody is signed in is no news", "[accounts]") {
  std::ostringstream lines;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines)));
  {
    net::TestSchool school;
    CHECK(net::ask(school.port(), "GET", "/api/me", "").status == 401);
    CHECK(net::post(school.port(), "/api/sign-out", "{}").status == 401);
  }
  spdlog::set_default_logger(before);
  CHECK(lines.str().find("refused: POST /api/sign-out for somebody who is not signed in") !=
        std::string::npos);
  CHECK(lines.str().find("/api/me") == std::string::npos);
}

}  // namespace trede::store
