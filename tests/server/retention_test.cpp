// What was kept long enough goes, and nothing else does.
#include "server/store/retention_run.hpp"

#include <sqlite3.h>

#include "server/retention.hpp"
#include "server/store/audit.hpp"
#include "server/store/chain.hpp"
#include "tests/server/net_support.hpp"
#include "tests/server/privacy_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::practice {
namespace {

using Mode = store::Database::Mode;

Milliseconds after_the_term() {
  return test_start_ms + std::chrono::milliseconds(limits::kept_after_leaving + std::chrono::days(2)).count();
}

store::RetentionDone applied(PrivacySchool& school, Milliseconds now_ms) {
  const auto done = store::apply_retention(school.running().journal(), school.folder() / "media", now_ms);
  if (done.has_error()) INFO(done.error().detail);
  REQUIRE(done.has_value());
  return *done;
}

void leave_class(PrivacySchool& school) {
  school.close();
  const auto database = school.opened(Mode::ReadWrite);
  auto& leave = database->statement("DELETE FROM enrolment WHERE account = ?");
  leave.bind(1, school.canary_id().value);
  leave.exec();
  leave.reset();
  REQUIRE(school.reopen().has_value());
}

// A school of so many pupils, all in one class.
void fill(store::Database& database, int pupils) {
  const std::string all = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                          std::to_string(pupils) + ") ";
  database.execute("INSERT INTO school (id, name) VALUES (900, 'De Trap')");
  database.execute(
      "INSERT INTO class (id, school, name, code, school_year, demo) VALUES (900, 900, '7', 'C', 'groep7', "
      "0)");
  database.execute("INSERT INTO account (id, school, role, name, secret) " + all +
                   "SELECT 1000 + i, 900, 'pupil', 'P' || i, '' FROM n");
  database.execute("INSERT INTO enrolment (class, account) " + all + "SELECT 900, 1000 + i FROM n");
}

// What SQLite did for the statements of this connection, in steps of its machine.
std::int64_t steps_done(store::Database& database) {
  std::int64_t steps = 0;
  sqlite3_stmt* each = nullptr;
  while ((each = sqlite3_next_stmt(database.connection().getHandle(), each)))
    steps += sqlite3_stmt_status(each, SQLITE_STMTSTATUS_VM_STEP, 0);
  return steps;
}

}  // namespace

TEST_CASE("retention: looking for who left costs each pupil the same, however many there are", "[privacy]") {
  constexpr int pupils = 3'000;
  const testing::TemporaryFolder folder;
  const auto database = store::Database::open(folder.path() / "school.db", Mode::ReadWrite);
  REQUIRE(database.has_value());
  REQUIRE(store::migrate(**database).has_value());
  fill(**database, pupils);
  const std::int64_t before = steps_done(**database);
  const auto left = store::pupils_who_left(**database, test_start_ms);
  REQUIRE(left.has_value());
  CHECK(left->empty());
  CHECK(steps_done(**database) - before < 100 * pupils);
}

TEST_CASE("retention: a pupil who left goes two years after the last practice, not a day before",
          "[privacy]") {
  PrivacySchool school;
  school.live(3);
  CHECK(applied(school, after_the_term()).pupils == 0);  // both are in a class
  leave_class(school);
  CHECK(applied(school, after_the_term() - 4LL * 86'400'000).pupils == 0);
  CHECK(applied(school, after_the_term()).pupils == 1);
  CHECK(applied(school, after_the_term()).pupils == 0);
  CHECK(files_with(school.folder(), canary_question).empty());
  CHECK(store::check_chain(*school.opened(Mode::ReadOnly)).has_value());
  CHECK(store::check_audit(*school.opened(Mode::ReadOnly)).has_value());
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().accounts().directory()->account(school.canary_id()) == nullptr);
}

TEST_CASE("retention: a school that is served keeps its pupils until the next start", "[privacy]") {
  PrivacySchool school;
  school.live(3);
  leave_class(school);
  auto& journal = school.running().journal();
  const auto done = store::apply_terms(journal, school.folder() / "media", after_the_term());
  REQUIRE(done.has_value());
  CHECK(done->pupils == 0);
  CHECK(*store::erase_who_left(journal, after_the_term()) == 1);
}

TEST_CASE("retention: sessions that ended go, open ones stay", "[privacy]") {
  PrivacySchool school;
  auto& journal = school.running().journal();
  REQUIRE(journal
              .write_and_wait([&](store::Database& database) -> Result<std::int64_t> {
                database.execute("INSERT INTO session VALUES ('a', 1, 100), ('b', 1, 300)");
                return 0;
              })
              .has_value());
  CHECK(applied(school, 200).sessions == 1);
  CHECK(applied(school, 200).sessions == 0);
}

TEST_CASE("retention: the audit keeps its term and says that it was shortened", "[privacy]") {
  PrivacySchool school;
  auto& journal = school.running().journal();
  REQUIRE(journal.write_and_wait(store::audit(1'000, AccountId{2}, store::Deed::PupilSeen, 4)).has_value());
  CHECK(applied(school, 2'000).audit == 0);
  const Milliseconds later = 1'001 + std::chrono::milliseconds(limits::audit_kept).count();
  CHECK(applied(school, later).audit == 1);
  CHECK(*store::check_audit(*school.opened(Mode::ReadOnly)) == 2);  // both runs
}

TEST_CASE("retention: an upload that nothing uses goes, one that is new or used stays", "[privacy]") {
  PrivacySchool school;
  const auto media = school.folder() / "media";
  const auto old =
      std::filesystem::file_time_type::clock::now() - limits::unused_uploads_kept - std::chrono::days(1);
  for (const char* name : {"unused.webm", "used.webm", "new.webm"}) net::write_file(media / name, "video");
  for (const char* name : {"unused.webm", "used.webm"}) std::filesystem::last_write_time(media / name, old);
  REQUIRE(school.running()
              .journal()
              .write_and_wait([](store::Database& database) -> Result<std::int64_t> {
                database.execute("INSERT INTO document VALUES ('h', '{\"file\":\"used.webm\"}')");
                return 0;
              })
              .has_value());
  const Milliseconds now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                                  std::chrono::system_clock::now().time_since_epoch())
                                  .count();
  CHECK(applied(school, now_ms).files == 1);
  CHECK_FALSE(std::filesystem::exists(media / "unused.webm"));
  CHECK(std::filesystem::exists(media / "used.webm"));
  CHECK(std::filesystem::exists(media / "new.webm"));
}

}  // namespace trede::practice
