// Whose conversation was closed for a flood of messages and may not come back at once: a new line would be a new
// burst. Each account has a slot of a fixed table, which it may share: a later flood then ends the pause of an earlier
// one, and nobody else is ever paused. Any thread, without waiting.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

#include "server/ids.hpp"

namespace trede::net {

class Floods {
 public:
  using Clock = std::chrono::steady_clock;

  void begin(AccountId who, Clock::time_point now);  // for limits::flood_pause
  bool lasts(AccountId who, Clock::time_point now) const;

 private:
  static constexpr std::size_t slots = 1024;

  static std::size_t slot_of(AccountId who) { return static_cast<std::uint64_t>(who.value) % slots; }

  std::array<std::atomic<std::uint64_t>, slots>
      ends_{};  // account above, second of the end below: 32 bits each
};

}  // namespace trede::net
