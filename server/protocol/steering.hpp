// What a teacher fixed for a class or for one pupil; practice adapts inside it and never against it. Travels in
// messages and is kept in events, so members may be added as optional, never renamed or given another meaning.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace trede::protocol {

struct Steering {
  std::vector<std::string> topics;         // this week's, ids; empty = all
  std::vector<std::string> must_do;        // topic ids that come before others
  std::string until;                       // last day of the two above, YYYY-MM-DD; empty = until changed
  std::vector<std::string> blocked_items;  // "not this exercise", item ids
  std::string level;                       // fixed: adaptive, easy, middle, hard; empty = the pupil chooses
  bool paused = false;
};
BOOST_DESCRIBE_STRUCT(Steering, (), (topics, must_do, until, blocked_items, level, paused))

}  // namespace trede::protocol
