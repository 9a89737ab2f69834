// A small generator whose numbers are the same on every machine and compiler: SplitMix64 (Steele, Lea, Flood
// 2014). A value: whoever makes one owns it. The standard distributions are not used because they differ
// between libraries.
#pragma once

#include <cstdint>

namespace trede::content {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // Uniform on 0 … count − 1, without bias: draws beyond the last whole multiple of count are thrown again.
  // count > 0.
  std::uint64_t below(std::uint64_t count) {
    const std::uint64_t surplus = (0 - count) % count;  // 2^64 mod count
    std::uint64_t drawn = next();
    while (drawn < surplus) drawn = next();
    return drawn % count;
  }

 private:
  std::uint64_t state_;
};

}  // namespace trede::content
