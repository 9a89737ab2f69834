// Groups of pupils for a lesson, as messages carry them and events keep them: members may be added as optional, never
// renamed or given another meaning.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace trede::protocol {

// Who works together, and on what. Pupils by id; topic, video and exercises by the bank's ids.
struct Group {
  std::vector<std::int64_t> pupils;
  std::string topic;               // empty = left to the teacher
  std::string video;               // empty = none
  std::vector<std::string> items;  // easiest first
};
BOOST_DESCRIBE_STRUCT(Group, (), (pupils, topic, video, items))

// Two pupils, in any order.
struct Pair {
  std::int64_t first = 0;
  std::int64_t second = 0;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (first, second))

// What a teacher wants of groups. topics: ids that pupils are compared on, empty = what the class needs next.
struct GroupWishes {
  std::vector<std::string> topics;
  std::int64_t groups = 3;
  std::int64_t smallest = 1;
  std::int64_t largest = 30;
  std::vector<Pair> apart;
  std::vector<Pair> together;
};
BOOST_DESCRIBE_STRUCT(GroupWishes, (), (topics, groups, smallest, largest, apart, together))

}  // namespace trede::protocol
