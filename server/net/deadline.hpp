// How long a connection may take for what it does now, counted in seconds by the sweep. One loop.
#pragma once

#include <chrono>

namespace trede::net {

class Deadline {
 public:
  void within(std::chrono::seconds time) { seconds_left_ = static_cast<int>(time.count()); }
  void lift() { seconds_left_ = 0; }

  // True when the time is up.
  bool second_passed() { return seconds_left_ > 0 && --seconds_left_ == 0; }

 private:
  int seconds_left_ = 0;  // 0 = no limit
};

}  // namespace trede::net
