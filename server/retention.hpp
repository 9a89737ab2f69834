// How long things are kept, with the reasons: the periods that docs/PRIVACY.md names to the school. Applied by
// a server that runs, each night and at its start, and by `trede retention`. Plain constants; anyone may read them.
#pragma once

#include <chrono>
#include <cstddef>

namespace trede::limits {

// A pupil's account and words after the last practice, in no class any more: the term for a pupil's records in Dutch
// schools, two years after leaving.
inline constexpr std::chrono::days kept_after_leaving{2 * 365};
// Who saw or changed what: long enough for a question at the end of the next school year.
inline constexpr std::chrono::days audit_kept{2 * 365};
// One entry says that somebody looked at least once within this time: a teacher opens a pupil's page many times a
// lesson.
inline constexpr std::chrono::minutes audit_window{60};
// An uploaded file that no exercise or lesson ever used.
inline constexpr std::chrono::days unused_uploads_kept{90};
// Events that one event of an erasure names, from before words were sealed: 100 KB of JSON.
inline constexpr std::size_t cleared_events = 1'000;
inline constexpr int terms_minute_of_day = 150;  // 02:30 UTC: before the calibration, when nobody practises

}  // namespace trede::limits
