// The versions of the bank in the database: each names its files, a file's text is stored once by its hash.
// Old versions stay, so that recorded history keeps the exercises it was made with.
#pragma once

#include "content/loader.hpp"
#include "server/ids.hpp"
#include "server/store/journal.hpp"

namespace trede::store {

// Hexadecimal BLAKE2b-256, the name of a text or a file by its content.
std::string content_hash(std::string_view bytes);

// Stores a source as the next version; its result is the version. Conflict when the newest version is not
// `expected`.
Change save_bank(content::Source source, std::int64_t expected, std::optional<AccountId> author,
                 Milliseconds at_ms);

Result<std::int64_t> newest_bank(Database& database);  // 0 = none yet
Result<content::Source> read_bank(Database& database, std::int64_t version);

}  // namespace trede::store
