// What is looked for among millions of events is found without reading them all.
#include <algorithm>

#include "engine/random.hpp"
#include "server/store/sql.hpp"
#include "tests/server/journal_support.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::store {
namespace {

using testing::TemporaryFolder;

std::unique_ptr<Journal> journal_in(const TemporaryFolder& folder) {
  auto journal = Journal::open(folder.path() / "school.db");
  REQUIRE(journal.has_value());
  return std::move(*journal);
}

std::unique_ptr<Database> reader_of(const Journal& journal) {
  auto database = Database::open(journal.file(), Database::Mode::ReadOnly);
  REQUIRE(database.has_value());
  return std::move(*database);
}

// How SQLite would answer it.
std::string plan_of(Database& database, std::string_view statement) {
  std::string plan;
  SQLite::Statement rows(database.connection(), "EXPLAIN QUERY PLAN " + std::string(statement));
  while (rows.executeStep()) plan += rows.getColumn(3).getString() + "\n";
  return plan;
}

}  // namespace

TEST_CASE("journal: where a time begins is found by halving as by reading") {
  const TemporaryFolder folder;
  const auto journal = journal_in(folder);
  Random random{31};
  std::vector<Milliseconds> times;
  Milliseconds now_ms = 0;
  std::vector<Event> events;
  for (int i = 0; i < 300; ++i) {
    now_ms += random.below(3) * 1'000;  // several in one moment, hours without any
    if (random.below(20) == 0) now_ms += 5'000'000;
    events.push_back(event_of(now_ms, 7, 0, HintTaken{i}));
    if (random.below(10) == 0)
      events.back().sequence = static_cast<Sequence>(events.size()) * 7;  // after a loss
  }
  REQUIRE(journal->write_and_wait(append_all(events)).has_value());
  const std::vector<Event> kept = events_in(journal->file());
  const auto database = reader_of(*journal);
  for (Milliseconds at_ms = -1; at_ms < now_ms + 5'000; at_ms += 9'999) {
    const auto first =
        std::find_if(kept.begin(), kept.end(), [&](const Event& each) { return each.at_ms >= at_ms; });
    const auto begin = beginning_of(*database, at_ms);
    REQUIRE(begin.has_value());
    INFO("at " << at_ms);
    if (first == kept.end()) {
      CHECK(*begin == kept.back().sequence + 1);
      continue;
    }
    CHECK(*begin <= first->sequence);
    CHECK((first == kept.begin() || *begin > std::prev(first)->sequence));
  }
}

TEST_CASE("journal: what pupils reported and teachers decided has an index of its own") {
  const TemporaryFolder folder;
  const auto journal = journal_in(folder);
  const auto database = reader_of(*journal);
  for (const std::string_view statement : {sql::events_of_kind, sql::payloads_of_kind, sql::items_said}) {
    const std::string plan = plan_of(*database, statement);
    INFO(statement << "\n" << plan);
    CHECK(plan.find("USING INDEX event_other (kind=?)") != std::string::npos);
    CHECK(plan.find("SCAN event") == std::string::npos);
  }
  for (const std::string_view statement : {sql::gaps_since, sql::first_step_since, sql::next_event}) {
    const std::string plan = plan_of(*database, statement);
    INFO(statement << "\n" << plan);
    CHECK(plan.find("USING INTEGER PRIMARY KEY (rowid>?)") != std::string::npos);
  }
}

TEST_CASE("journal: a step is written to one index, and what a pupil typed is found with it") {
  const TemporaryFolder folder;
  const auto journal = journal_in(folder);
  const auto database = reader_of(*journal);
  SQLite::Statement indexes(database->connection(),
                            "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'event' "
                            "AND sql NOT LIKE '%WHERE number = 0'");
  REQUIRE(indexes.executeStep());
  CHECK(indexes.getColumn(0).getString() == "event_step");
  CHECK_FALSE(indexes.executeStep());
  const std::string plan = plan_of(*database, sql::unsealed_words);
  INFO(plan);
  CHECK(plan.find("USING INDEX event_step (subject=? AND number>?)") != std::string::npos);
  CHECK(plan.find("USING INDEX event_other (kind=?)") != std::string::npos);
  CHECK(plan.find("SCAN") == std::string::npos);
}

}  // namespace trede::store
