// How much a connection may say: a burst at once, then so much a second. Refilled by the sweep, so it needs
// no clock.
#pragma once

#include <algorithm>

namespace trede::net {

class TokenBucket {
 public:
  TokenBucket(int burst, int each_second) : burst_(burst), each_second_(each_second), left_(burst) {}

  void second_passed() { left_ = std::min(burst_, left_ + each_second_); }
  bool take() { return left_ > 0 && left_-- > 0; }

 private:
  int burst_;
  int each_second_;
  int left_;
};

}  // namespace trede::net
