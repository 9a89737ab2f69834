// Takes out what was kept long enough (server/retention.hpp): sessions that ended, old entries of the audit, pupils who
// left, uploads that nothing uses. Everything goes through the journal and is noted in the audit. Waits for the disk:
// for a command or a thread of its own. Pupils go only while nobody serves the school: a running one holds what they
// typed in many places.
#pragma once

#include "server/store/journal.hpp"

namespace trede::store {

struct RetentionDone {
  std::int64_t sessions = 0;
  std::int64_t audit = 0;
  std::int64_t pupils = 0;
  std::int64_t files = 0;
};

// The numbers of pupils who are in no class any more and last practised before then.
Result<std::vector<PupilId>> pupils_who_left(Database& database, Milliseconds before_ms);

// All but the pupils; also of a school that is served.
Result<RetentionDone> apply_terms(Journal& journal, const std::filesystem::path& media, Milliseconds now_ms);
// The pupils; how many. Who calls compacts the file next (erasure.hpp).
Result<std::int64_t> erase_who_left(Journal& journal, Milliseconds now_ms);
// All.
Result<RetentionDone> apply_retention(Journal& journal, const std::filesystem::path& media,
                                      Milliseconds now_ms);

}  // namespace trede::store
