// Numbers a pupil might give: what the checker tries against `solve`. Pure; any thread.
#pragma once

#include <vector>

#include "content/item.hpp"

namespace trede::content {

// Thousands of whole numbers, decimals and fractions, each value once. Made at the first call.
const std::vector<Rational>& common_candidates();

// Around this draw: the mistakes, the drawn numbers, and what is close to the key or its reciprocal. Values
// may come twice.
std::vector<Rational> near_candidates(const Item& item, const Instance& instance, const Rational& key);

}  // namespace trede::content
