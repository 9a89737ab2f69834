#include "server/store/about_pupil.hpp"

#include "server/store/event_log.hpp"
#include "server/store/sql.hpp"

namespace trede::store {
namespace {

// Classes and pupils have numbers of their own; only some kinds are about classes.
bool is_about_class(const Event& event) {
  if (event.kind == SteeringSet::tag) {
    const auto set = protocol::decode<SteeringSet>(event.payload);
    return set.has_value() && set->scope == "class";
  }
  return event.kind == LessonPlanned::tag || event.kind == LessonCancelled::tag ||
         event.kind == GroupsSaved::tag;
}

}  // namespace

Result<std::vector<Event>> events_about(Database& database, PupilId pupil, const std::set<ClassId>& classes) {
  std::vector<Event> events;
  const auto read = read_events(database, 0, [&](const Event& event) {
    const bool may_be = event.subject == pupil.value || classes.contains(ClassId{event.subject});
    if (!may_be) return Result<void>{};
    if (is_about_class(event) ? classes.contains(ClassId{event.subject}) : event.subject == pupil.value)
      events.push_back(event);
    return Result<void>{};
  });
  if (read.has_error()) return read.error();
  return events;
}

Result<std::vector<Milliseconds>> sessions_of(Database& database, AccountId account) {
  std::vector<Milliseconds> until;
  const auto read = guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::sessions_of);
    rows.bind(1, account.value);
    while (rows.executeStep()) until.push_back(rows.getColumn(0).getInt64());
    return 0;
  });
  if (read.has_error()) return read.error();
  return until;
}

}  // namespace trede::store
