// Names for rows of the database that the compiler tells apart. Plain values, used by every room of the
// server.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace trede {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
};

using SchoolId = Id<struct SchoolTag>;
using ClassId = Id<struct ClassTag>;
using AccountId = Id<struct AccountTag>;
using LessonId = Id<struct LessonTag>;
using PupilId = AccountId;  // a pupil is an account with the role of pupil

using Sequence = std::int64_t;      // a place in the journal, 1 is the first
using Milliseconds = std::int64_t;  // since 1970, UTC

inline constexpr Milliseconds milliseconds_a_day = 86'400'000;

}  // namespace trede

template <class Tag>
struct std::hash<trede::Id<Tag>> {
  std::size_t operator()(trede::Id<Tag> id) const { return std::hash<std::int64_t>{}(id.value); }
};
