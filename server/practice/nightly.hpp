// The nightly calibration of a school that serves: at its hour it starts a niced child process that reads the
// journal and calculates (nightly_calibration.hpp), and publishes what it found as a version of the parameters.
// A child that crashes, hangs or writes nonsense changes nothing. Another piece of work may have an hour of its own, on
// the same thread. One thread of its own; the functions may be
// called from any. End it before the loops are finished.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include "server/clock.hpp"
#include "server/limits.hpp"
#include "server/practice/child_process.hpp"
#include "server/practice/nightly_calibration.hpp"
#include "server/practice/parameter_service.hpp"

namespace trede::practice {

struct NightlyPlan {
  std::filesystem::path database;
  std::optional<int> minute_of_day = 180;            // UTC; none = only when asked
  std::filesystem::path program = "/proc/self/exe";  // called as `PROGRAM nightly --database … --out …`
  std::chrono::milliseconds time = limits::nightly_time;
  int other_minute_of_day = 0;  // UTC
  std::function<void()> other_work = {};
};

// The next moment after `now_ms` at this minute of the day, UTC.
Milliseconds next_time(Milliseconds now_ms, int minute_of_day);

class Nightly {
 public:
  Nightly(NightlyPlan plan, Clock clock, ParameterService& parameters);
  ~Nightly();  // ends a child that runs
  Nightly(const Nightly&) = delete;
  Nightly& operator=(const Nightly&) = delete;

  void look() { waker_.wake(); }              // at the clock, without waiting for the next look
  void run_now();                             // once, as soon as the one that runs is done
  int finished() const { return finished_; }  // how many have run, whatever became of them

 private:
  void run(std::stop_token stop);
  void calibrate(std::stop_token stop);

  NightlyPlan plan_;
  Clock clock_;
  ParameterService& parameters_;
  Waker waker_;
  std::atomic<bool> asked_ = false;
  std::atomic<int> finished_ = 0;
  std::jthread thread_;  // last member: ends before the rest goes
};

}  // namespace trede::practice
