// libsodium, made ready. Any thread.
#pragma once

#include <sodium.h>

#include "content/result.hpp"

namespace trede::accounts {

// Before the first use; once per program. libsodium itself takes care of threads.
inline void prepare_sodium() {
  static const int ready = sodium_init();
  ENSURE(ready >= 0);
}

}  // namespace trede::accounts
