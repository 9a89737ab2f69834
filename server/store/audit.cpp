#include "server/store/audit.hpp"

#include "server/protocol/codec.hpp"
#include "server/retention.hpp"
#include "server/store/hash.hpp"
#include "server/store/sql.hpp"

namespace trede::store {
namespace {

struct AuditTip {
  std::int64_t number = 0;
  Link link{};
};

AuditTip tip_in(Database& database, Sql statement) {
  AuditTip tip;
  auto& row = database.statement(statement);
  while (row.executeStep()) tip = {row.getColumn(0).getInt64(), link_in(row.getColumn(1)).value_or(Link{})};
  return tip;
}

// What the newest entry's link is; after a retention that left nothing, that of the last one that went.
AuditTip newest(Database& database) {
  const AuditTip last = tip_in(database, sql::newest_audit);
  return last.number > 0 ? last : tip_in(database, sql::audit_begin);
}

Link link_of(const Link& before, const AuditEntry& entry) {
  Hash hash;
  hash.add(before);
  hash.add(entry.number);
  hash.add(entry.at_ms);
  hash.add(entry.actor);
  hash.add(entry.subject);
  hash.add(entry.action);
  return hash.result();
}

AuditEntry entry_in(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getInt64(),
          row.getColumn(3).getString(), row.getColumn(4).getInt64()};
}

// The number of an entry within the window that says the same; 0 when there is none.
std::int64_t said_already(Database& database, const AuditEntry& entry) {
  const Milliseconds window = std::chrono::milliseconds(limits::audit_window).count();
  auto& row = database.statement(sql::recent_audit);
  row.bind(1, entry.actor);
  row.bind(2, entry.action);
  row.bind(3, entry.subject);
  row.bind(4, entry.at_ms - window);
  row.bind(5, entry.at_ms);
  std::int64_t number = 0;
  while (row.executeStep()) number = row.getColumn(0).getInt64();
  return number;
}

std::int64_t insert(Database& database, AuditEntry entry) {
  const AuditTip tip = newest(database);
  entry.number = tip.number + 1;
  const Link link = link_of(tip.link, entry);
  auto& add = database.statement(sql::add_audit);
  add.bind(1, entry.number);
  add.bind(2, entry.at_ms);
  add.bind(3, entry.actor);
  add.bind(4, entry.action);
  add.bind(5, entry.subject);
  add.bind(6, link.data(), static_cast<int>(link.size()));
  add.exec();
  return entry.number;
}

bool only_seen(Deed deed) {
  return deed == Deed::ClassSeen || deed == Deed::PupilSeen || deed == Deed::SchoolSeen ||
         deed == Deed::SchoolTotalsSeen || deed == Deed::SchoolTalentsSeen;
}

Error changed(std::int64_t number) {
  return {ErrorCode::Conflict, "entry " + std::to_string(number) +
                                   " of the audit is not what was written: it, or one before it, was changed "
                                   "or taken out"};
}

Result<std::int64_t> check_entries(Database& database) {
  AuditTip before = tip_in(database, sql::audit_begin);
  std::int64_t entries = 0;
  auto& rows = database.statement(sql::all_audit);
  while (rows.executeStep()) {
    const AuditEntry entry = entry_in(rows);
    const Link link = link_of(before.link, entry);
    if (entry.number != before.number + 1 || link_in(rows.getColumn(5)) != link) return changed(entry.number);
    before = {entry.number, link};
    ++entries;
  }
  if (tip_in(database, sql::audit_given).number != before.number) return changed(before.number + 1);
  return entries;
}

}  // namespace

std::string word_of(Deed deed) {
  return protocol::lower_kebab(boost::describe::enum_to_string(deed, ""));
}

Change audit(Milliseconds at_ms, AccountId actor, Deed deed, std::int64_t subject) {
  return [=](Database& database) -> Result<std::int64_t> {
    const AuditEntry entry{0, at_ms, actor.value, word_of(deed), subject};
    const std::int64_t known = only_seen(deed) ? said_already(database, entry) : 0;
    return known > 0 ? known : insert(database, entry);
  };
}

Change audited(Change change, Milliseconds at_ms, AccountId actor, Deed deed, std::int64_t subject) {
  return [change = std::move(change),
          entry = audit(at_ms, actor, deed, subject)](Database& database) -> Result<std::int64_t> {
    const auto changed = change(database);
    if (changed.has_error()) return changed;
    const auto noted = entry(database);
    return noted.has_error() ? noted : changed;
  };
}

Change audited_making(Change change, Milliseconds at_ms, AccountId actor, Deed deed) {
  return [=, change = std::move(change)](Database& database) -> Result<std::int64_t> {
    const auto made = change(database);
    if (made.has_error()) return made;
    const auto noted = audit(at_ms, actor, deed, *made)(database);
    return noted.has_error() ? noted : made;
  };
}

Result<std::int64_t> check_audit(Database& database) {
  return guarded([&] { return check_entries(database); });
}

Result<std::vector<AuditEntry>> audit_about(Database& database, PupilId pupil) {
  std::vector<AuditEntry> entries;
  const auto read = guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::audit_about);
    rows.bind(1, pupil.value);
    while (rows.executeStep()) entries.push_back(entry_in(rows));
    return 0;
  });
  if (read.has_error()) return read.error();
  return entries;
}

Change forget_audit(Milliseconds before_ms) {
  return [=](Database& database) -> Result<std::int64_t> {
    auto& last = database.statement(sql::last_audit_before);
    last.bind(1, before_ms);
    AuditTip gone;
    while (last.executeStep()) gone = {last.getColumn(0).getInt64(), *link_in(last.getColumn(1))};
    if (gone.number == 0) return 0;
    database.statement(sql::clear_audit_begin).exec();
    auto& begin = database.statement(sql::set_audit_begin);
    begin.bind(1, gone.number);
    begin.bind(2, gone.link.data(), static_cast<int>(gone.link.size()));
    begin.exec();
    auto& forget = database.statement(sql::forget_audit);
    forget.bind(1, gone.number);
    return forget.exec();
  };
}

}  // namespace trede::store
