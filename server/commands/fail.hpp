// How a command ends badly: one sentence on stderr and exit code 1.
#pragma once

#include <CLI/CLI.hpp>

#include <cstdio>

#include "content/result.hpp"

namespace trede::commands {

[[noreturn]] inline void fail(const Error& error) {
  std::fprintf(stderr, "trede: %s\n", error.detail.c_str());
  throw CLI::RuntimeError(1);
}

}  // namespace trede::commands
