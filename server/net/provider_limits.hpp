// The bounds of what is asked of the school's own identity provider, and of who is on the way there, with their reasons
// (server/limits.hpp holds those of all rooms).
#pragma once

#include <chrono>
#include <cstddef>

namespace trede::limits {

// From the first question to the last answer of one sign-in: who waits longer tries again.
inline constexpr std::chrono::seconds provider_time{10};
inline constexpr std::size_t provider_answer_bytes =
    256 * 1024;  // the keys of the largest providers are 20 KiB
inline constexpr std::size_t provider_header_bytes = 16 * 1024;
inline constexpr int provider_questions_at_once =
    16;  // sign-ins being asked about; a school's morning is slower
// Addresses and keys are asked for again after so long, so that a key that was withdrawn stops working …
inline constexpr std::chrono::hours provider_kept{1};
// … and keys at once for a token of a new one, but not for every token that names one.
inline constexpr std::chrono::minutes provider_keys_pause{1};
inline constexpr std::size_t provider_keys = 100;
inline constexpr std::size_t token_bytes = 16 * 1024;   // of an id_token; groups and names may be in it
inline constexpr std::size_t subject_bytes = 255;       // OpenID Connect Core, section 2
inline constexpr std::size_t address_bytes = 500;       // of the provider's
inline constexpr std::size_t code_bytes = 4 * 1024;     // Microsoft's are 1.5 KiB
inline constexpr std::chrono::seconds token_slack{60};  // clocks differ

// At the provider one types a password and perhaps a code.
inline constexpr std::chrono::minutes school_visit{10};
// Browsers that are there; the oldest is forgotten first. 600 bytes each.
inline constexpr std::size_t school_visits = 10'000;

}  // namespace trede::limits
