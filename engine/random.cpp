#include "engine/random.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

namespace trede {
namespace {

__extension__ typedef unsigned __int128 Wide;  // no ISO C++, but every compiler we build with has it

}  // namespace

std::uint64_t Random::bits() {
  const std::uint64_t result = scramble(state_);
  state_ += 0x9E3779B97F4A7C15u;
  return result;
}

double Random::uniform() {
  return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double Random::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));  // 1 − u is never 0
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

int Random::below(int count) {
  assert(count > 0);
  // Multiply and shift: the bias is below count / 2⁶⁴, far under anything a simulation can see.
  return static_cast<int>((static_cast<Wide>(bits()) * static_cast<unsigned>(count)) >> 64);
}

}  // namespace trede
