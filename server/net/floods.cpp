#include "server/net/floods.hpp"

#include "server/limits.hpp"

namespace trede::net {
namespace {

std::uint64_t seconds_of(Floods::Clock::time_point time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  return static_cast<std::uint64_t>(seconds) & 0xffff'ffff;
}

std::uint64_t marked(AccountId who) {
  return static_cast<std::uint64_t>(who.value) << 32;
}

}  // namespace

void Floods::begin(AccountId who, Clock::time_point now) {
  ends_[slot_of(who)] = marked(who) | seconds_of(now + limits::flood_pause);
}

bool Floods::lasts(AccountId who, Clock::time_point now) const {
  const std::uint64_t end = ends_[slot_of(who)];
  return end >> 32 == marked(who) >> 32 && seconds_of(now) < (end & 0xffff'ffff);
}

}  // namespace trede::net
