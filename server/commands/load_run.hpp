// Measures a running server with simulated people over real WebSockets, all on one thread. Closed loop: a pupil
// answers as soon as the reply is there, as often as the server lets one connection speak. Open loop: answers are
// due at a fixed rate, whether or not the server keeps up, and latency counts from the moment an answer was due, so
// that a stall is not hidden by pupils who wait for it. Ends before its time when all pupils are gone. Blocking; called
// by commands.
#pragma once

#include <boost/describe.hpp>
#include <optional>

#include "server/commands/websocket_client.hpp"

namespace trede::commands {

struct LoadPlan {
  ServerAddress address;
  int pupils = 60;
  int teachers = 0;  // T1 …, each with the class of 30 of that number
  int idle = 0;      // connections that say nothing, with the sessions of the pupils
  double seconds = 10;
  std::int64_t answers = 0;  // ends a closed loop; 0: the seconds do
  double rate = 0;           // answers a second over all pupils; 0: closed loop
  int server_process = 0;    // whose processor time and memory are told; 0: not
};

// How many fell within so many milliseconds but beyond the bound before.
struct LoadBucket {
  double ms = 0;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(LoadBucket, (), (ms, count))

// Times in milliseconds of the wall clock; processor times in milliseconds per answer, of all threads.
struct LoadReport {
  std::int64_t pupils = 0, teachers = 0, idle = 0;
  double sign_in_seconds = 0;  // everybody, sixteen at a time
  double connect_seconds = 0;  // all WebSockets, asked for at once
  double connect_p99_ms = 0;
  double seconds = 0;
  std::int64_t answers = 0;       // exercises, judged and on disk
  std::int64_t videos = 0;        // passed over at once
  std::int64_t errors = 0;        // each ends its connection's part
  std::int64_t unanswered = 0;    // due before the end and without a reply then
  std::int64_t without_step = 0;  // pupils who had nothing left to practise
  double answers_per_second = 0;
  double p50_ms = 0, p90_ms = 0, p99_ms = 0, p999_ms = 0, max_ms = 0;
  std::vector<LoadBucket> histogram;
  std::int64_t pushes = 0;                  // frames to teachers
  double push_p50_ms = 0, push_p99_ms = 0;  // from the pupil's reply to the teacher's page
  double pushes_per_second = 0;             // to one teacher
  double client_cpu_ms = 0;
  std::optional<double> server_cpu_ms;
  std::optional<double> server_memory_kib;            // resident, at the end
  std::optional<double> server_memory_kib_each_idle;  // what the idle connections added, each
  std::string first_error;
};
BOOST_DESCRIBE_STRUCT(LoadReport, (),
                      (pupils, teachers, idle, sign_in_seconds, connect_seconds, connect_p99_ms, seconds,
                       answers, videos, errors, unanswered, without_step, answers_per_second, p50_ms, p90_ms,
                       p99_ms, p999_ms, max_ms, histogram, pushes, push_p50_ms, push_p99_ms,
                       pushes_per_second, client_cpu_ms, server_cpu_ms, server_memory_kib,
                       server_memory_kib_each_idle, first_error))

Result<LoadReport> run_load(const LoadPlan& plan);

}  // namespace trede::commands
