// Work in a process of its own: a child that is started, waited for and, when it takes too long or is not wanted any
// more, ended. A Waker is how the thread that waits hears of a stop. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace trede::practice {

class Waker {
 public:
  Waker();
  ~Waker();
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  void wake();
  void wait(std::chrono::milliseconds time);  // until woken, or for that long

 private:
  int descriptor_ = -1;  // event
};

// Runs arguments[0] with the arguments and waits. Its wait status; none when it could not be started or had to be
// ended.
std::optional<int> run_child(const std::vector<std::string>& arguments, std::chrono::milliseconds time,
                             std::stop_token stop);

// It ended by itself and says that all went well.
bool succeeded(const std::optional<int>& status);

}  // namespace trede::practice
