// Where the reference data lie that are not ours to ship: the folder named by TREDE_REFERENCE. Tests that need it
// say so and pass when it is absent.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "tests/support/catch.hpp"

namespace trede::testing {

// The file or folder below the reference data, or nothing with a loud warning.
inline std::optional<std::filesystem::path> reference(const std::filesystem::path& below) {
  const char* named = std::getenv("TREDE_REFERENCE");
  const std::filesystem::path root = named != nullptr
                                         ? std::filesystem::path(named)
                                         : std::filesystem::path(TREDE_SOURCE_DIR) / "../shared/reference";
  if (std::filesystem::exists(root / below)) return root / below;
  WARN("SKIPPED: no reference data at " << (root / below).string() << "; set TREDE_REFERENCE");
  return std::nullopt;
}

}  // namespace trede::testing
