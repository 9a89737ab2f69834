#include "server/accounts/sign_in_hours.hpp"

#include <ctime>

namespace trede::accounts {
namespace {

std::tm local_time(Milliseconds now) {
  const std::time_t seconds = now / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

bool is_within(std::int64_t minute, std::int64_t from, std::int64_t until) {
  return from <= minute && minute < until;
}

bool is_span(std::int64_t from, std::int64_t until) {
  return 0 <= from && from <= until && until <= 24 * 60;
}

}  // namespace

std::string said_today(const Class& school_class, Milliseconds now) {
  return now < school_class.said_until_ms ? school_class.said : std::string();
}

bool is_open(const Class& school_class, Milliseconds now) {
  const std::string said = said_today(school_class, now);
  if (!said.empty()) return said == "open";
  const std::tm local = local_time(now);
  const std::int64_t minute = 60 * local.tm_hour + local.tm_min;
  const protocol::SignInHours& hours = school_class.hours;
  const bool weekend = local.tm_wday == 0 || local.tm_wday == 6;
  return weekend ? is_within(minute, hours.weekend_from, hours.weekend_until)
                 : is_within(minute, hours.week_from, hours.week_until);
}

Milliseconds end_of_day(Milliseconds now) {
  std::tm local = local_time(now);
  local.tm_mday += 1;
  local.tm_hour = local.tm_min = local.tm_sec = 0;
  local.tm_isdst = -1;  // mktime finds out: the clock may change that night
  return std::int64_t{std::mktime(&local)} * 1000;
}

std::optional<Error> problem_with(const protocol::SignInHours& hours) {
  if (is_span(hours.week_from, hours.week_until) && is_span(hours.weekend_from, hours.weekend_until))
    return std::nullopt;
  return Error{ErrorCode::Invalid, "hours: minutes of one day are needed, from before until"};
}

}  // namespace trede::accounts
