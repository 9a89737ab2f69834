// Events to write, and those that a file holds.
#pragma once

#include <filesystem>
#include <vector>

#include "server/store/event_log.hpp"
#include "tests/support/catch.hpp"

namespace trede::store {

inline Event numbered(std::int64_t number) {
  return event_of(1'000, 7, number, HintTaken{number});
}

inline std::vector<Event> events_in(const std::filesystem::path& file) {
  auto database = Database::open(file, Database::Mode::ReadOnly);
  REQUIRE(database.has_value());
  std::vector<Event> events;
  const auto read = read_events(**database, 0, [&](const Event& event) {
    events.push_back(event);
    return Result<void>{};
  });
  REQUIRE(read.has_value());
  return events;
}

}  // namespace trede::store
