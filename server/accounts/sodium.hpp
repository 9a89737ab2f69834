// libsodium, made ready, and bytes as text with it. Any thread.
#pragma once

#include <sodium.h>

#include <string>
#include <string_view>
#include <vector>

#include "content/result.hpp"

namespace trede::accounts {

// Before the first use; once per program. libsodium itself takes care of threads.
inline void prepare_sodium() {
  static const int ready = sodium_init();
  ENSURE(ready >= 0);
}

using Bytes = std::vector<unsigned char>;

// base64url without padding.
std::string to_base64(const Bytes& bytes);
Bytes from_base64(std::string_view text);  // empty when it is none

}  // namespace trede::accounts
