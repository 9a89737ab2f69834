// From a family to one exercise: draws numbers, words and the order of options from a seed. Pure and the
// same on every machine; any thread may call it.
#pragma once

#include <cstdint>

#include "content/item.hpp"
#include "content/result.hpp"

namespace trede::content {

// Draws again while a condition of `require` fails or a value does not exist, at most limits::draw_attempts
// times; then ErrorCode::Unavailable. An ordering is never shown in an order that is already right.
Result<Instance> draw(const Item& item, std::uint64_t seed);

// Only the order of what is shown may differ between draws of a fixed item.
std::vector<int> shuffled(std::size_t count, Random& random);

}  // namespace trede::content
