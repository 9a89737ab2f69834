// The bounds of what is done with people, with their reasons (server/limits.hpp holds those of all rooms).
#pragma once

#include <chrono>
#include <cstddef>

namespace trede::limits {

// Wrong secrets from one address in a minute: a school is one address, and who guesses must not shut it out for long.
inline constexpr int wrong_secrets_per_address_and_minute = 100;
inline constexpr std::chrono::minutes wrong_secrets_address_window{1};
inline constexpr std::size_t password_least_bytes = 10;
inline constexpr std::chrono::hours set_up_time{2};  // to make the first account of an empty data folder
inline constexpr std::chrono::minutes second_step_offer{10};  // to scan it and type a code
inline constexpr std::size_t people_at_once =
    100;  // pupils added or cards made by one message: three classes

}  // namespace trede::limits
