#include "server/store/retention_run.hpp"

#include "server/retention.hpp"
#include "server/store/audit.hpp"
#include "server/store/erasure.hpp"
#include "server/store/sql.hpp"

namespace trede::store {
namespace {

namespace fs = std::filesystem;

constexpr AccountId nobody{0};

Milliseconds ago(Milliseconds now_ms, std::chrono::milliseconds term) {
  return now_ms - term.count();
}

Change end_old_sessions(Milliseconds now_ms) {
  return [=](Database& database) -> Result<std::int64_t> {
    auto& old = database.statement(sql::end_old_sessions);
    old.bind(1, now_ms);
    return old.exec();
  };
}

// Uploads are named by their content; whoever uses one names it in a document of the bank.
bool is_used(Database& database, const std::string& name) {
  auto& row = database.statement(sql::document_names);
  row.bind(1, name);
  bool used = false;
  while (row.executeStep()) used = row.getColumn(0).getInt() != 0;
  return used;
}

Result<std::int64_t> remove_unused(Database& database, const fs::path& media, Milliseconds now_ms) {
  return guarded([&]() -> Result<std::int64_t> {
    std::int64_t removed = 0;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(media, failure)) {
      const auto written = std::chrono::file_clock::to_sys(entry.last_write_time(failure)).time_since_epoch();
      const Milliseconds at_ms = std::chrono::duration_cast<std::chrono::milliseconds>(written).count();
      if (failure || !entry.is_regular_file(failure) || at_ms >= ago(now_ms, limits::unused_uploads_kept))
        continue;
      if (is_used(database, entry.path().filename().string())) continue;
      removed += fs::remove(entry.path(), failure);
    }
    return removed;
  });
}

}  // namespace

Result<std::vector<PupilId>> pupils_who_left(Database& database, Milliseconds before_ms) {
  std::vector<PupilId> left;
  const auto read = guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::pupils_who_left);
    rows.bind(1, before_ms);
    while (rows.executeStep()) left.push_back(PupilId{rows.getColumn(0).getInt64()});
    return 0;
  });
  if (read.has_error()) return read.error();
  return left;
}

Result<std::int64_t> erase_who_left(Journal& journal, Milliseconds now_ms) {
  const auto database = Database::open(journal.file(), Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto left = pupils_who_left(**database, ago(now_ms, limits::kept_after_leaving));
  if (left.has_error()) return left.error();
  for (const PupilId pupil : *left) {
    const auto erased = journal.write_and_wait(
        audited(erase_pupil(pupil, nobody, now_ms), now_ms, nobody, Deed::PupilErased, pupil.value));
    if (erased.has_error()) return erased;
  }
  return static_cast<std::int64_t>(left->size());
}

Result<RetentionDone> apply_terms(Journal& journal, const fs::path& media, Milliseconds now_ms) {
  const auto database = Database::open(journal.file(), Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto sessions = journal.write_and_wait(end_old_sessions(now_ms));
  if (sessions.has_error()) return sessions.error();
  const auto files = remove_unused(**database, media, now_ms);
  if (files.has_error()) return files.error();
  const auto audit = journal.write_and_wait(
      audited(forget_audit(ago(now_ms, limits::audit_kept)), now_ms, nobody, Deed::RetentionApplied, 0));
  if (audit.has_error()) return audit.error();
  return RetentionDone{*sessions, *audit, 0, *files};
}

Result<RetentionDone> apply_retention(Journal& journal, const fs::path& media, Milliseconds now_ms) {
  const auto pupils = erase_who_left(journal, now_ms);
  if (pupils.has_error()) return pupils.error();
  auto done = apply_terms(journal, media, now_ms);
  if (done.has_value()) done->pupils = *pupils;
  return done;
}

}  // namespace trede::store
