// The bank that simulated pupils know the answers of: a folder's, or the starter content when the folder is
// "". Called by commands at their start.
#pragma once

#include <memory>

#include "content/loader.hpp"
#include "server/commands/places.hpp"

namespace trede::commands {

inline Result<std::shared_ptr<const content::ItemBank>> shipped_bank(const std::string& folder) {
  const auto place = bank_folder(folder);
  if (place.has_error()) return place.error();
  const auto source = content::read_folder(*place);
  if (source.has_error()) return source.error();
  auto loaded = content::load(*source, 1);
  if (!loaded.bank)
    return Error{ErrorCode::Invalid, "the content has problems; trede content check tells which"};
  return loaded.bank;
}

}  // namespace trede::commands
