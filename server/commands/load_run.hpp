// Measures a running server with simulated pupils P1 … PN over real WebSockets, a thread each. Closed loop: a
// pupil answers as soon as the reply is there, but no oftener than the server lets one connection speak. Open
// loop: answers come at a fixed rate, whether or not the server keeps up, and latency counts from the moment
// an answer was due, so that a stall is not hidden by pupils who wait for it. Blocking; called by commands.
#pragma once

#include <boost/describe.hpp>
#include <memory>
#include <optional>

#include "server/commands/pupil_client.hpp"

namespace trede::commands {

struct LoadPlan {
  ServerAddress address;
  int pupils = 60;
  double seconds = 10;
  double rate = 0;         // answers a second over all pupils; 0: closed loop
  int server_process = 0;  // whose processor time is told; 0: not
};

// Times of a reply in milliseconds of the wall clock; processor times in milliseconds per answer, of all
// threads.
struct LoadReport {
  std::int64_t pupils = 0;
  double seconds = 0;
  std::int64_t answers = 0;       // exercises, judged and on disk
  std::int64_t videos = 0;        // passed over at once
  std::int64_t errors = 0;        // each ends its pupil's part
  std::int64_t without_step = 0;  // pupils who had nothing left to practise
  double answers_per_second = 0;
  double p50_ms = 0, p90_ms = 0, p99_ms = 0, max_ms = 0;
  double client_cpu_ms = 0;
  std::optional<double> server_cpu_ms;
  std::string first_error;
};
BOOST_DESCRIBE_STRUCT(LoadReport, (),
                      (pupils, seconds, answers, videos, errors, without_step, answers_per_second, p50_ms,
                       p90_ms, p99_ms, max_ms, client_cpu_ms, server_cpu_ms, first_error))

Result<LoadReport> run_load(const LoadPlan& plan, std::shared_ptr<const content::ItemBank> bank);

}  // namespace trede::commands
