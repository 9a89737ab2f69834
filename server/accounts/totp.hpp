// The codes of an authenticator app: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 s, which every app knows.
// Pure but for new_totp_secret; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/ids.hpp"

namespace trede::accounts {

std::string new_totp_secret();  // 20 random bytes

// The step of 30 s that the moment lies in, and the code of a step.
std::int64_t totp_step(Milliseconds now);
std::string totp_code(std::string_view secret, std::int64_t step);

// The step whose code this is: that of now, or the one before or after, for clocks that differ; none when it is another
// code, or when the step is not later than `used`. Blanks do not count; takes as long whatever the code.
std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view code, Milliseconds now,
                                         std::int64_t used);

std::string to_base32(std::string_view bytes);  // RFC 4648, without the = at the end
// What an app reads from a picture of squares, or from the address itself.
std::string totp_address(std::string_view name, std::string_view secret);

}  // namespace trede::accounts
