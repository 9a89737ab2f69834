#pragma once

#include <cmath>

#include "tests/support/catch.hpp"

namespace trede::testing {

inline void check_near(double value, double expected, double tolerance) {
  INFO(value << " should be " << expected);
  CHECK(std::abs(value - expected) <= tolerance);
}

}  // namespace trede::testing
