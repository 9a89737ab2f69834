// What the benchmarks share: processor time, which a busy machine does not lengthen as it does the wall clock,
// and the line a result is printed on. One thread.
#pragma once

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace trede::bench {

// Of every thread of this program together.
inline double processor_us() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e6 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_nsec);
}

// microseconds: of one call, a value a block. Precondition: not empty.
inline void print_result(const char* name, std::vector<double> microseconds) {
  std::sort(microseconds.begin(), microseconds.end());
  const double median = microseconds[microseconds.size() / 2];
  const double high = microseconds[microseconds.size() * 99 / 100];
  std::printf("{\"bench\": \"%s\", \"median_us\": %.3f, \"p99_us\": %.3f}\n", name, median, high);
}

}  // namespace trede::bench
