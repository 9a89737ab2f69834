#include "server/practice/dates.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace trede::practice {
namespace {

}  // namespace

std::int64_t day_of(Milliseconds at_ms) {
  return at_ms / milliseconds_a_day;
}

std::string date_of(Milliseconds at_ms) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day_of(at_ms)}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

bool is_date(const std::string& text) {
  int year = 0, month = 0, day = 0;
  char end = 0;
  const bool read =
      text.size() == 10 && std::sscanf(text.c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &end) == 3;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return read && date.ok();
}

}  // namespace trede::practice
