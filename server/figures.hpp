// What a running server counts about itself, for its metrics: numbers that any thread raises and any thread
// reads, never about a person. Reading several of them is no snapshot of one moment.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace trede {

// Only ever rises.
class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// Goes up and down.
class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t change) { value_.fetch_add(change, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

// Raises a gauge for as long as it lives: "one more of these is there".
class Present {
 public:
  explicit Present(Gauge& gauge) : gauge_(gauge) { gauge_.add(1); }
  ~Present() { gauge_.add(-1); }
  Present(const Present&) = delete;
  Present& operator=(const Present&) = delete;

 private:
  Gauge& gauge_;
};

// How many durations fell under each bound, and their sum.
class Durations {
 public:
  using Clock = std::chrono::steady_clock;
  // Seconds, 1 – 2.5 – 5: from a commit on a fast disk to a school that waits.
  static constexpr std::array<double, 14> bounds = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                    0.025,  0.05,    0.1,    0.25,  0.5,    1.0,   5.0};

  void add(Clock::duration duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    std::size_t place = 0;
    while (place < bounds.size() && seconds > bounds[place]) ++place;
    counts_[place].add();
    nanoseconds_.add(
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count()));
  }

  // Those within bounds[place] but beyond the bound before; place == bounds.size(): beyond all.
  std::uint64_t count(std::size_t place) const { return counts_[place].value(); }
  double sum_seconds() const { return 1e-9 * static_cast<double>(nanoseconds_.value()); }

 private:
  std::array<Counter, bounds.size() + 1> counts_;
  Counter nanoseconds_;
};

}  // namespace trede
