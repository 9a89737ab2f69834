// Every bound of the server, with its reason. Whatever grows with what people send stands here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace trede::limits {

// A message from a browser: an author's document of 64 KiB with its formulas is the largest honest one.
inline constexpr std::size_t message_bytes = 256 * 1024;
// From a pupil: an answer is under 1 KiB; eight times that leaves room for a long question.
inline constexpr std::size_t pupil_message_bytes = 8 * 1024;
// Deeper JSON than this is no message of ours (an item document is a string inside a message).
inline constexpr std::size_t json_depth = 16;

// Frames that wait for a slow reader; beyond it the connection closes and the client comes back for a
// snapshot.
inline constexpr std::size_t outbox_frames = 64;
inline constexpr std::size_t outbox_bytes = 256 * 1024;

// Changes that wait for the disk: at 10,000 a second this is 1.6 s of a stalled disk.
inline constexpr std::size_t journal_queue = 16 * 1024;
// Changes in one transaction: keeps a commit under some 10 ms.
inline constexpr std::size_t journal_group = 512;
// Events after which a new snapshot is worth its writing: a start reads so many again in about a second …
inline constexpr std::int64_t snapshot_events = 25'000;
// … and a school that is busier than ever does nothing but that otherwise.
inline constexpr std::chrono::minutes snapshot_pause{10};
// A snapshot that takes longer hangs; ten million events are read in far less.
inline constexpr std::chrono::hours snapshot_time{1};
// Pages in the WAL before a checkpoint even under load; 4,000 pages are 16 MiB.
inline constexpr int wal_pages = 4000;

// Learned parameters: a new version after so many answers, so that a new item of a busy school is known within
// the hour …
inline constexpr std::size_t publication_answers = 2'000;
// … and after so long when there are fewer, so that a quiet school's lesson still teaches the next one.
inline constexpr std::chrono::minutes publication_window{10};
// Items and effects in one event of a version: 100 KB of JSON, well under what a message may hold.
inline constexpr std::size_t parameter_entries = 500;
// Versions of the parameters that replay keeps for steps that were on their way when the next one came.
inline constexpr std::size_t versions_kept = 8;
// Steps that the nightly calibration reads, the newest: weeks of a busy school, minutes of one niced core.
inline constexpr std::int64_t nightly_steps = 200'000;
// Fewer answers than this on the last day cannot tell two versions apart.
inline constexpr std::int64_t last_day_answers = 100;
inline constexpr std::size_t nightly_items = 100'000;  // in a result; ten times the largest bank
// A calibration that takes longer hangs: it is ended and tried again the next night.
inline constexpr std::chrono::hours nightly_time{4};
// Versions of the bank that one shard has models of: its newest and those that pupils are in the middle of.
inline constexpr std::size_t models_kept = 8;

// A class or school behind one address opens many sockets at once; a flood opens more.
inline constexpr std::size_t connections = 12'000;
inline constexpr std::size_t connections_per_address = 4'000;

inline constexpr std::chrono::seconds handshake_time{10};  // slow handshakes are dropped
inline constexpr std::chrono::seconds idle_time{75};       // two missed pings
inline constexpr std::chrono::seconds stop_time{10};       // graceful stop
inline constexpr int messages_per_second = 10;             // per connection, sustained; a person sends 2
inline constexpr int messages_burst = 60;                  // a reconnecting page sends its backlog
inline constexpr std::chrono::seconds flood_pause{10};     // before who said too much may come back

inline constexpr std::size_t http_header_bytes = 8 * 1024;
inline constexpr std::size_t http_body_bytes = 16 * 1024;
inline constexpr std::size_t media_bytes = 64 * 1024 * 1024;  // one uploaded video; ten minutes at 720p

inline constexpr int uploads_at_once = 4;  // each writes as fast as the disk allows

inline constexpr std::chrono::milliseconds push_interval{100};  // per class, after the first change
inline constexpr std::size_t history_steps = 200;               // shown to a teacher at once
// A class has some dozens of topics in a year; nobody blocks hundreds of exercises by hand.
inline constexpr std::size_t steering_entries = 500;
// "Not this exercise" is for an exercise that does not fit, not a way around work: after one, five steps are done …
inline constexpr std::int64_t steps_between_put_asides = 5;
// … and the oldest of so many comes back, so that a pupil cannot empty a topic.
inline constexpr std::size_t items_put_aside = 50;
inline constexpr std::size_t reports_shown = 200;  // of exercises with something wrong, the newest
inline constexpr std::size_t suspects_shown = 50;  // exercises that may be faulty: more than anybody mends in a day
inline constexpr std::size_t steering_periods = 20;  // of what was fixed in the last weeks, the newest
inline constexpr std::size_t question_characters = 500;
inline constexpr std::size_t questions_shown = 200;
inline constexpr std::int64_t groups_at_once = 8;  // more tables than a classroom has room for
inline constexpr std::size_t group_sets = 6;       // of a class; the oldest goes
inline constexpr std::size_t group_topics = 4;     // that pupils are compared on
inline constexpr std::size_t group_pairs = 60;     // to keep apart or together; a class of 30 has 435 pairs
inline constexpr std::size_t group_items = 20;     // exercises in a group's plan
inline constexpr std::int64_t group_days = 14;     // abilities move: then groups are made anew
inline constexpr std::size_t answer_characters = 200;
inline constexpr std::int64_t elapsed_ms = 60 * 60 * 1000;  // a longer thought is an abandoned page

// Wrong secrets of one account in a quarter of an hour; those of one address: accounts/people_limits.hpp.
inline constexpr int wrong_secrets_per_account = 10;
inline constexpr std::chrono::minutes wrong_secrets_window{15};
inline constexpr std::chrono::hours pupil_session{12};  // a school day
inline constexpr std::chrono::hours staff_session{12};
inline constexpr std::size_t sessions_per_account = 10;     // devices of one person; the oldest is signed out
inline constexpr std::size_t attempts_remembered = 50'000;  // names and addresses with wrong secrets
// Sign-ins that wait for a hash: two threads do 20 a second, so the last of these waits 13 s.
inline constexpr std::size_t sign_ins_waiting = 256;
inline constexpr std::size_t name_bytes = 100;    // of a person, class or school
inline constexpr std::size_t secret_bytes = 200;  // a long pass phrase

}  // namespace trede::limits
