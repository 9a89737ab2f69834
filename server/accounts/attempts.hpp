// Counts wrong secrets per name or per address, so that nobody guesses on. A window begins with the first
// wrong one. Belongs to one loop (the home loop of AccountService); bounded: the oldest count is forgotten
// first.
#pragma once

#include <chrono>
#include <string>
#include <unordered_map>

#include "server/ids.hpp"

namespace trede::accounts {

class Attempts {
 public:
  Attempts(int most, std::chrono::milliseconds window, std::size_t bound)
      : most_(most), window_(window), bound_(bound) {}

  bool none(const std::string& key, Milliseconds now) const;
  bool exhausted(const std::string& key, Milliseconds now) const;
  void count(const std::string& key, Milliseconds now);
  void forget(const std::string& key) { counts_.erase(key); }

 private:
  struct Count {
    Milliseconds since = 0;
    int wrong = 0;
  };

  bool current(const Count& count, Milliseconds now) const;
  void make_room(Milliseconds now);

  int most_;
  std::chrono::milliseconds window_;
  std::size_t bound_;
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace trede::accounts
