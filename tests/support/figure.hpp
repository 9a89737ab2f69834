// A measured number of an acceptance test, for the table in docs/ESTIMATOR.md: with TREDE_FIGURES naming a file,
// each call appends one line "room<TAB>what<TAB>goal<TAB>measured"; without it nothing happens.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <string>

namespace trede::testing {

inline void figure(const std::string& room, const std::string& what, const std::string& goal,
                   const std::string& measured) {
  const char* path = std::getenv("TREDE_FIGURES");
  if (path == nullptr) return;
  std::ofstream(path, std::ios::app) << room << '\t' << what << '\t' << goal << '\t' << measured << '\n';
}

inline void figure(const std::string& room, const std::string& what, const std::string& goal, double measured,
                   int digits = 3) {
  std::ostringstream text;
  text << std::setprecision(digits) << measured;
  figure(room, what, goal, text.str());
}

}  // namespace trede::testing
