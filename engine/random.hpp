// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea & Flood 2014) and what we need
// on top. A Random is a value with its own state; give each thread and each decision its own, made from a
// seed.
#pragma once

#include <cstdint>

namespace trede {

// One SplitMix64 output for `state`: also a good hash, to make a seed out of two numbers with `mix`.
constexpr std::uint64_t scramble(std::uint64_t state) {
  state += 0x9E3779B97F4A7C15u;
  state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
  state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
  return state ^ (state >> 31);
}

// A seed from two numbers (a pupil and the pupil's answer number, say); the order matters.
constexpr std::uint64_t mix(std::uint64_t first, std::uint64_t second) {
  return scramble(scramble(first) ^ second);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits();
  double uniform();      // [0, 1), 53 bits
  double normal();       // mean 0, standard deviation 1 (Box–Muller)
  int below(int count);  // 0 … count − 1, count > 0

 private:
  std::uint64_t state_;
};

}  // namespace trede
